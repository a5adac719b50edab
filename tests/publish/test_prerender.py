"""The Node process: one for many questions, errors told, started again after its end."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from lab.kit import first_frame
from lab.kit.wire import to_json
from publish import runtime, site
from publish.prerender import DrawError, Prerenderer
from publish.programs import ROOT


@pytest.fixture(scope="module")
def bundled():
    runtime.pack(ROOT / "build" / "runtime")
    site.bundle()


@pytest.fixture
def drawer(bundled):
    started = Prerenderer()
    yield started
    started.close()


def test_a_lab_is_drawn_without_lits_markers(drawer: Prerenderer) -> None:
    drawn = drawer.lab("two", to_json(first_frame("scalar-rnn", {})))
    assert 'id="two-title"' in drawn
    assert "<figure" in drawn
    assert "<!--" not in drawn


def test_formulas_carry_mathml_and_look(drawer: Prerenderer) -> None:
    inline, display = drawer.formulas([("h_t", False), ("h_t", True)])
    assert inline.startswith('<span class="katex"><span class="katex-mathml"><math')
    assert "katex-html" in inline
    assert "katex-display" in display


def test_a_bad_formula_is_named_by_its_index(drawer: Prerenderer) -> None:
    with pytest.raises(DrawError, match="KaTeX parse error") as refused:
        drawer.formulas([("a", False), (r"\frac{a", False)])
    assert refused.value.index == 1
    assert drawer.formulas([("a", False)])


def test_a_frame_the_templates_cannot_draw_is_an_error(drawer: Prerenderer) -> None:
    with pytest.raises(DrawError):
        drawer.lab("x", "{}")


def test_a_process_that_ended_is_an_error_and_the_next_question_starts_another(
    drawer: Prerenderer,
) -> None:
    drawer.formulas([("a", False)])
    process = drawer._process
    assert process
    process.kill()
    process.wait()
    with pytest.raises(DrawError, match="ended with code"):
        drawer.formulas([("a", False)])
    assert drawer.formulas([("a", False)])


def changed(layout: str, *, change: Callable[[dict[str, Any]], None]) -> str:
    frame = first_frame("scalar-rnn", {"layout": layout})
    change(frame["description"])
    return to_json(frame)


def test_only_a_lab_that_can_be_stepped_has_the_sequences_clock(drawer: Prerenderer) -> None:
    def without_steps(description: dict[str, Any]) -> None:
        actions = description["actions"]
        description["actions"] = [one for one in actions if one["name"] != "step_forward"]

    assert "Play sequence" in drawer.lab("x", changed("full", change=lambda _: None))
    assert "Play sequence" not in drawer.lab("x", changed("full", change=without_steps))


def test_the_facts_stand_once_under_the_last_group_whatever_it_is_called(
    drawer: Prerenderer,
) -> None:
    def renamed(description: dict[str, Any]) -> None:
        description["groups"] = {"weights": "Weights", "sequence": "Last"}

    drawn = drawer.lab("x", changed("full", change=renamed))
    assert drawn.count('class="facts"') == 1
    assert drawn.rindex("<legend>Last") < drawn.index('class="facts"')


def test_the_compact_layout_shows_what_says_so(drawer: Prerenderer) -> None:
    def marked(description: dict[str, Any]) -> None:
        for one in description["controls"]:
            one["compact"] = one["name"] == "w_h"
        for one in description["actions"]:
            one["compact"] = one["name"] == "search"
        for one in description["figures"]:
            one["compact"] = one["name"] == "tracks"

    drawn = drawer.lab("x", changed("compact", change=marked))
    assert re.findall(r'data-control="?(\w+)', drawn) == ["w_h"]
    assert re.findall(r'data-figure="?(\w+)', drawn) == ["tracks"]
    assert "search" in re.findall(r'data-action="?(\w+)', drawn)
    assert "train" not in re.findall(r'data-action="?(\w+)', drawn)
    assert drawn.count('class="facts"') == 1
