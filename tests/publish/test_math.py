"""Formulas: drawn together, kept on disk, put back where they stood, refused by page and source."""

from pathlib import Path

import pytest
from markdown import Markdown

from publish import math
from publish.page import BuildError
from publish.prerender import DrawError

CONFIG = {"pymdownx.arithmatex": {"generic": True}}


class Drawer:
    """Stands for Node: draws `<b>TEX</b>` and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[math.Formula]] = []

    def formulas(self, formulas: list[math.Formula]) -> list[str]:
        self.asked.append(formulas)
        for index, (tex, _) in enumerate(formulas):
            if "bad" in tex:
                raise DrawError("KaTeX parse error: nonsense", index)
        return [f"<b>{tex}</b>" for tex, _ in formulas]


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Drawer:
    drawer = Drawer()
    monkeypatch.setattr(math, "prerenderer", drawer)
    monkeypatch.setattr(math, "CACHE", tmp_path / "math")
    return drawer


def render(text: str) -> str:
    extensions = ["tables", "pymdownx.arithmatex", "publish.math"]
    return Markdown(extensions=extensions, extension_configs=CONFIG).convert(text)


def test_inline_and_display_formulas_are_put_back_in_place(drawer: Drawer) -> None:
    page = render("Let $a<b$ be.\n\n$$\nc & d\n$$\n\n| x |\n|---|\n| $e$ |")
    assert '<p>Let <span class="formula"><b>a<b</b></span> be.</p>' in page
    display = page[page.index("<div") : page.index("</div>")]
    assert 'class="formula formula-display"' in display
    assert 'tabindex="0"' in display  # it scrolls on a narrow screen: the keyboard must reach it
    assert "<b>c & d</b>" in display
    assert '<td><span class="formula"><b>e</b></span></td>' in page
    assert "\\(" not in page
    assert "\\[" not in page


def test_no_line_begins_with_the_stop_after_a_formula(drawer: Drawer) -> None:
    page = render("A wait of $T$. And *($u$)*, $v$ w.")
    formula = '<span class="unparted"><span class="formula"><b>{}</b></span>{}</span>{}'
    assert f"A wait of {formula.format('T', '.', ' And')}" in page
    assert f"<em>({formula.format('u', ')', '')}</em>," in page
    assert '<span class="formula"><b>v</b></span> w.' in page
    assert "unparted" not in render("$a$ and\n\n$$\nb\n$$\n\n. c")


def test_one_question_for_a_page_and_none_for_what_is_known(drawer: Drawer) -> None:
    render("$a$ and $b$ and $a$")
    assert drawer.asked == [[("a", False), ("b", False)]]
    render("$b$ and $c$")
    assert drawer.asked[1:] == [[("c", False)]]
    render("$a$")
    assert len(drawer.asked) == 2


def test_the_same_source_inline_and_display_are_two_formulas(drawer: Drawer) -> None:
    render("$a$\n\n$$\na\n$$")
    assert drawer.asked == [[("a", False), ("a", True)]]


def test_bad_tex_ends_the_build_with_page_and_formula(drawer: Drawer) -> None:
    with pytest.raises(
        math.FormulaError, match=r"\(no page\): formula in `bad`: KaTeX parse"
    ) as told:
        render("$a$ and $bad$")
    assert isinstance(told.value, BuildError)


def test_the_search_index_gets_each_formula_once(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawer, "formulas", lambda formulas: ["<math xmlns=x><mi>a</mi></math>a"])
    assert "<math data-search-exclude xmlns=x>" in render("$a$")


def test_the_search_index_leaves_out_what_is_no_sentence(drawer: Drawer) -> None:
    assert "data-search-exclude" in render("$$\na^2\n$$").partition(">")[0]
    assert "data-search-exclude" not in render("so $a$ is").partition(">")[0]


def test_a_page_without_formulas_asks_nothing(drawer: Drawer) -> None:
    assert render("Five dollars.") == "<p>Five dollars.</p>"
    assert drawer.asked == []
