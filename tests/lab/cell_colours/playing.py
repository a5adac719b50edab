"""What a reader's hands do at the laboratory of single units, in a few words."""

from lab.cell_colours import LAB
from tests.lab.small_models import serve


def opened(data=None, **options):
    """A laboratory as a page would open it, with its model."""
    return serve(LAB(options), data)


def own(text, **options):
    """The same with a text of the reader's own."""
    return opened(source="own", own_text=text, **options)


def figure(lab, name="text"):
    return lab.snapshot([name])["figures"][name]


def text(lab):
    return "".join(figure(lab)["characters"])


def values(lab):
    return lab.snapshot(())["values"]


def ranked(lab):
    """The units of the ranking, the best first."""
    panels = figure(lab, "ranking")["panels"]
    return [int(label) for label in panels[0]["labels"]] if panels else []
