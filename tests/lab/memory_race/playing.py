"""What a reader's hands do in the race, in a few words."""

from lab.memory_race import LAB

SMALL = {"parameters": 100, "length": 5, "budget": 12, "batch": 2}


def opened(**options):
    """A race as a page would open it: a small one, where nothing else is said."""
    return LAB({**SMALL, **options})


def finish(lab, at_most=2000):
    """Advance in the smallest slices until it stops by itself; how many it took."""
    for count in range(at_most):
        if not lab.snapshot(())["running"]:
            return count
        lab.advance(0.0)
    raise AssertionError(f"still running after {at_most} slices")


def train(lab):
    lab.act("train")
    finish(lab)
    return lab.snapshot()


def status(lab):
    return {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}


def enabled(lab, action):
    return lab.snapshot(())["actions"][action]["enabled"]
