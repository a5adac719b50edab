"""What a reader's hands do, in a few words: open the lab, train, look."""

from lab.unrolled_rnn import LAB


def opened(**options):
    """A laboratory as a page would open it; small, unless said otherwise."""
    return LAB(options)


def train(lab, epochs):
    """Press Train, work for so many epochs, and pause."""
    lab.set({"pace": "slow"})  # one epoch a slice
    lab.act("train")
    for _ in range(epochs):
        lab.advance(0.0)
        if not lab.snapshot(())["running"]:
            return lab
    lab.act("train")
    return lab


def values(lab):
    return lab.snapshot(())["values"]


def status(lab):
    return {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}


def figure(lab, name):
    return lab.snapshot([name])["figures"][name]


def enabled(lab, action):
    return lab.snapshot(())["actions"][action]["enabled"]


def numbers_of(line):
    """The numbers of a line of a formula, by the name that stands below each."""
    return [(part["name"], part["number"]) for part in line if "number" in part]
