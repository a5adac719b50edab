"""Readers' code in the tab's Python: pieces as they come, and a Stop that leaves what it can."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import engine
from tests.browser.conftest import NewPage, watched_tab
from tests.browser.lab import Lab

# `stop` is pressed when the code has said so: then it surely runs.
RUN = """
async ([text, page]) => {
  const pieces = [];
  let pressed = 0;
  const request = { op: "cell", page, name: "cell 1", text };
  const run = unrolledEngine.run(request, (piece) => {
    pieces.push(piece);
    if (!piece.text?.includes("press stop") || pressed) return;
    pressed = performance.now();
    run.stop();
  });
  const outcome = await run.done.catch(({ name, lost }) => ({ status: name, lost }));
  const text_ = pieces.map((piece) => piece.text ?? "").join("");
  return { ...outcome, text: text_, kinds: pieces.map(({ kind }) => kind),
    waited: pressed && performance.now() - pressed };
}
"""
MOST_MS = 1500  # a second, and what a loaded machine adds


@pytest.fixture(scope="module")
def python(browser: Browser, server: str) -> Iterator[Page]:
    """One tab whose Python is ready."""
    with watched_tab(browser, server) as (page, problems):
        page.goto("one-unit/")
        assert engine.start(page) is None
        yield page
        assert not problems, "\n".join(problems)


def run(page: Page, text: str, namespace: str = "a") -> dict[str, Any]:
    outcome: dict[str, Any] = page.evaluate(RUN, [text, namespace])
    return outcome


def stopped_in_time(page: Page, text: str) -> dict[str, Any]:
    """Run what does not end and stop it; once more if the machine stalled just then."""
    for _ in range(5):
        outcome = run(page, text)
        if outcome["waited"] < MOST_MS:
            break
    return outcome


def test_pieces_come_before_the_outcome(python: Page) -> None:
    outcome = run(python, "print('a')\nplot([1, 2, 4])\nimport numpy as np\nnp.eye(2)")
    assert outcome["status"] == "done"
    assert outcome["kinds"] == ["text", "figure", "table"]


def test_figures_come_from_code_that_has_not_looked_up_for_long(python: Page) -> None:
    outcome = run(python, "for _ in range(4):\n    sum(range(1_000_000))\n    plot([1, 2, 4])")
    assert outcome["status"] == "done", outcome["error"]
    assert outcome["kinds"] == ["figure"] * 4


@pytest.mark.parametrize(
    "loop",
    [
        "while True:\n    pass",
        "while True:\n    try:\n        pass\n    except BaseException:\n        pass",
        "def f(n):\n    return f(n - 1) + f(n - 2) if n > 1 else n\nf(60)",
        "import numpy as np\nwhile True:\n    np.linalg.svd(np.ones((60, 60)))",
    ],
)
def test_stop_ends_a_loop_within_a_second_and_keeps_what_was_made(python: Page, loop: str) -> None:
    outcome = stopped_in_time(python, f"made = 41\nprint('press stop')\n{loop}")
    assert outcome["status"] == "stopped"
    assert outcome["waited"] < MOST_MS
    assert run(python, "made + 1")["text"] == "42\n"


def test_labs_answer_while_code_runs(python: Page) -> None:
    answered = python.evaluate(
        """async () => {
          const lab = await unrolledEngine.open("scalar-rnn", {});
          let started;
          const running = new Promise((resolve) => { started = resolve; });
          const text = "print('on')\\nwhile True:\\n    pass";
          const run = unrolledEngine.run({ op: "cell", page: "a", name: "cell 1", text }, started);
          await running;
          const { values } = await lab.set({ w_h: 0.25 });
          run.stop();
          await run.done;
          lab.close();
          return values.w_h;
        }"""
    )
    assert answered == 0.25


def test_runs_wait_for_each_other_and_may_be_stopped_before_they_begin(python: Page) -> None:
    order = python.evaluate(
        """async () => {
          const order = [];
          const go = (text) => unrolledEngine.run({ op: "cell", page: "w", name: "cell 1", text },
            (piece) => order.push(piece.text.trim()));
          const first = go("print('one')\\nfor i in range(20_000):\\n    pass\\nprint('two')");
          const never = go("print('never')");
          const last = go("print('three')");
          never.stop();
          order.push(await never.done.catch((error) => error.name));
          await Promise.all([first.done, last.done]);
          return order;
        }"""
    )
    assert order == ["Stopped", "one", "two", "three"]


def test_what_cannot_hear_stop_ends_with_its_worker_and_labs_go_on(new_page: NewPage) -> None:
    page = new_page()
    page.goto("one-unit/")
    lab = Lab(page).load()
    lab.page.evaluate("() => document.getElementById('scalar-rnn').apply({ w_h: 0.75 })")
    lab.wait_for("s.values.w_h === 0.75")
    outcome = stopped_in_time(page, "import itertools\nprint('press stop')\nsum(itertools.count())")
    assert (outcome["status"], outcome["lost"]) == ("Stopped", True)
    assert outcome["waited"] < MOST_MS
    assert run(page, "print(40 + 2)")["text"] == "42\n"
    lab.load()
    assert lab.page.evaluate("() => unrolledEngine.sessions()") == [1]
    lab.wait_for("s.values.w_h === 0.75")


def test_where_a_page_is_isolated_memory_is_shared_to_stop(new_page: NewPage) -> None:
    page = new_page()
    isolate(page)
    page.goto("one-unit/")
    assert page.evaluate("() => crossOriginIsolated")
    assert engine.start(page) is None
    outcome = stopped_in_time(page, "made = 41\nprint('press stop')\nwhile True:\n    pass")
    assert outcome["status"] == "stopped"
    assert outcome["waited"] < MOST_MS
    assert run(page, "made + 1")["text"] == "42\n"


def isolate(page: Page) -> None:
    """Serve all with the headers that isolate a page from others."""

    def answer(route: Any) -> None:
        response = route.fetch()
        headers = {
            **response.headers,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp",
        }
        route.fulfill(response=response, headers=headers)

    page.route("**/*", answer)
