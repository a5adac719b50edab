"""Questions that a reader answers first: refused in one sentence, and answered by the labs."""

import math
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml

from lab.kit import first_frame
from lab.kit.registry import open_lab
from publish import answers, deliveries
from publish.fences import LabError, Place
from publish.predict import Question, ask, inline, told

DOCS = Path(__file__).parents[2] / "docs"
FENCE = re.compile(r"^```predict ([a-z-]+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LESSONS = (
    "sequences", "one-unit", "unrolled", "bptt", "gradients", "gated-cells",
    "characters", "train-your-own", "practice", "beyond", "applications",
)  # fmt: skip
A_ONE = """lab: scalar-rnn
set: sequence=custom&numbers=1,0,0&normalise=off&activation=linear&w_x=1&w_h=0.5
question: How much?
low: 0
high: 100
step: 1
why: Because.
"""


def place(name: str = "left-of-a-one") -> Place:
    return Place("one-unit.md", 7, name, "predict")


def questions(page: str) -> list[tuple[str, str]]:
    return FENCE.findall((DOCS / f"{page}.md").read_text("utf-8"))


def of(page: str) -> Question:
    name, body = questions(page)[0]
    return ask(body, place(name))


def values_of(lab: str, asked: str) -> dict[str, Any]:
    """A lab's controls in a state, but for the step that is looked at."""
    values = dict(open_lab(lab, dict(parse_qsl(asked))).snapshot(())["values"])
    values.pop("step", None)
    return values


@pytest.mark.parametrize("page", LESSONS)
def test_every_lesson_asks_what_its_own_lab_answers(page: str) -> None:
    asked = questions(page)
    assert asked
    text = (DOCS / f"{page}.md").read_text("utf-8")
    for name, body in asked:
        question = ask(body, place(name))
        assert f"```lab {question.lab}\n" in text
        assert question.question.endswith("?")
        assert values_of(question.lab, question.set) != values_of(question.lab, ""), (
            "the lab shows the answer before the guess"
        )
        assert len(question.why) > 40
        if not question.choices:
            assert question.near <= 0.1 * (question.high - question.low), "any guess is right"


def test_the_answers_are_those_of_the_formulas() -> None:
    """What the labs say, worked out once more by hand."""
    expected: dict[str, Any] = {
        "sequences": 6,
        "one-unit": 100 * 0.9**10,
        "unrolled": 8 * 1 + 8 * 8 + 8 + 8 + 1,
        "bptt": "output",
        "gradients": "fades",
        "practice": "grows",
        "beyond": "2049",
        "train-your-own": math.log2(54),
    }
    for page, answer in expected.items():
        asked = of(page).answer
        if isinstance(answer, str):
            assert asked == answer
        else:
            assert asked == pytest.approx(answer, rel=3e-3), page


def test_what_the_questions_take_for_granted() -> None:
    """Numbers in the words of questions and explanations."""
    gates = first_frame("gates", {}, deliveries.read)["snapshot"]
    assert any(fact["value"] == "100 % right" for fact in gates["status"])
    assert 33 < of("gated-cells").answer < 60
    assert of("characters").answer < 30
    letter = {"seed_text": "I saw the captain", "written": 0, "step": 17}
    sampler = first_frame("text-sampler", letter, deliveries.read)["snapshot"]
    assert sampler["figures"]["choices"]["rows"][0]["probability"] > 0.99
    assert 25 < of("applications").answer <= 38


def test_a_number_is_told_with_its_unit() -> None:
    question = ask(A_ONE + 'unit: "%"\n', place())
    assert question.answer == pytest.approx(50)
    assert told(question) == "50\u00a0%"


@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        ("left-of-a-won", {}, "there is no such answer; answers: answers-moved, left-of-a-one"),
        ("left-of-a-one", {"lab": "scalar"}, "there is no lab 'scalar'"),
        ("left-of-a-one", {"lab": "gates", "set": ""}, "gates does not hold this answer"),
        ("left-of-a-one", {"set": "w_q=1"}, "'w_q' is not a control of scalar-rnn"),
        ("left-of-a-one", {"set": "w_h=much"}, "w_h must be a number; got 'much'"),
        ("left-of-a-one", {"act": "jump"}, "act: 'jump' is no button; buttons: "),
        ("left-of-a-one", {"why": None}, "why: is missing"),
        ("left-of-a-one", {"colour": "red"}, "colour: not an option; options: act, choices"),
        ("left-of-a-one", {"high": 20}, "low, high: the answer"),
        ("left-of-a-one", {"high": -1}, "low must be below high"),
        ("left-of-a-one", {"step": None}, "write `choices:`, or the numbers"),
        ("left-of-a-one", {"choices": {"a": "A"}}, "choices: the answer"),
        ("left-of-a-one", {"choices": ["a", "b"]}, "choices: write each as `key: words`"),
        ("left-of-a-one", {"near": "much"}, "near: must be a number from 0; got 'much'"),
        ("left-of-a-one", {"near": -1}, "near: must be a number from 0; got -1"),
        ("left-of-a-one", {"set": "sequence=custom&numbers="}, "numbers must hold 3 to 20 numbers"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    name: str, change: dict[str, Any], complaint: str
) -> None:
    changed = {**yaml.safe_load(A_ONE), **change}
    source = yaml.safe_dump({key: value for key, value in changed.items() if value is not None})
    with pytest.raises(LabError) as error:
        ask(source, place(name))
    assert str(error.value).startswith(f"one-unit.md:7: predict {name}: ")
    assert complaint in str(error.value)


def test_only_emphasis_and_symbols_are_marked() -> None:
    assert inline("*so* <b> $W_hh$") == (
        '<em>so</em> &lt;b&gt; <span class="symbol"><i>W</i><sub>hh</sub></span>'
    )


def test_every_answer_is_asked_for_once() -> None:
    asked = [name for page in LESSONS for name, _ in questions(page)]
    assert sorted(asked) == sorted(answers.ANSWERS)
