"""The built site in a real browser, under a sub-path, with every page watched for problems.

A page that logs an error, throws, or asks another server fails its test. A test that provokes
console errors on purpose says so with the marker `console_errors_expected`.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from publish.server import serve
from tests.browser import native
from tests.browser.chromium import launch
from tests.browser.lab import PATIENCE, Lab, go
from tests.lab.kit import keeping

ROOT = Path(__file__).parents[2]
# `make test` runs files on two processes at a time: each has a browser, a server and a site.
SITE = ROOT / "build" / f"test-site-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
BUILT = ROOT / "build" / "test-site.json"  # where the first of them has built it, and for whom
BASE = "/unrolled/"
NewPage = Callable[..., Page]
expect.set_options(timeout=PATIENCE)
# For pages that need no Python: who saves data is asked before it is loaded.
SAVE_DATA = """Object.defineProperty(navigator, "connection",
  { value: { saveData: true, addEventListener() {} } });"""
# Ours is the last; where there is no JavaScript there is nothing to wait for.
SCRIPTS_RAN = """() => !document.documentElement.classList.contains("js")
  || customElements.get("rnn-lab")"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser; `-m "not browser"` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the site, served as GitHub Pages would: http://127.0.0.1:PORT/unrolled/.

    The port comes first: instant navigation works only where the sitemap names the very address.
    """
    running = serve(SITE, base=BASE)
    address = f"http://127.0.0.1:{running.server_port}{BASE}"
    _build_once(address)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield address
    running.shutdown()
    thread.join()
    running.server_close()


def _build_once(address: str) -> None:
    """Build the site, or copy what another process of this run has built for its own address."""
    BUILT.parent.mkdir(exist_ok=True)
    with BUILT.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built = json.loads(BUILT.read_text("utf-8")) if BUILT.exists() else {}
        if RUN and built.get("run") == RUN:
            copy_for(address, Path(built["site"]), built["address"])
        else:
            BUILT.unlink(missing_ok=True)
            _build(address)
            BUILT.write_text(json.dumps({"run": RUN, "site": str(SITE), "address": address}))


def copy_for(address: str, site: Path, its_address: str) -> None:
    """Copy a site that was built for another address."""
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.copytree(site, SITE)
    for file in SITE.rglob("*"):
        if file.suffix in (".html", ".txt", ".xml"):
            text = file.read_bytes()
            file.write_bytes(text.replace(its_address.encode(), address.encode()))


def _build(address: str) -> None:
    """Build the site as it is deployed; only what has changed is made again."""
    command = [sys.executable, "-m", "publish", "build", "--site", str(SITE.relative_to(ROOT))]
    built = subprocess.run(
        [*command, "--base-url", address],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "pysrc")},
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode:
        pytest.fail(f"The site does not build:\n{built.stdout}{built.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def site(server: str) -> Path:
    """The folder of the site."""
    return SITE


@pytest.fixture(scope="session")
def site_url(server: str) -> str:
    """The same address, by the name of what it is."""
    return server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of all browsers."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests; each test has its own context."""
    started = launch(playwright)
    yield started
    started.close()


@pytest.fixture(scope="session")
def computing_browser(playwright: Playwright) -> Iterator[Browser]:
    """Another, for files whose Python computes for long; they call it their `browser`."""
    started = launch(playwright, much_to_compute=True)
    yield started
    started.close()


def patient_context(browser: Browser, **options: Any) -> BrowserContext:
    """A visitor of the site, on a machine that may be slow."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def new_page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """Make watched pages: `new_page(color_scheme="dark")` takes a context's options."""
    problems: list[str] = []
    contexts = []

    def make(**options: object) -> Page:
        contexts.append(patient_context(browser, base_url=server, **options))
        page = contexts[-1].new_page()
        _watch(page, server, problems)
        return page

    yield make
    for context in contexts:
        context.close()
    if request.node.get_closest_marker("console_errors_expected"):
        problems = [problem for problem in problems if not problem.startswith("console")]
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A watched page of ordinary size."""
    return new_page(viewport={"width": 1280, "height": 800})


@contextmanager
def watched_tab(
    browser: Browser, server: str, **options: object
) -> Iterator[tuple[Page, list[str]]]:
    """A tab that outlives a test, and the problems it had: starting Python takes seconds."""
    context = patient_context(browser, base_url=server, **options)
    page = context.new_page()
    problems: list[str] = []
    _watch(page, server, problems)
    yield page, problems
    context.close()


@pytest.fixture(scope="module")
def shared(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    """One tab: Python is started once for all of a file's tests, which `visit` their pages."""
    with watched_tab(browser, server, viewport={"width": 1280, "height": 800}) as tab:
        tab[0].goto("references/")
        yield tab


@pytest.fixture(scope="module")
def tab(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    """One tab for a module's tests of the one-unit laboratory."""
    with watched_tab(browser, server, viewport={"width": 1280, "height": 800}) as tab:
        tab[0].goto("one-unit/")
        yield tab


@pytest.fixture
def lab(tab: tuple[Page, list[str]]) -> Iterator[Lab]:
    """The one-unit laboratory as a newcomer finds it, with Python running.

    The page is left and entered anew, as a reader does it: instantly, with a session of its own.
    """
    page, problems = tab
    page.mouse.move(0, 0)
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    go(page, "a[href$='one-unit/']", "One unit - Unrolled")
    yield Lab(page).load()
    assert not problems, "\n".join(problems)


@pytest.fixture
def notebook_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lab of a few lines exists besides, for this process's Python (`native`)."""
    keeping.install(monkeypatch)


@pytest.fixture
def notebook(page: Page, notebook_lab: None) -> Lab:
    """That laboratory on a page of its own."""
    return native.open_lab(page, "notebook")


def _watch(page: Page, server: str, problems: list[str]) -> None:
    for way in ("goto", "reload", "go_back"):
        setattr(page, way, _with_scripts(page, getattr(page, way)))
    origin = server.removesuffix(BASE)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text} ({message.location.get('url')})")

    def on_request(sent: Request) -> None:
        if not sent.url.startswith((origin, f"blob:{origin}", "data:")):
            problems.append(f"request to another server: {sent.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"page error: {error.message}"))
    page.on("request", on_request)


def _with_scripts(page: Page, way: Callable[..., Any]) -> Callable[..., Any]:
    """Go there as Playwright does, and wait for the scripts, which come after the first paint.

    Not where the test says itself what to wait for.
    """

    def go_and_wait(*args: Any, **options: Any) -> Any:
        response = way(*args, **options)
        if "wait_until" not in options:
            page.wait_for_function(SCRIPTS_RAN)
        return response

    return go_and_wait
