"""The Node process: one for many questions, errors told, started again after its end."""

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
