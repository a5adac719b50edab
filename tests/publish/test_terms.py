"""Terms: taken from the glossary alone, linked once a page, in running text, with their meaning."""

from pathlib import Path

import markdown
import pytest

from publish import terms
from publish.terms import TermLinks, glossary, plain

ROOT = Path(__file__).parents[2]
ENTRIES = """
gate { #gate }
:   A number for each unit, $g_t$. See also [cell](#cell). [Gated cells](gated-cells.md#x)

forget gate { #forget-gate }
:   How much of the *old* state stays.

backpropagation through time (BPTT) { #bptt }
:   The chain rule,
    walked back.

state { #state }
:   Too common a word to be marked.
"""


def rendered(text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    (tmp_path / "glossary.md").write_text(ENTRIES, encoding="utf-8")
    monkeypatch.setattr(terms, "DOCS", tmp_path)
    monkeypatch.setattr(terms, "current_page", lambda _: "one-unit.md")
    return markdown.markdown(text, extensions=[TermLinks()])


def test_a_term_is_linked_once_after_the_first_heading(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    html = rendered(
        "A gate.\n\n## On gates\n\nTwo Forget gates, **a gate** and a gate.\n\n- by BPTT",
        monkeypatch,
        tmp_path,
    )
    assert html.startswith("<p>A gate.</p>\n<h2>On gates</h2>")
    assert (
        '<a class="term" data-meaning="How much of the old state stays." '
        'href="glossary.md#forget-gate">Forget gates</a>'
    ) in html
    assert html.count('href="glossary.md#gate"') == 1
    assert ">gate</a></strong> and a gate.</p>" in html
    assert 'data-meaning="The chain rule, walked back."' in html


@pytest.mark.parametrize(
    "text", ["`gate`", "[a gate](x.md)", "investigate", "gate-like", "the state", "### A gate"]
)
def test_code_links_headings_and_other_words_are_left_alone(
    text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "term" not in rendered(f"## H\n\n{text}", monkeypatch, tmp_path)


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("A [link](x.md) in it. See also [b](#b). [Page](x.md#y)", "A link in it."),
        (r"The weights $W_{hy}$; $\partial L / \partial a_t$.", "The weights W_hy; ∂L / ∂a_t."),
        (r"One. It is $\frac{1}{2}$. Two.", "One. Two."),
    ],
)
def test_a_meaning_is_plain_words(meaning: str, words: str) -> None:
    assert plain(meaning) == words


def test_every_entry_of_the_glossary_can_be_told() -> None:
    known = glossary((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    assert len(known) > 60
    assert [
        name for name, term in known.items() if "\\" in term.meaning or "$" in term.meaning
    ] == []


def test_pages_that_are_no_chapter_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "current_page", lambda _: "speed.md")
    assert "term" not in markdown.markdown("## H\n\na gate", extensions=[TermLinks()])
