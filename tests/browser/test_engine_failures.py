"""Whatever happens to a file on its way, the engine ends in a sentence that names it; Retry works.

The files are damaged on the server's disk, so the browser's cache takes part as it would anywhere.
"""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from publish.server import HERE, Handler, Server
from tests.browser import engine
from tests.browser.conftest import BASE, patient_context
from tests.browser.lab import Lab, until

pytestmark = pytest.mark.console_errors_expected

PATTERNS = {
    "wasm": "runtime/*/pyodide.asm.wasm",
    "script": "runtime/*/pyodide.asm.mjs",
    "stdlib": "runtime/*/python_stdlib.zip",
    "numpy": "runtime/*/numpy-*.whl",
    "ours": "runtime/*/unrolled-*.whl",
    "worker": "assets/worker-*.js",
}


def missing(path: Path) -> None:
    path.unlink()


def garbage(path: Path) -> None:
    path.write_bytes(b"<!doctype html> this is not the file you wanted " * 100)


def flipped_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])


@pytest.fixture(scope="module")
def copied_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site that may be damaged."""
    return Path(shutil.copytree(site, tmp_path_factory.mktemp("damaged") / "site"))


class Hold:
    """A server that keeps quiet about one file until it is told to go on."""

    def __init__(self) -> None:
        self.name = ""
        self.go_on = threading.Event()

    def stall(self, name: str) -> None:
        self.name = name
        self.go_on.clear()

    def release(self) -> None:
        self.name = ""
        self.go_on.set()


class HoldingHandler(Handler):
    """Answer as always, but wait with the file that is held."""

    def __init__(self, *arguments: object, hold: Hold, **settings: object) -> None:
        self.hold = hold
        super().__init__(*arguments, **settings)

    def _send(self, status: HTTPStatus, file: Path) -> None:
        if file.name == self.hold.name:
            self.hold.go_on.wait(timeout=120)
        super()._send(status, file)


@pytest.fixture(scope="module")
def hold() -> Hold:
    """What the server of the copy holds back."""
    return Hold()


@pytest.fixture(scope="module")
def address(copied_site: Path, hold: Hold) -> Iterator[str]:
    """Where the copy is served."""
    handler = partial(
        HoldingHandler, hold=hold, folder=copied_site, base=BASE, cache="max-age=600", talk=False
    )
    server = Server((HERE, 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Page]:
    """A first visitor of the copy."""
    context = patient_context(browser, base_url=address)
    yield context.new_page()
    context.close()


@pytest.fixture(params=PATTERNS, ids=list(PATTERNS))
def file(request: pytest.FixtureRequest, copied_site: Path) -> Iterator[Path]:
    """One file of the copy, whole again afterwards."""
    (path,) = copied_site.glob(PATTERNS[request.param])
    whole = path.read_bytes()
    yield path
    path.write_bytes(whole)


DAMAGES = (missing, garbage, flipped_bit, cut_short)


def test_a_damaged_file_is_named_and_retry_recovers(visitor: Page, file: Path) -> None:
    """However it is damaged, and however often; each kind is what a first visitor meets once."""
    whole = file.read_bytes()
    first = [file.match(pattern) for pattern in PATTERNS.values()].index(True)
    for kind in range(len(DAMAGES)):
        file.write_bytes(whole)
        DAMAGES[(first + kind) % len(DAMAGES)](file)
        if kind == 0:
            visitor.goto("one-unit/")
            message = engine.start(visitor)
        else:
            message = engine.retry(visitor)
        assert message is not None
        assert message.startswith(file.name)
        assert message.endswith(".")
        assert engine.state(visitor) == "failed"
        engine.expect_no_worker(visitor)
    file.write_bytes(whole)
    assert engine.retry(visitor) is None
    assert engine.in_a_session(visitor, "return lab.snapshot.steps > 0;") is True


def test_a_file_that_stalls_is_named_after_ten_seconds(
    visitor: Page, file: Path, hold: Hold
) -> None:
    """Time stands still in the page, then it is wound forward; the network does not notice."""
    hold.stall(file.name)
    visitor.clock.install(time=0)
    visitor.goto("one-unit/")
    visitor.wait_for_function("() => window.unrolledEngine")
    visitor.clock.pause_at(3600)  # a machine that is busy may need seconds for what follows
    visitor.evaluate("() => { unrolledEngine.start(); }")
    everything_else_arrived(visitor, file)
    visitor.clock.run_for(9_000)
    assert engine.state(visitor) == "loading"
    while engine.state(visitor) == "loading":  # a last checksum may just have counted as a sign
        visitor.clock.run_for(2_000)
    message = engine.start(visitor) or ""
    assert file.name in message
    assert message.endswith(": nothing more arrived for 10 seconds.")
    hold.release()
    assert engine.retry(visitor) is None


def everything_else_arrived(page: Page, stalled: Path) -> None:
    """Wait until the stalled file is all there is to wait for."""
    if stalled.parent.name == "assets":
        return  # the worker comes first: nothing else is on its way
    held_back = stalled.stat().st_size

    def arrived() -> bool:
        progress = page.evaluate("() => unrolledEngine.progress")
        return bool(progress["loadedBytes"] == progress["totalBytes"] - held_back)

    until(page, arrived, f"not all but {held_back} bytes arrived")


def lab_without_numpy(visitor: Page, site: Path) -> tuple[Lab, Path, bytes]:
    """A lab that says that a file is damaged, the file, and what should be in it."""
    (file,) = site.glob(PATTERNS["numpy"])
    whole = file.read_bytes()
    flipped_bit(file)
    visitor.goto("one-unit/")
    lab = Lab(visitor)
    lab.root.scroll_into_view_if_needed()
    expect(lab.root).to_have_attribute("data-state", "error")
    return lab, file, whole


def test_a_lab_shows_the_sentence_and_its_retry_button_works(
    visitor: Page, copied_site: Path
) -> None:
    lab, file, whole = lab_without_numpy(visitor, copied_site)
    expect(lab.root.locator(".engine-words")).to_contain_text(f"{file.name} is damaged")
    file.write_bytes(whole)
    lab.root.get_by_role("button", name="Retry").click()
    lab.load()
    expect(lab.root).to_have_attribute("data-state", "ready")


def test_an_exercise_tries_again_in_the_python_that_a_lab_has_got_meanwhile(
    visitor: Page, copied_site: Path
) -> None:
    lab, file, whole = lab_without_numpy(visitor, copied_site)
    exercise = visitor.locator("rnn-exercise").first
    exercise.locator("[data-action=check]").click()
    expect(exercise.locator(".exercise-said")).to_contain_text(f"{file.name} is damaged")
    file.write_bytes(whole)
    lab.root.get_by_role("button", name="Retry").click()
    lab.load()
    lab.type_number("w_h", "0.625")
    lab.expect_value("w_h", 0.625)
    workers = engine.workers(visitor)
    exercise.get_by_role("button", name="Try again").click()
    expect(exercise).to_have_attribute("data-state", "failed")  # it is the starter, and was checked
    expect(exercise.get_by_role("button", name="Try again")).to_have_count(0)
    assert engine.workers(visitor) == workers
    assert lab.values["w_h"] == 0.625
    assert len(engine.sessions(visitor)) == 1


def test_a_worker_that_dies_later_is_replaced_by_retry(visitor: Page) -> None:
    visitor.goto("one-unit/")
    lab = Lab(visitor).load()
    lab.type_number("w_h", "0.625")
    lab.expect_value("w_h", 0.625)
    (worker,) = engine.workers(visitor)
    worker.evaluate("() => { setTimeout(() => { throw new Error('boom'); }); }")
    expect(lab.root).to_have_attribute("data-state", "error")
    assert engine.start(visitor) == "The Python of this page stopped unexpectedly."
    lab.root.get_by_role("button", name="Retry").click()
    lab.load()
    lab.expect_value("w_h", 0.625)
    assert len(engine.workers(visitor)) == 1
    assert len(engine.sessions(visitor)) == 1


def test_a_question_that_was_open_when_the_worker_died_is_answered(visitor: Page) -> None:
    visitor.goto("one-unit/")
    assert engine.start(visitor) is None
    name, lost = visitor.evaluate(
        """async () => {
          const lab = await unrolledEngine.open("scalar-rnn", {});
          const question = lab.set({ w_h: 1 }).catch(error => error.name);
          const done = unrolledEngine.retry();
          const name = await question;
          await done;
          return [name, lab.lost];
        }"""
    )
    assert name == "EngineEnded"
    assert lost is True
