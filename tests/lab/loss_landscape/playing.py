"""What a reader's hands do, in a few words: open the map, walk, guess, look."""

from lab.loss_landscape import LAB


def opened(**options):
    """A landscape as a page would open it, with few points."""
    return LAB({"resolution": 16, **options})


def values(lab):
    return lab.snapshot(())["values"]


def said(lab):
    return lab.snapshot(())["said"]


def figure(lab, name="map"):
    return lab.snapshot((name,))["figures"][name]


def enabled(lab, action):
    return lab.snapshot(())["actions"][action]["enabled"]


def finish(lab):
    """Advance until the lab stops by itself."""
    for _ in range(2_000):
        if not lab.snapshot(())["running"]:
            return
        lab.advance(0.0)
    raise AssertionError("still running")


def walk(lab):
    lab.act("train")
    finish(lab)


def guess(lab):
    lab.act("search")
    finish(lab)


def spell(line):
    return "".join(part.get("text") or part.get("number") or part["symbol"] for part in line)
