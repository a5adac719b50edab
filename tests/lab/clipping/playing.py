"""What a reader's hands do in the laboratory of clipping, in a few words."""

from lab.clipping import LAB


def opened(preset="cliff", **values):
    """A laboratory as a page would open it."""
    return LAB({"preset": preset, **values})


def trained(preset="cliff", **values):
    """One that has been trained until it stops by itself."""
    lab = opened(preset, **values)
    lab.act("train")
    for _ in range(400):
        lab.advance(1000.0)
        if not lab.snapshot([])["running"]:
            return lab
    raise AssertionError("still running")


def arrows(lab):
    """The three arrows by name, as pairs of numbers."""
    drawn = lab.snapshot(["arrows"])["figures"]["arrows"]["arrows"]
    return {arrow["name"]: (arrow["x"], arrow["y"]) for arrow in drawn}


def losses(lab):
    """The three curves, each a list of losses."""
    series = lab.snapshot(["losses"])["figures"]["losses"]["series"]
    return [line["y"].tolist() for line in series]


def summary(lab, figure):
    return lab.snapshot([figure])["figures"][figure]["summary"]
