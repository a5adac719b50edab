"""What a reader's hands do in the laboratory of gradients, in a few words."""

import numpy as np

from lab.gradient_flow import LAB


def opened(preset="fading", **values):
    """A laboratory as a page would open it."""
    return LAB({"preset": preset, **values})


def figure(lab, name):
    return lab.snapshot([name])["figures"][name]


def column(lab, name, title):
    """A column of a figure's table."""
    table = figure(lab, name)["tables"][0]
    return np.asarray(table["data"][table["columns"].index(title)])


def survival(lab):
    """What is left at each step of the network that is drawn as bars."""
    return np.asarray(figure(lab, "survival")["series"][0]["values"])


def status(lab, name):
    return next(f["value"] for f in lab.snapshot([])["status"] if f["name"].startswith(name))
