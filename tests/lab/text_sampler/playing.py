"""What a reader's hands do at the sampler, in a few words."""

from lab.text_sampler import LAB
from tests.lab.small_models import finish, serve


def opened(data=None, **options):
    """A sampler as a page would open it, with its model."""
    return serve(LAB(options), data)


def set_to(lab, **values):
    """Set controls, and let the text be written anew to its end."""
    lab.set(values)
    while lab.snapshot(())["running"] == "anew":
        lab.advance(5.0)
    return lab


def sampled(lab):
    """Press Sample and wait."""
    lab.act("sample")
    return finish(lab)


def figure(lab, name="text"):
    return lab.snapshot([name])["figures"][name]


def text(lab, name="text"):
    return "".join(figure(lab, name)["characters"])


def values(lab):
    return lab.snapshot(())["values"]


def status(lab):
    return {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}


def words(lab):
    """The readout as one would read it aloud, one string a line."""
    return [
        "".join(part.get("text") or part["number"] for part in line)
        for line in lab.snapshot(())["readout"]
    ]
