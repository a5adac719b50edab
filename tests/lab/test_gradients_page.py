"""What the chapter on gradients says of its figures is what they show."""

import re
from urllib.parse import parse_qsl

import pytest

from lab.clipping import LAB as CLIPPING
from lab.gradient_flow import LAB as GRADIENT_FLOW
from publish.page import DOCS

TEXT = (DOCS / "gradients.md").read_text(encoding="utf-8")
LINK = re.compile(r'\]\(#([a-z-]+)\)\{ data-set="([^"]*)"(?: data-act="([^"]*)")? \}')
LINKS = LINK.findall(TEXT)
LABS = {"gradient-flow": GRADIENT_FLOW, "clipping": CLIPPING}


def followed(name, values, action=""):
    """The lab as a link leaves it, with nothing running any more."""
    lab = LABS[name]({})
    lab.set(dict(parse_qsl(values, keep_blank_values=True)))
    if action:
        lab.act(action)
    while lab.snapshot([])["running"]:
        lab.advance(1000.0)
    return lab


@pytest.mark.parametrize(("name", "values", "action"), LINKS)
def test_a_link_leads_where_it_says(name, values, action):
    figures = followed(name, values, action).snapshot()["figures"]
    assert all(figure["summary"] for figure in figures.values())


def test_no_link_is_overlooked():
    assert TEXT.count("data-set=") == len(LINKS) > 30
    assert {name for name, _, _ in LINKS} == set(LABS)


ORTHOGONAL = "preset=fading&initialiser=orthogonal&compare=none"
CLAIMS = [
    ("preset=nine-tenths", "At step 0 there is 0.00515 of it left"),
    ("preset=eleven-tenths", "grown to 117 times"),
    ("preset=fading&scale=2", "At step 0 there is 1.88×10⁻⁴ of it left"),
    ("preset=exploding", "grown to 4,091 times"),
    ("preset=exploding&inputs=none", "grown to 1.13×10¹⁵ times"),
    ("preset=eigenvalues", "grown to 7,241 times"),
    (ORTHOGONAL, "for 41 of 50 steps"),
    (f"{ORTHOGONAL}&activation=relu", "for 16 of 50 steps"),
    (f"{ORTHOGONAL}&activation=sigmoid", "for 4 of 50 steps"),
    (f"{ORTHOGONAL}&activation=linear", "for all 50 steps"),
    (f"{ORTHOGONAL}&strength=10", "for 6 of 50 steps"),
    ("preset=fading&rescale=off&compare=none", "for 2 of 50 steps"),
    ("preset=residual&alpha=1", "grown to 392 times"),
    ("preset=lstm&forget_bias=0", "for 16 of 50 steps"),
    ("preset=lstm", "for 43 of 50 steps"),
    ("preset=lstm&forget_bias=2", "for all 50 steps"),
    ("preset=fading&compare=none", "for 9 of 50 steps"),
    ("preset=gru", "for 17 of 50 steps"),
    ("preset=residual", "for all 50 steps"),
]


@pytest.mark.parametrize(("values", "words"), CLAIMS)
def test_a_number_in_the_text_is_the_figures(values, words):
    assert ("gradient-flow", values) in {link[:2] for link in LINKS}
    told = followed("gradient-flow", values).snapshot(["survival"])["figures"]["survival"]
    assert words in told["summary"]


def test_the_factors_the_text_speaks_of():
    lab = followed("gradient-flow", "preset=fading&scale=2")
    told = lab.snapshot(["factors"])["figures"]["factors"]["summary"]
    assert "norms between 1.45 and 1.95. Multiplied they are 2.21×10¹²" in told


@pytest.mark.parametrize("seed", range(1, 13))
def test_the_order_of_the_table_hardly_depends_on_the_seed(seed):
    reaches = []
    for preset in ("fading", "gru", "lstm", "residual"):
        lab = followed("gradient-flow", f"preset={preset}&seed={seed}&compare=none")
        status = lab.snapshot([])["status"][0]["value"]
        reaches.append(50 if status.startswith("all") else int(status.split()[0]))
    assert reaches == sorted(reaches)
