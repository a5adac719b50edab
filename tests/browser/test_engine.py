"""One engine per tab: it starts once, is shared, answers in order, and leaks nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import engine
from tests.browser.lab import Lab, go, visit

RECORD_PROGRESS = """
() => {
  const seen = [];
  unrolledEngine.addEventListener("change", () => {
    const { state, progress } = unrolledEngine;
    seen.push({ state, ...progress });
  });
  return unrolledEngine.start().then(() => seen);
}
"""


@pytest.fixture
def ready(shared: tuple[Page, list[str]], request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that was just entered, whose engine is ready."""
    page, problems = shared
    visit(page, "one-unit/")
    assert engine.start(page) is None
    yield page
    if request.node.get_closest_marker("console_errors_expected"):
        problems[:] = [problem for problem in problems if not problem.startswith("console")]
    assert not problems, "\n".join(problems)


def manifest(site: Path) -> dict[str, dict[str, int]]:
    """Sizes of the runtime's files, as they lie in the site."""
    folder = next((site / "runtime").iterdir())
    return {path.name: {"bytes": path.stat().st_size} for path in folder.iterdir()}


def test_progress_counts_every_byte_up_to_the_total(page: Page, site: Path) -> None:
    page.goto("architecture/")  # no lab here, so nothing starts before we listen
    page.goto("one-unit/#scalar-rnn")
    page.wait_for_function("() => window.unrolledEngine")
    seen = page.evaluate(RECORD_PROGRESS)
    loaded = [step["loadedBytes"] for step in seen]
    total = sum(file["bytes"] for file in manifest(site).values())
    assert {step["totalBytes"] for step in seen} == {total}
    assert loaded == sorted(loaded)
    assert loaded[-1] == total
    assert seen[-1]["state"] == "ready"
    assert {step["stage"] for step in seen} <= {
        "Loading Python",
        "Loading NumPy",
        "Starting Python",
    }


def test_starting_twice_is_starting_once(page: Page) -> None:
    page.goto("one-unit/")
    page.wait_for_function("() => window.unrolledEngine")
    page.evaluate("() => Promise.all([unrolledEngine.start(), unrolledEngine.start()])")
    assert len(engine.workers(page)) == 1


def test_two_labs_on_a_page_share_the_engine(ready: Page) -> None:
    Lab(ready).load()
    ready.evaluate(
        """async () => {
          const html = await (await fetch(location.pathname)).text();
          const twin = new DOMParser().parseFromString(html, "text/html").querySelector("rnn-lab");
          twin.id = "twin";
          document.querySelector("rnn-lab").after(document.adoptNode(twin));
        }"""
    )
    twin = Lab(ready, "twin").load()
    expect(twin.root).to_have_attribute("data-state", "ready")
    assert len(engine.workers(ready)) == 1
    assert len(engine.sessions(ready)) == 2


def test_twenty_instant_navigations_leave_one_worker_and_no_session(ready: Page) -> None:
    Lab(ready).load()
    (worker,) = engine.workers(ready)
    ready.evaluate("() => { window.sameDocument = true; }")
    for _ in range(10):
        go(ready, "a.md-logo", re.compile("^Unrolled: a book"))
        Lab(ready, "text-sampler").load()
        go(ready, "a[href$='one-unit/']", "One unit - Unrolled")
        Lab(ready).load()
    go(ready, "a[href$='architecture/']", "Architecture - Unrolled")
    assert ready.evaluate("() => window.sameDocument") is True
    assert engine.workers(ready) == [worker]
    assert engine.sessions(ready) == []


def test_a_session_follows_the_latest_values_in_few_requests(ready: Page) -> None:
    result = engine.in_a_session(
        ready,
        """
        const answers = [];
        for (let i = 1; i <= 200; i++) answers.push(lab.set({ w_h: i / 100 }));
        answers.push(lab.set({ w_x: 0.25 }));
        const snapshots = await Promise.all(answers);
        const { w_h, w_x } = lab.snapshot.values;
        return { different: new Set(snapshots).size, w_h, w_x };
        """,
    )
    # the first, which found Python idle, the last of those that waited, and what came after them
    assert result == {"different": 3, "w_h": 2, "w_x": 0.25}


def test_what_was_set_before_an_action_arrives_before_it(ready: Page) -> None:
    values = engine.in_a_session(
        ready,
        """
        lab.set({ w_h: 0.5 });
        lab.set({ w_h: 0.75 });
        lab.act("reset_weights");
        await lab.set({ w_x: 0.125 });
        return lab.snapshot.values;
        """,
    )
    assert values["w_x"] == 0.125
    assert values["w_h"] != 0.75


