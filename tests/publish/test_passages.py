"""Text between laboratories is gathered, and nothing else is."""

import re

from markdown import Markdown

from publish.passages import Passages

LAB = '<div><rnn-lab id="x"></rnn-lab></div>'
LABORATORY = ("<div>", "<rnn-lab>")
EXTENSIONS = ["attr_list", "tables", "toc", "admonition", "md_in_html", "publish.passages"]


def children(text: str) -> list[str]:
    """The page's top elements: a passage as the tags in it, any other by its tag."""
    html = Markdown(extensions=EXTENSIONS).convert(text)
    found = []
    for piece in re.split(r'(<div class="passage">.*?</div>)', html, flags=re.DOTALL):
        tags = re.findall(r"<([a-z1-6-]+)", piece.removeprefix('<div class="passage">'))
        if piece.startswith('<div class="passage">'):
            found.append(" ".join(tag for tag in tags if tag not in ("li", "em")))
        else:
            found += [f"<{tag}>" for tag in tags]
    return found


def test_neighbouring_blocks_of_text_are_one_passage_and_a_lab_parts_them() -> None:
    page = f"# Title\n\nOne *a*.\n\n## Two\n\n- three\n\n{LAB}\n\nFour.\n\n{LAB}\n\n{LAB}\n"
    assert children(page) == ["<h1>", "p h2 ul", *LABORATORY, "p", *LABORATORY, *LABORATORY]


def test_notes_and_code_stay_by_themselves() -> None:
    page = f"One.\n\n    code\n\nTwo.\n\n<section>theirs</section>\n\nThree.\n\n{LAB}\n"
    assert children(page) == ["p", "<pre>", "<code>", "p", "<section>", "p", *LABORATORY]


def test_a_page_without_a_lab_is_left_as_it_is() -> None:
    assert "passage" not in Markdown(extensions=EXTENSIONS).convert("One.\n\n## Two\n\nThree.\n")


def test_it_runs_after_all_others() -> None:
    """MkDocs looks for the title among the page's top elements, with priority -1."""
    names = Markdown(extensions=EXTENSIONS).treeprocessors
    assert isinstance(list(names)[-1], Passages)
    assert 'id="two"' in Markdown(extensions=EXTENSIONS).convert(f"## Two\n\n{LAB}\n")
