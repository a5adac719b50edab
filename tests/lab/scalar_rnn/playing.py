"""What a reader's hands do, in a few words: open the lab, work, look."""

from lab.scalar_rnn import LAB
from rnn.one_unit import Weights


def opened(**options):
    """A laboratory as a page would open it."""
    return LAB(options)


def work(lab, times):
    """Advance in the smallest slices: an empty budget still does one epoch or one guess."""
    for _ in range(times):
        lab.advance(0.0)


def finish(lab, at_most=50_000):
    """Advance until the lab stops by itself."""
    for _ in range(at_most // 100):
        work(lab, 100)
        if not lab.snapshot()["running"]:
            return
    raise AssertionError(f"still running after {at_most} slices")


def values(lab):
    return lab.snapshot()["values"]


def weights(lab):
    return Weights(*(values(lab)[name] for name in Weights._fields))


def status(lab):
    return {fact["name"]: fact["value"] for fact in lab.snapshot()["status"]}


def epochs(lab):
    return int(status(lab)["Epoch"].replace(",", ""))


def enabled(lab, action):
    return lab.snapshot()["actions"][action]["enabled"]


def curve(lab, which):
    """The columns of a loss curve: 0 is BPTT, 1 is random search."""
    series = lab.snapshot()["figures"]["losses"]["series"][which]
    return series["x"].tolist(), series["y"].tolist()