def test_a_refused_value_crosses_as_a_sentence_with_pythons_traceback(ready: Page) -> None:
    error = engine.in_a_session(
        ready,
        """
        const error = await lab.set({ w_h: "much" }).catch(error => error);
        return { name: error.name, message: error.message, traceback: error.traceback };
        """,
    )
    assert error["name"] == "ControlError"
    assert error["message"] == "w_h must be a number; got 'much'"
    assert error["traceback"].startswith("Traceback (most recent call last):")
    assert "lab/kit/host.py" in error["traceback"]
    assert "_answer(json.loads(request), attachment)" in error["traceback"]


def test_a_closed_session_is_gone_and_says_so(ready: Page) -> None:
    message = ready.evaluate(
        """async () => {
          const lab = await unrolledEngine.open("scalar-rnn", {});
          lab.close();
          lab.close();
          return lab.set({ w_h: 1 }).catch(error => error.name);
        }"""
    )
    assert message == "SessionClosed"


def test_arrays_arrive_as_typed_numbers(ready: Page) -> None:
    kinds = engine.in_a_session(
        ready,
        """
        const kinds = new Set();
        const visit = value => {
          if (ArrayBuffer.isView(value)) kinds.add(value.constructor.name);
          else if (value && typeof value === "object") Object.values(value).forEach(visit);
        };
        visit(lab.snapshot);
        return [...kinds];
        """,
    )
    assert "Float64Array" in kinds


@pytest.mark.console_errors_expected
def test_the_pages_policy_holds_in_the_worker(ready: Page) -> None:
    (worker,) = engine.workers(ready)
    blocked = """
    async () => {
      await new Promise(resolve => setTimeout(resolve)); // the test's own call may use eval
      const refused = async attempt => {
        try { await attempt(); return "allowed"; } catch (error) { return error.name; }
      };
      return [
        await refused(() => (0, eval)("1 + 1")),
        await refused(() => new Function("return 1")()),
        await refused(() => fetch("http://127.0.0.1:9/elsewhere")),
        await refused(() => import("data:text/javascript,1")),
      ];
    }
    """
    assert worker.evaluate(blocked) == ["EvalError", "EvalError", "TypeError", "TypeError"]


@pytest.mark.console_errors_expected
def test_the_worker_refuses_to_run_outside_the_policy(ready: Page, site: Path) -> None:
    (name,) = [path.name for path in (site / "assets").glob("worker-*.js")]
    message = ready.evaluate(
        """name => new Promise(resolve => {
          const worker = new Worker(new URL(`../assets/${name}`, location), { type: "module" });
          worker.onerror = event => { event.preventDefault(); resolve(event.message); };
          worker.onmessage = () => resolve("it runs");
          worker.postMessage({ kind: "call", id: 1, request: "{}" });
        })""",
        name,
    )
    assert "must be started from a blob" in message


def test_many_calls_leave_the_heap_as_it_was(page: Page) -> None:
    engine.watch_heap(page)
    page.goto("one-unit/")
    assert engine.start(page) is None
    (worker,) = engine.workers(page)
    many = "for (let i = 0; i < 3000; i++) await lab.set({ w_h: i / 1000 });"
    engine.in_a_session(page, many)
    before = worker.evaluate("() => self.heapBytes()")
    engine.in_a_session(page, many)
    assert worker.evaluate("() => self.heapBytes()") == before


def test_without_the_browsers_own_hashing_every_file_is_still_checked(page: Page) -> None:
    """Browsers offer `crypto.subtle` on secure origins only: plain http has none."""
    hide = "Object.defineProperty(crypto, 'subtle', { value: undefined });"
    page.add_init_script(hide)
    engine.prepend_to_worker(page, hide)
    page.goto("one-unit/")
    assert engine.start(page) is None
    (worker,) = engine.workers(page)
    assert worker.evaluate("() => crypto.subtle === undefined")


def test_the_page_names_its_downloads_size(ready: Page, site: Path) -> None:
    transfer = ready.evaluate("() => unrolledEngine.transferBytes")
    sizes = json.loads((Path("build") / "runtime" / "manifest.json").read_text("utf-8"))["files"]
    assert transfer == sum(file["transfer"] for file in sizes.values())
    assert transfer < 11_000_000
