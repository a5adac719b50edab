"""What a reader's hands do at the trainer, in a few words, with networks that learn in no time."""

import numpy as np

from lab.text_trainer import LAB

BOOK = "the dog sleeps on the hill, and the cat watches the dog. " * 120
CODE = "def add(a, b):\n    return a + b\n\n\ndef twice(x):\n    return [x, x]\n\n\n" * 60
SMALL = {"hidden": 8, "batch": 4, "window": 8, "reads": 100_000}


def opened(text=BOOK, corpus="moby-dick", **options):
    """A trainer as a page would open it, with its text."""
    lab = LAB({**SMALL, "corpus": corpus, **options})
    while name := lab.snapshot(())["wants"]:
        lab.give(name, text.encode())
    return lab


def with_own_text(data, filename="own.txt", **options):
    lab = LAB({**SMALL, "corpus": "own", **options})
    lab.upload("own_text", filename, data if isinstance(data, bytes) else data.encode())
    return settled(lab)


def snapshot(lab, *figures):
    return lab.snapshot(figures)


def values(lab):
    return snapshot(lab)["values"]


def problem(lab):
    return snapshot(lab)["problem"]


def said(lab):
    return snapshot(lab)["said"]


def button(lab, name):
    return snapshot(lab)["actions"][name]


def status(lab):
    return {fact["name"]: fact["value"] for fact in snapshot(lab)["status"]}


def figure(lab, name):
    return lab.snapshot([name])["figures"][name]


def read(lab):
    """How many characters were read so far."""
    return int(status(lab)["Read"].replace(",", ""))


def settled(lab, at_most=3000):
    """Advance until nothing is under way."""
    for _ in range(at_most):
        if not snapshot(lab)["running"]:
            return lab
        lab.advance(5.0)
    raise AssertionError(f"still running: {snapshot(lab)['running']}")


def trained(lab, characters=1000):
    """Press Train, let it read so many characters more, and pause."""
    until = read(lab) + characters
    lab.act("train")
    while snapshot(lab)["running"] and read(lab) < until:
        lab.advance(1.0)
    if button(lab, "train")["label"] == "Pause":
        lab.act("train")
    return settled(lab)


def finished(lab):
    lab.act("train")
    return settled(lab)


def output(lab, action):
    """What an action gives away, as bytes."""
    lab.act(action)
    given = snapshot(lab)["output"]
    assert given["data"].dtype == np.uint8
    return given, given["data"].tobytes()


def weights(lab):
    return lab._bench.course.run.model.parameters.flat.copy()
