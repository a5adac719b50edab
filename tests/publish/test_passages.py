"""Text between laboratories is gathered, and nothing else is."""

import re

from markdown import Markdown

from publish import lab_links
from publish.passages import LAST, LATE, gathered

LAB = '<div><rnn-lab id="x"></rnn-lab></div>'
LABORATORY = ("<div>", "<rnn-lab>")
EXTENSIONS = ["tables", "admonition", "pymdownx.details", "publish.passages"]
PASSAGE = re.compile(r'<div class="passage(?: late)?">(.*?)</div>', re.DOTALL)


def children(text: str) -> list[str]:
    """The page's top elements: a passage as the tags in it, any other tag by itself."""
    html = gathered(Markdown(extensions=EXTENSIONS).convert(text))
    assert "<!--" not in html
    found = []
    for index, piece in enumerate(PASSAGE.split(html)):
        tags = re.findall(r"<([a-z1-6-]+)", piece)
        if index % 2:
            found.append(" ".join(tag for tag in tags if tag not in ("li", "em")))
        else:
            found += [f"<{tag}>" for tag in tags]
    return found


def test_neighbouring_blocks_of_text_are_one_passage_and_a_lab_parts_them() -> None:
    page = (
        f"# Title\n\nOne *a*.\n\n## Two\n\n- three\n\n{LAB}\n\nFour.\n\n{LAB}\n\n{LAB}\n\nFive.\n"
    )
    assert children(page) == ["<h1>", "p h2 ul", *LABORATORY, "p", *LABORATORY, *LABORATORY, "p"]


def test_notes_and_code_stay_by_themselves() -> None:
    page = f"One.\n\n    code\n\nTwo.\n\n<section>theirs</section>\n\nThree.\n\n{LAB}\n"
    assert children(page) == ["p", "<pre>", "<code>", "p", "<section>", "p", *LABORATORY]
    page = f"One.\n\n??? note\n    folded\n\nTwo.\n\n!!! note\n    open\n\nThree.\n\n{LAB}\n"
    assert children(page) == [
        *("p", "<details>", "<summary>", "<p>"),
        *("p", "<div>", "<p>", "<p>", "p", *LABORATORY),
    ]


def test_a_page_without_a_lab_is_left_as_it_is() -> None:
    assert "passage" not in Markdown(extensions=EXTENSIONS).convert("One.\n\n## Two\n\nThree.\n")


def test_what_begins_far_below_is_late() -> None:
    early = "Text.\n\n" * (LATE - 1)
    html = gathered(Markdown(extensions=EXTENSIONS).convert(f"{early}{LAB}\n\nEnd.\n\n{LAB}\n\n!"))
    assert re.findall(r'class="(passage[^"]*)"', html) == [
        "passage",
        "passage late",
        "passage late",
    ]


def test_it_runs_after_those_that_look_at_the_top_elements() -> None:
    assert lab_links.AFTER_RELPATH > LAST
