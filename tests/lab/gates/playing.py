"""What a reader's hands do at the gates, in a few words, with the committed networks."""

from lab.gates import LAB
from lab.gates.declaration import DECLARATION
from lab.gates.model import from_checkpoint
from publish import models

QUICK = [figure.name for figure in DECLARATION.figures if figure.name != "sweep"]


def opened(**options):
    """A laboratory as a page would open it, with the network it wants."""
    lab = LAB(options)
    supply(lab)
    return lab


def supply(lab):
    """Give it what it wants."""
    if name := lab.snapshot(())["wants"]:
        lab.give(name, models.read(name))


def change(lab, **values):
    """Set controls, and give what is wanted then; a snapshot without the figure that takes long."""
    lab.set(values)
    supply(lab)
    return lab.snapshot(QUICK)


def trained(kind):
    """A committed network."""
    return from_checkpoint(models.read(f"recall-{kind}"))


def status(lab):
    return {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}
