"""What a reader might bring, by accident or on purpose, and a page that notices if it bites."""

import base64
import random

from playwright.sync_api import Locator, Page

from rnn.text.char_model import CharModel
from rnn.text.vocabulary import Vocabulary
from tests.browser.lab import Lab
from tests.lab.small_models import ASCII
from tests.lab.small_models import HOSTILE as LISTED

# Each sets a flag of the window if it is ever run. All of it is ASCII, which the models know.
SCRIPTS = {
    "a script": "<script>pwned=1</script>",
    "an image": "<img src=x onerror=pwned=1>",
    "a drawing": "<svg onload=pwned=1></svg>",
    "out of an attribute": '"\' autofocus onfocus=pwned=1 x="><b onmouseover=pwned=1>',
    "out of a template": "</template><script>pwned=1</script>",
    "out of a field": "</textarea></title></style><img src=x onerror=pwned=1>",
    "a frame": "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "an address": "javascript:pwned=1",
    "a link": "<a href=javascript:pwned=1 id=location>x</a>",
    "an expression": "${pwned=1}{{constructor.constructor('pwned=1')()}}<!--?lit$1$-->",
    "a style": "<style>@import 'javascript:pwned=1'</style><link rel=stylesheet href=//x>",
}
TEXTS = {
    **LISTED,
    "nothing": "",
    "half a character": "ab\ud800",
    "the other half": "\udc00ab",
    "too long": "whale " * 400,
}
EVERY_CHARACTER = "".join(sorted({*ASCII, *"".join(LISTED.values())}))

_ALARM = """
window.alarms = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) =>
  alarms.push(`policy: ${violatedDirective} ${sample}`));
for (const name of ["alert", "confirm", "prompt", "open", "print"])
  window[name] = () => { alarms.push(name); };
"""
_BITTEN = """
root => [
  window.pwned ?? null,
  ...alarms,
  ...[...root.querySelectorAll("*")].filter((element) =>
    element.matches("script, img, iframe, object, embed, link, style, base, a[href^=javascript]")
    || element.getAttributeNames().some((name) => name.startsWith("on")),
  ).map((element) => element.outerHTML),
]
"""


def watch(page: Page) -> None:
    """Let the next pages of a tab notice what runs that should not."""
    page.add_init_script(_ALARM)


def assert_nothing_ran(root: Locator) -> None:
    assert root.evaluate(_BITTEN) == [None]


def set_field(field: Locator, text: str) -> None:
    """As a paste does it, but with any text, also half a character."""
    field.evaluate(
        """(field, units) => {
          field.value = units.map((unit) => String.fromCharCode(unit)).join("");
          field.dispatchEvent(new Event("input", { bubbles: true }));
          field.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        units(text),
    )


def field_text(field: Locator) -> str:
    """The text in a field, also half a character."""
    found: list[int] = field.evaluate(
        "field => Array.from({ length: field.value.length }, (_, i) => field.value.charCodeAt(i))"
    )
    raw = b"".join(unit.to_bytes(2, "little") for unit in found)
    return raw.decode("utf-16-le", "surrogatepass")


def units(text: str) -> list[int]:
    raw = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]


def in_a_field(text: str) -> str:
    """What a browser makes of a text that is put in a field."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def assert_one_sentence(text: str) -> None:
    """It says something, in one line, and shows nobody the inside of the machine."""
    assert 5 < len(text) < 700, text
    assert "\n" not in text.strip(), text
    assert "Traceback" not in text
    assert "Error" not in text


def set_text(lab: Lab, control: str, text: str) -> str:
    """Put a text in a lab's field, and give the refusal beside it: "" if it was taken."""
    lab.wait_for("!s.running")
    field = lab.control(control)
    lab.root.evaluate("lab => { lab.seen = lab.snapshot; }")
    set_field(field, text)
    lab.page.wait_for_function(
        """([id, control]) => {
          const lab = document.getElementById(id);
          const field = lab.querySelector(`[data-control=${control}] .text`);
          return lab.snapshot !== lab.seen || field.hasAttribute("aria-invalid");
        }""",
        arg=[lab.root.get_attribute("id"), control],
    )
    error = lab.root.locator(f"[data-control={control}] .control-error")
    return error.inner_text() if error.count() else ""


def deliver(page: Page, data: bytes) -> None:
    """From now on every file of the site that a lab wants is this one."""
    page.evaluate(
        """(encoded) => {
          const data = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
          unrolledEngine.files.get = async () => data;
        }""",
        base64.b64encode(data).decode(),
    )


def deliver_as_built(page: Page) -> None:
    page.evaluate("() => { delete unrolledEngine.files.get; }")


def model_that_knows(text: str) -> bytes:
    """A small model's file whose vocabulary holds the characters of a text."""
    model = CharModel(Vocabulary.of(text), "lstm", 8)
    flat = model.parameters.flat
    flat[...] = [random.Random(at).uniform(-1, 1) for at in range(len(flat))]
    return model.to_checkpoint()
