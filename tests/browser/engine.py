"""How the tests handle the engine of a tab: through the object on the window that labs share."""

from typing import Any

from playwright.sync_api import Page, Worker

from tests.browser.lab import until

START = "() => unrolledEngine.start().then(() => null, error => error.message)"
RETRY = "() => unrolledEngine.retry().then(() => null, error => error.message)"

# Runs at the top of the worker, before its own code. Its blob passes through the page's `Blob`.
_PRELUDE = """
window.Blob = class extends Blob {
  constructor(parts, options) {
    super(options?.type === "text/javascript" ? [%s, "\\n", ...parts] : parts, options);
  }
};
"""


def start(page: Page) -> str | None:
    """Start the engine and wait: None when it is ready, else its failure's message."""
    page.wait_for_function("() => window.unrolledEngine")
    result: str | None = page.evaluate(START)
    return result


def retry(page: Page) -> str | None:
    """Try again and wait, as the button does."""
    result: str | None = page.evaluate(RETRY)
    return result


def state(page: Page) -> str:
    return str(page.evaluate("() => unrolledEngine.state"))


def workers(page: Page) -> list[Worker]:
    """The engine's workers; Material's search has another, started from a URL."""
    return [worker for worker in page.workers if worker.url.startswith("blob:")]


def expect_no_worker(page: Page) -> None:
    """Wait until the driver has noticed that the engine's worker is gone."""
    until(page, lambda: not workers(page), "the worker is still there")


def sessions(page: Page) -> list[int]:
    """The sessions that Python holds open."""
    numbers: list[int] = page.evaluate("() => unrolledEngine.sessions()")
    return numbers


def in_a_session(page: Page, code: str) -> Any:
    """Run JavaScript with a fresh session `lab`, closed at the end."""
    return page.evaluate(
        f"""async () => {{
          const lab = await unrolledEngine.open("scalar-rnn", {{}});
          try {{ {code} }} finally {{ lab.close(); }}
        }}"""
    )


def prepend_to_worker(page: Page, script: str) -> None:
    """Let the next pages put a script in front of the worker's own."""
    page.add_init_script(_PRELUDE % repr(script))


def watch_heap(page: Page) -> None:
    """Let the next pages' workers tell the size of Python's heap: `self.heapBytes()`."""
    prepend_to_worker(
        page,
        """
        const stream = WebAssembly.instantiateStreaming;
        WebAssembly.instantiateStreaming = async (...given) => {
          const result = await stream(...given);
          const { memory } = result.instance.exports;
          if (memory) self.heapBytes = () => memory.buffer.byteLength;
          return result;
        };
        """,
    )
