"""Character models small enough to make in a test, and labs that are given them."""

from functools import cache

import numpy as np

from rnn.text.char_model import CharModel
from rnn.text.vocabulary import Vocabulary

ASCII = "\n" + "".join(map(chr, range(32, 127)))


@cache
def model(characters=ASCII, kind="lstm", hidden=12, layers=1, seed=3, scale=4.0):
    """A model nobody has trained; `scale` makes it decided about what comes next."""
    made = CharModel(Vocabulary.of(characters), kind, hidden, layers)
    made.initialise(np.random.default_rng(seed))
    made.parameters["head.W_hy"][...] *= scale
    return made


@cache
def file(*args, **options):
    """The same as a file."""
    return model(*args, **options).to_checkpoint()


def serve(lab, data=None, at_most=5):
    """Give a lab what it wants until it wants nothing."""
    for _ in range(at_most):
        name = lab.snapshot(()).get("wants")
        if not name:
            return lab
        lab.give(name, file() if data is None else data)
    raise AssertionError(f"still wants {name}")


def finish(lab, at_most=2500):
    """Advance until the lab stops by itself."""
    for _ in range(at_most):
        if not lab.snapshot(())["running"]:
            return lab
        lab.advance(5.0)
    raise AssertionError("still running")


# Texts that break programs. Of each: what it is, and the text.
HOSTILE = {
    "one character": "a",
    "one repeated character": "a" * 150,
    "a family, with joiners": "a \U0001f469\u200d\U0001f469\u200d\U0001f467 b",
    "flags": "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7",
    "skin tone": "\U0001f44d\U0001f3fd",
    "combining marks": "e\u0301a\u0300\u0323 Z\u0351\u036b\u0343",
    "right to left": "\u05e9\u05dc\u05d5\u05dd and \u0645\u0631\u062d\u0628\u0627",
    "an override": "abc\u202egnp.exe\u202c",
    "isolates": "\u2067abc\u2069",
    "NUL": "a\x00b",
    "escape": "\x1b[31mred",
    "CRLF": "one\r\ntwo",
    "a byte order mark": "\ufefftext",
    "line separators": "a\u2028b\u2029c\x85",
    "markup": "<img src=x onerror=alert(1)>",
    "a script": "</template><script>alert(1)</script>",
    "an entity": "&lt;b&gt; &#x202e; {{7*7}} ${7*7}",
    "a private character": "\ue000\U000f0000",
    "an unassigned one": "\u0378\U0001fffe",
    "jamo": "\u1112\u1161\u11ab",
    "many spaces": "   \t  ",
}
