"""Code cells are run while the book is built: their output is true, and one that fails ends it."""

import html
import re
import signal

import pytest
from markdown import Markdown

from publish import cells, fences, prerender

SUPERFENCES = {
    "pymdownx.superfences": {
        "custom_fences": [
            {
                "name": "python-cell",
                "class": "python-cell",
                "format": cells.draw,
                "validator": fences.accept,
            }
        ]
    }
}


@pytest.fixture(autouse=True)
def drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw output as its data: what Node draws is tested in the browser."""
    monkeypatch.setattr(
        prerender.prerenderer, "cell", lambda element, pieces: f"<i>{html.escape(pieces)}</i>"
    )


def render(text: str) -> str:
    md = Markdown(
        extensions=["admonition", "pymdownx.superfences", "md_in_html", "publish.fences"],
        extension_configs=SUPERFENCES,
    )
    return md.convert(text)


def cell(code: str, name: str = "") -> str:
    return f"```python-cell {name}\n{code}\n```\n"


def outputs(page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<i>(.*?)</i>", page)]


def test_a_cell_shows_its_code_and_what_it_gave() -> None:
    page = render(cell("x = 'a < b'\nprint(x)", "small"))
    assert '<python-cell id="cell-small" data-name="cell 1" data-state="static"' in page
    assert "<p><python-cell" not in page
    code = re.search(r"<code>(.*?)</code>", page, re.DOTALL)
    assert code is not None
    assert html.unescape(re.sub("<[^>]+>", "", code[1])) == "x = 'a < b'\nprint(x)"
    assert outputs(page) == ['[{"kind":"text","stream":"out","text":"a < b\\n"}]']


def test_cells_of_a_page_share_what_they_make() -> None:
    page = render(cell("x = 41") + "\nWords.\n\n" + cell("print(x)\nprint(x + 1)"))
    assert outputs(page) == ['[{"kind":"text","stream":"out","text":"41\\n42\\n"}]']
    assert 'id="cell-1"' in page
    assert 'id="cell-2"' in page
    assert page.count("Run all above") == 1


def test_the_next_page_begins_anew() -> None:
    render(cell("only_here = 1"))
    with pytest.raises(fences.LabError, match="only_here"):
        render(cell("only_here"))


def test_a_cell_that_fails_ends_the_build_with_page_cell_and_traceback() -> None:
    with pytest.raises(fences.LabError) as failure:
        render("# Page\n\n" + cell("def f():\n    return 1 / 0\n\nf()", "wrong"))
    told = str(failure.value)
    assert told.startswith("(no page):3: python-cell wrong: the cell fails:\n")
    assert 'File "cell 1", line 2, in f' in told
    assert told.endswith("ZeroDivisionError: division by zero")
    assert "Traceback" not in told  # what stands before that word is all that MkDocs would show


@pytest.mark.parametrize(
    "loop", ["while True:\n    pass", "while True:\n    try: x\n    except BaseException: pass"]
)
def test_a_cell_that_does_not_end_ends_the_build_with_page_and_line(
    monkeypatch: pytest.MonkeyPatch, loop: str
) -> None:
    monkeypatch.setattr(cells, "SECONDS", 0.05)
    message = (
        r"^\(no page\):3: python-cell endless: the cell must end within 0\.05 s; "
        r"it was on its line [234] then$"
    )
    with pytest.raises(fences.LabError, match=message):
        render("# Page\n\n" + cell(f"x = 1\n{loop}", "endless"))
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


def test_ctrl_c_in_a_cell_ends_the_build() -> None:
    with pytest.raises(KeyboardInterrupt):
        render(cell("raise KeyboardInterrupt"))


@pytest.mark.parametrize("name", ["Not_This", "a b", "twice"])
def test_a_name_is_an_id(name: str) -> None:
    with pytest.raises(fences.LabError, match="the name must be new"):
        render(cell("1", "twice") + cell("2", name))


def test_an_example_in_a_longer_fence_is_not_run() -> None:
    assert "python-cell id" not in render("````\n" + cell("1 / 0") + "````\n")
