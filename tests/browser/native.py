"""A page whose worker is this very process: its Python is ours, so that a test may bring labs.

Everything of the page is real: connection, session, packets, views. Only the worker is replaced, by
one that hands each request to `lab.kit.host.call` here.
"""

import base64
from typing import Any

from playwright.sync_api import Page

from lab.kit import first_frame
from lab.kit.host import call
from lab.kit.wire import to_json
from tests.browser.lab import Lab

_WORKER = """
window.Worker = class {
  constructor(url, options) {
    this.url = String(url);
    if (!options?.type) return;
    if (this.url.startsWith("https://[")) throw new SyntaxError("no address");
  }
  postMessage(message) {
    const answer = (data) => this.onmessage({ data });
    if (message.kind === "start") {
      const ready = () => answer({ kind: "ready" });
      if (window.pythonArrives) window.pythonArrives.then(ready);
      else setTimeout(ready);
      return;
    }
    const bytes = message.attachment;
    const letters = bytes && Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const encoded = bytes ? btoa(letters) : null;
    nativePython(message.request, encoded).then(({ packet, error }) => {
      if (error) return answer({ kind: "error", id: message.id, error });
      const raw = Uint8Array.from(atob(packet), (letter) => letter.charCodeAt(0));
      answer({ kind: "reply", id: message.id, packet: raw.buffer });
    });
  }
  terminate() {}
};
"""
_INSERT = """
([id, frame]) => {
  const lab = document.createElement("rnn-lab");
  lab.id = id;
  lab.innerHTML = "<template></template>";
  lab.firstChild.content.textContent = frame;
  document.querySelector("article h1").after(lab);
}
"""


def install(page: Page) -> None:
    """Let the next pages of a tab reach this process instead of a worker."""

    def answer(request: str, attachment: str | None) -> dict[str, Any]:
        content = None if attachment is None else base64.b64decode(attachment)
        try:
            return {"packet": base64.b64encode(call(request, content)).decode()}
        except Exception as error:  # noqa: BLE001 (whatever it is, it crosses to the page)
            words = {"name": type(error).__name__, "message": str(error), "traceback": ""}
            return {"error": words}

    page.expose_function("nativePython", answer)
    page.add_init_script(_WORKER)


def insert(page: Page, name: str, lab_id: str) -> Lab:
    """Put a lab on a page, as the build would."""
    page.wait_for_function("() => customElements.get('rnn-lab')")
    page.evaluate(_INSERT, [lab_id, to_json(first_frame(name, {}))])
    return Lab(page, lab_id)


def open_lab(page: Page, name: str) -> Lab:
    """Enter a page that has no lab, and put one there that reaches this process; it is ready."""
    install(page)
    page.goto("architecture/")
    return insert(page, name, name).load()
