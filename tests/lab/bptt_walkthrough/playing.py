"""What a reader's hands do, in a few words: open the lab, open a number, look."""

from lab.bptt_walkthrough import LAB
from lab.bptt_walkthrough.sheet import Sheet


def opened(**options):
    """A sheet as a page would open it."""
    return LAB(options)


def sheet(lab):
    """The numbers of what is set now."""
    return Sheet(values(lab))


def values(lab):
    return lab.snapshot(())["values"]


def said(lab):
    return lab.snapshot(())["said"]


def figure(lab, name):
    return lab.snapshot((name,))["figures"][name]


def spell(line):
    """A formula as plain text."""
    return "".join(part.get("text") or part.get("number") or part["symbol"] for part in line)


def open_number(lab, name):
    """The sentence and the formula of a number."""
    lab.set({"number": name})
    words, formula = lab.snapshot(())["readout"]
    return words[0]["text"], spell(formula)


def cells(lab):
    """Every number that can be seen and pointed at, by name."""
    figures = lab.snapshot()["figures"]
    network = figures["network"]
    found = [network["start"], *(cell for row in network["rows"].values() for cell in row)]
    for name in ("sheet", "gradients"):
        for group in figures[name]["groups"]:
            found += [cell for row in group["rows"] for cell in row["cells"]]
    return {cell["name"]: cell for cell in found if cell}
