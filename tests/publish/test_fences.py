"""Lab fences: found where they are meant, located to the line, and refused in one sentence."""

import html
import json
import re
from pathlib import Path

import pytest
from markdown import Markdown

from lab.kit import first_frame
from lab.kit.wire import to_json
from publish import fences, models, page, prerender
from tests.lab.kit.wanting import install

SUPERFENCES = {
    "pymdownx.superfences": {
        "custom_fences": [
            {"name": "lab", "class": "lab", "format": fences.draw, "validator": fences.accept}
        ]
    }
}
EXTENSIONS = ["admonition", "pymdownx.superfences", "pymdownx.tabbed", "md_in_html"]


@pytest.fixture(autouse=True)
def drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw a lab as a sign with its id: what Node draws is tested in test_prerender."""
    monkeypatch.setattr(
        prerender.prerenderer, "lab", lambda element, frame: f"<figure>{element}</figure>"
    )


def render(text: str, before: str = "") -> str:
    """Render a page whose front matter is `before`."""
    md = Markdown(
        extensions=[*EXTENSIONS, "publish.fences", At(before + text)],
        extension_configs=SUPERFENCES,
    )
    return md.convert(text)


class At(fences.Extension):
    """Make Markdown believe that MkDocs renders this file."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.content = content

    def extendMarkdown(self, md: Markdown) -> None:
        class File:
            src_uri = "one-unit.md"
            content_string = self.content

        class RelPath(fences.Preprocessor):
            file = File()

            def run(self, root: object) -> None:
                """Do nothing: only the file matters."""

        md.treeprocessors.register(RelPath(md), "relpath", 0)


def test_a_fence_becomes_an_element_with_the_frame_in_a_template() -> None:
    page = render("Before\n\n```lab scalar-rnn\nsequence: linear\n```\n\nAfter")
    assert '<rnn-lab id="scalar-rnn" data-lab="scalar-rnn" data-state="static" role="group"' in page
    assert 'aria-labelledby="scalar-rnn-title"' in page
    embedded = re.search(r"<template>(.*)</template>", page, re.DOTALL)
    assert embedded
    frame = to_json(first_frame("scalar-rnn", {"sequence": "linear"}))
    assert html.unescape(embedded[1]) == frame
    assert "<p><rnn-lab" not in page


def test_the_id_can_be_chosen() -> None:
    page = render("```lab scalar-rnn\nid: second\n```")
    assert '<rnn-lab id="second" data-lab="scalar-rnn"' in page
    assert "<figure>second</figure>" in page


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n    ```lab scalar-rnn\n    sequence: linear\n    ```",
        '=== "Tab"\n    ```lab scalar-rnn\n    sequence: linear\n    ```',
        "~~~lab scalar-rnn\nsequence: linear\n~~~",
        "- item\n\n    ```lab scalar-rnn\n    sequence: linear\n    ```",
    ],
)
def test_a_fence_works_inside_other_blocks(text: str) -> None:
    assert "<rnn-lab" in render(text)


def test_an_example_inside_a_longer_fence_is_left_alone() -> None:
    page = render("````markdown\n```lab scalar-rnn\nsequence: linear\n```\n````")
    assert "<rnn-lab" not in page
    assert "name=" not in page
    assert "lab scalar-rnn" in html.unescape(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a\n\n```lab scalar-rnn\nsequence: fibonaci\n```",
            r"one-unit\.md:3: lab scalar-rnn: sequence: 'fibonaci' is not allowed; allowed: fib",
        ),
        (
            "```lab scalar-rnn\nspeed: 3\n```",
            r"one-unit\.md:1: lab scalar-rnn: 'speed' is not a control",
        ),
        ("```lab scalr\n```", r"one-unit\.md:1: lab scalr: there is no lab 'scalr'; labs: "),
        ("```lab\n```", r"one-unit\.md:1: lab: name one, as in `lab scalar-rnn`"),
        ("```lab scalar-rnn\n- a\n```", r"one-unit\.md:1: .*write options as `name: value`"),
        ("```lab scalar-rnn\na: [\n```", r"one-unit\.md:1: .*the options are not YAML"),
        ("```lab scalar-rnn\nid: A b\n```", r"one-unit\.md:1: .*id: 'A b' is not allowed"),
        (
            "```lab scalar-rnn\n```\n\n```lab scalar-rnn\n```",
            r"one-unit\.md:4: .*id: 'scalar-rnn' is taken by the lab on line 1",
        ),
    ],
)
def test_a_bad_fence_is_refused_with_page_line_and_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(fences.LabError, match=f"^{message}") as refused:
        render(text)
    assert isinstance(refused.value, page.BuildError)
    assert "\n" not in str(refused.value)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lab that wants a file, and two files."""
    install(monkeypatch)
    monkeypatch.setattr(models, "MODELS", tmp_path)
    (tmp_path / "one.safetensors").write_bytes(b"content")
    (tmp_path / "bad.safetensors").write_bytes(b"pickle")


@pytest.mark.usefixtures("reader")
def test_the_first_frame_is_computed_with_the_model_itself() -> None:
    embedded = re.search(r"<template>(.*)</template>", render("```lab reader\n```"), re.DOTALL)
    assert embedded
    frame = json.loads(html.unescape(embedded[1]))
    assert frame["files"] == ["one"]
    assert frame["snapshot"]["has"] == {"one": "content"}


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("verse", "there is no model and no text 'verse'; there are: .*, bad, one"),
        ("bad", "bad was refused: the file is not a checkpoint"),
    ],
)
def test_a_model_that_is_not_there_or_not_good_ends_the_build(name: str, message: str) -> None:
    with pytest.raises(fences.LabError, match=rf"^one-unit\.md:1: lab reader: {message}"):
        render(f"```lab reader\nfile: {name}\n```")


@pytest.mark.parametrize(
    "before", ["---\ntitle: One unit\n---\n", "---\ntitle: One unit\n---\n\n\n"]
)
def test_front_matter_counts(before: str) -> None:
    line = before.count("\n") + 3
    with pytest.raises(fences.LabError, match=rf"^one-unit\.md:{line}: "):
        render("a\n\n```lab scalar-rnn\nspeed: 3\n```\n\nlast\n", before)


def test_ids_are_forgotten_between_pages() -> None:
    md = Markdown(extensions=[*EXTENSIONS, "publish.fences", At("")], extension_configs=SUPERFENCES)
    for _ in range(2):
        md.reset()
        assert "<rnn-lab" in md.convert("```lab scalar-rnn\n```")


def test_zensical_keeps_the_page_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "DOCS", tmp_path)
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n\nfirst\n", encoding="utf-8")

    class Context(fences.Preprocessor):
        page = type("Page", (), {"path": "a.md"})

    md = Markdown()
    md.preprocessors.register(Context(md), "rendering_context", 0)
    assert page.current_page(md) == "a.md"
    assert page.lines_before(md, ["first"]) == 4


def test_a_mistake_in_a_lab_ends_the_build_instead_of_leaving_its_fence_as_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def mistaken(*_: object) -> None:
        raise ZeroDivisionError("in the lab")

    monkeypatch.setattr(fences, "first_frame", mistaken)
    with pytest.raises(fences.LabError) as error:
        render("Before\n\n```lab scalar-rnn\n```\n")
    assert str(error.value).startswith("one-unit.md:3: lab scalar-rnn: fails:\nTraceback")
    assert "ZeroDivisionError: in the lab" in str(error.value)
