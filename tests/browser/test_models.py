"""A lab that wants a model: fetched when wanted, checked, shared, and a failure has its Retry."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Request, Route, expect

from lab.kit import first_frame
from lab.kit.wire import to_json
from publish import deliveries, models
from tests.browser import engine
from tests.browser.conftest import SAVE_DATA, NewPage
from tests.browser.lab import Lab, go, until, visit

LSTM, GRU, RNN = (f"moby-dick-{kind}" for kind in ("lstm", "gru", "rnn"))
INSERT = """
([id, frame]) => {
  const lab = document.createElement("rnn-lab");
  lab.id = id;
  lab.innerHTML = "<template></template>";
  lab.firstChild.content.textContent = frame;
  document.querySelector("article h1").after(lab);
}
"""
# Nothing was fetched and nothing failed yet.
FORGET = "() => { unrolledEngine.files = new unrolledEngine.files.constructor(); }"
# As a reader would see it, in the order of the words.
RECORD_WORDS = """
id => {
  window.words = [];
  const lab = document.getElementById(id);
  new MutationObserver(() => {
    const line = lab.querySelector(".engine-words")?.textContent ?? "";
    if (line !== words.at(-1)) words.push(line);
  }).observe(lab, { childList: true, characterData: true, subtree: true });
}
"""


def insert(page: Page, lab_id: str = "sampler", **options: object) -> Lab:
    """Put a text lab on a page, with its first frame as the build would write it."""
    frame = to_json(first_frame("text-sampler", options, models.read))
    page.wait_for_function("() => customElements.get('rnn-lab')")
    page.evaluate(INSERT, [lab_id, frame])
    return Lab(page, lab_id)


def asked(page: Page) -> list[str]:
    """The models the page asks for from now on, by address."""
    urls: list[str] = []

    def note(request: Request) -> None:
        if "/models/" in request.url:
            urls.append(request.url.rsplit("/", 1)[1])

    page.on("request", note)
    return urls


def length(lab: Lab) -> int:
    return len(lab.snapshot["figures"]["text"]["characters"])


def wait_for_words(lab: Lab, words: str) -> None:
    expect(lab.root.locator(".engine-words")).to_contain_text(words)


class Held:
    """Requests held back until they are let go.

    Each must be: of one that is not, Python complains some tests later.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.pattern = page, re.compile(address)
        self.routes: list[Route] = []
        page.route(self.pattern, lambda route: self.routes.append(route))

    def wait(self) -> None:
        until(self.page, lambda: self.routes, "nothing was asked for")

    def release(self) -> None:
        for route in self.routes:
            route.continue_()
        self.page.unroute(self.pattern)


@pytest.fixture
def fresh(page: Page) -> Page:
    """A page without a lab, to put one in, and no Python yet."""
    page.goto("architecture/")
    return page


@pytest.fixture(scope="module")
def awake(shared: tuple[Page, list[str]]) -> tuple[Page, list[str]]:
    """The tab of the file, with Python running."""
    visit(shared[0], "one-unit/")
    assert engine.start(shared[0]) is None
    return shared


@pytest.fixture
def empty(awake: tuple[Page, list[str]], request: pytest.FixtureRequest) -> Iterator[Page]:
    """The same in a tab where Python runs, and no model was ever asked for."""
    page, problems = awake
    visit(page, "architecture/")
    page.evaluate(FORGET)
    yield page
    page.unroute_all()
    if request.node.get_closest_marker("console_errors_expected"):
        problems[:] = [problem for problem in problems if not problem.startswith("console")]
    assert not problems, "\n".join(problems)


def test_the_first_frame_stands_until_the_model_is_there(fresh: Page) -> None:
    held, urls = Held(fresh, f"/models/{LSTM}-"), asked(fresh)
    lab = insert(fresh)
    before = lab.snapshot
    fresh.evaluate(RECORD_WORDS, "sampler")
    lab.root.scroll_into_view_if_needed()
    held.wait()
    wait_for_words(lab, f"Loading the model {LSTM} 0.0 of 1.0 MB")
    expect(lab.root.get_by_role("progressbar", name="Loading a file")).to_be_visible()
    expect(lab.root).to_have_attribute("data-state", "loading")
    assert lab.snapshot["figures"] == before["figures"]
    assert lab.snapshot["steps"] == before["steps"]
    held.release()
    lab.load()
    wait_for_words(lab, "Python runs on your machine.")
    assert lab.snapshot["wants"] is None
    shown, built = (s["figures"]["text"]["characters"] for s in (lab.snapshot, before))
    assert shown == built
    assert len(urls) == 1
    assert f"Loading the model {LSTM} 1.0 of 1.0 MB" in fresh.evaluate("() => words")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_moves_while_a_model_arrives(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("architecture/")
    held = Held(page, f"/models/{LSTM}-")
    lab = insert(page)
    place = "lab => lab.querySelector('.lab-body').offsetTop - lab.offsetTop"
    before = lab.root.evaluate(place)
    lab.root.scroll_into_view_if_needed()
    held.wait()
    wait_for_words(lab, "Loading the model")
    assert lab.root.evaluate(place) == before
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    held.release()
    lab.load()
    assert lab.root.evaluate(place) == before


def test_labs_and_pages_share_what_was_fetched(empty: Page) -> None:
    urls = asked(empty)
    first, second = insert(empty), insert(empty, "other")
    first.load()
    second.load()
    assert [url.rsplit("-", 1)[0] for url in urls] == [LSTM]
    go(empty, "a[href$='one-unit/']", "One unit - Unrolled")
    insert(empty).load()
    assert len(urls) == 1


def test_no_model_is_fetched_before_it_is_wanted(fresh: Page) -> None:
    urls = asked(fresh)
    python = Held(fresh, "/runtime/")
    lab = insert(fresh)
    lab.root.scroll_into_view_if_needed()
    wait_for_words(lab, "Loading Python")
    assert urls == []
    assert length(lab) > 100
    python.release()


def damaged(content: bytes) -> dict[str, Callable[[Route], None]]:
    flipped = bytes([content[0] ^ 1]) + content[1:]
    return {
        "could not be fetched: the server answered 404": lambda route: route.fulfill(status=404),
        "could not be fetched: the network gave no answer": lambda route: route.abort(),
        "is cut short: 1000 of": lambda route: route.fulfill(body=content[:1000]),
        "is damaged: its content is not": lambda route: route.fulfill(body=flipped),
        "is damaged: it is longer than": lambda route: route.fulfill(body=content + b"x"),
    }


@pytest.mark.console_errors_expected
@pytest.mark.parametrize("words", damaged(b"x"))
def test_a_failed_delivery_is_a_sentence_and_retry_brings_it(empty: Page, words: str) -> None:
    answer = damaged(models.read(LSTM))[words]
    empty.route("**/models/**", answer)
    urls = asked(empty)
    lab = insert(empty)
    built = length(lab)
    lab.root.scroll_into_view_if_needed()
    expect(lab.root).to_have_attribute("data-state", "error")
    wait_for_words(lab, f"The model {LSTM} {words}")
    assert length(lab) == built
    retry = lab.root.get_by_role("button", name="Retry")
    retry.click()  # in vain
    expect(retry).to_be_visible()
    empty.unroute("**/models/**")
    retry.click()
    lab.load()
    assert lab.snapshot["wants"] is None
    expect(retry).to_have_count(0)
    assert [url.partition("?")[2] for url in urls] == ["", "retry=1", "retry=2"]


@pytest.mark.console_errors_expected
def test_a_lab_works_on_with_the_model_it_has(empty: Page) -> None:
    lab = insert(empty, pace="full").load()
    empty.route(f"**/models/{GRU}-*", lambda route: route.fulfill(status=404))
    lab.choose("model", GRU)
    wait_for_words(lab, f"The model {GRU} could not be fetched: the server answered 404.")
    expect(lab.root).to_have_attribute("data-state", "ready")
    assert lab.values["model"] == GRU
    lab.open_more()
    lab.type_number("temperature", "0.5")
    lab.expect_value("temperature", 0.5)
    expect(lab.root.get_by_role("button", name="Retry")).to_be_visible()
    lab.choose("model", LSTM)  # it is still here
    wait_for_words(lab, "Python runs on your machine.")
    expect(lab.root.get_by_role("button", name="Retry")).to_have_count(0)


def test_the_latest_choice_wins(empty: Page) -> None:
    lab = insert(empty).load()
    held, ended = Held(empty, f"/models/{GRU}-"), []
    empty.on("requestfailed", lambda request: ended.append(request.url))
    lab.choose("model", GRU)
    held.wait()
    lab.choose("model", RNN)
    lab.wait_for(f"s.values.model === '{RNN}' && s.wants === null")
    until(
        empty, lambda: [url for url in ended if GRU in url], "the download nobody waits for goes on"
    )
    lab.choose("model", GRU)  # once more, and this time it may come
    held.release()
    lab.wait_for(f"s.values.model === '{GRU}' && s.wants === null")
    wait_for_words(lab, "Python runs on your machine.")


def test_the_latest_choice_wins_before_the_first_model_is_there(empty: Page) -> None:
    held = Held(empty, f"/models/{LSTM}-")
    lab = insert(empty)
    lab.root.scroll_into_view_if_needed()
    held.wait()
    lab.choose("model", RNN)
    lab.load()
    assert (lab.values["model"], lab.snapshot["wants"]) == (RNN, None)
    held.release()


def test_a_button_waits_for_the_model(empty: Page) -> None:
    held = Held(empty, f"/models/{LSTM}-")
    lab = insert(empty)
    lab.root.scroll_into_view_if_needed()
    held.wait()
    wait_for_words(lab, "Loading the model")
    lab.press("clear")
    empty.wait_for_timeout(200)
    assert length(lab) > 100
    held.release()
    lab.load()
    lab.wait_for("s.steps < 100")


def test_leaving_the_page_ends_the_download(empty: Page) -> None:
    held, ended = Held(empty, f"/models/{LSTM}-"), []
    empty.on("requestfailed", lambda request: ended.append(request.url))
    insert(empty).root.scroll_into_view_if_needed()
    held.wait()
    go(empty, "a[href$='decisions/']", "Decisions - Unrolled")
    until(empty, lambda: [url for url in ended if LSTM in url], "the download goes on")
    assert engine.sessions(empty) == []
    held.release()


def test_a_silent_download_is_given_up_after_ten_seconds(fresh: Page) -> None:
    lab = insert(fresh).load()
    held = Held(fresh, f"/models/{GRU}-")
    fresh.clock.install()
    lab.choose("model", GRU)
    held.wait()
    fresh.clock.run_for(11_000)
    wait_for_words(lab, f"The model {GRU}: nothing more arrived for 10 seconds.")
    held.release()
    lab.root.get_by_role("button", name="Retry").click()
    lab.wait_for("s.wants === null")


def test_with_save_data_the_tap_states_the_size_of_both(new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script(SAVE_DATA)
    page.goto("architecture/")
    urls = asked(page)
    lab = insert(page)
    lab.root.scroll_into_view_if_needed()
    runtime = page.evaluate("() => unrolledEngine.transferBytes")
    size = (runtime + len(models.read(LSTM))) / 1e6
    expect(lab.button("load")).to_have_text(f"Load Python and the model ({size:.1f} MB)")
    assert urls == []
    lab.button("load").click()
    lab.load()


GIVE = """
async ([name, times, bytes]) => {
  const lab = await unrolledEngine.open("text-sampler", {});
  try {
    for (let i = 0; i < times; i++) await lab.give(name, new Uint8Array(bytes));
    return lab.snapshot.wants;
  } catch (error) {
    return { name: error.name, message: error.message };
  } finally { lab.close(); }
}
"""


def test_bytes_that_are_no_model_are_refused_in_a_sentence(empty: Page) -> None:
    insert(empty).load()
    refused = empty.evaluate(GIVE, [LSTM, 1, 100])
    assert refused["name"] == "FileRefused"
    assert refused["message"].startswith(f"{LSTM} was refused: ")
    assert empty.evaluate(GIVE, [GRU, 1, 100]) == LSTM  # not wanted: dropped


def test_attachments_leave_the_heap_as_it_was(page: Page) -> None:
    engine.watch_heap(page)
    page.goto("architecture/")
    insert(page).load()
    (worker,) = engine.workers(page)
    page.evaluate(GIVE, [GRU, 20, 2_000_000])
    before = worker.evaluate("() => self.heapBytes()")
    page.evaluate(GIVE, [GRU, 200, 2_000_000])
    assert worker.evaluate("() => self.heapBytes()") == before


def test_the_site_has_every_model_and_text_under_the_name_of_its_content(fresh: Page) -> None:
    manifest = deliveries.PACKED / deliveries.MANIFEST
    listed = json.loads(manifest.read_text(encoding="utf-8"))
    for name, file in listed.items():
        answer = fresh.request.get(file["file"])
        assert answer.body() == deliveries.read(name)
        assert file["sha256"].startswith(file["file"].split("-")[-1].split(".")[0])
