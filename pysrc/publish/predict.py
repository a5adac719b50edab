"""A ```` ```predict left-of-a-one ```` fence: the reader commits to a guess, then sees the answer.

Its name is that of an answer in `publish.answers`, worked out at build from the lab in the state
that the fence's `set` asks for; the link *See it in the laboratory* sets the same state. So the
number on the page, the link and the lab cannot disagree.

Without JavaScript the question stands with its answer behind a disclosure.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from markdown import Markdown

from lab.kit import ControlError, FileRefused, UnknownLab
from lab.kit.registry import Lab, give, open_lab, wanted
from lab.kit.words import number
from publish import deliveries
from publish.answers import ANSWERS, Answer
from publish.fences import Place, formatter, read_options
from publish.page import announce_anchor, current_page

NUMBER = ("low", "high", "step")
ALLOWED = {"lab", "id", "set", "act", "question", "choices", *NUMBER, "unit", "near", "why"}
_MARKS = re.compile(r"\*(?P<em>[^*]+)\*|\$(?P<symbol>[A-Za-z]+)(?:_(?P<below>[a-z]+))?\$")


@dataclass(frozen=True)
class Question:
    """A question as its page asks it, with the true answer."""

    name: str
    lab: str  # what it is shown by
    target: str  # the lab's id on the page
    set: str  # its state, as in a link
    act: str
    question: str
    choices: Mapping[str, str]  # key -> words; empty where a number is asked for
    low: float
    high: float
    step: float
    unit: str
    near: float  # a guess this close counts as right
    why: str
    answer: Answer


@formatter
def draw(
    source: str,
    language: str,  # noqa: ARG001  (superfences' signature)
    css_class: str,  # noqa: ARG001
    options: Mapping[str, Any],
    md: Markdown,
    **_: object,
) -> str:
    """Write the question's element.

    Raises:
        LabError: naming page, line, question, option and what is allowed.
    """
    place = Place(current_page(md), int(options["line"]), str(options["name"]), "predict")
    question = ask(source, place)
    announce_anchor(md, f"predict-{question.name}")
    return _element(question)


def ask(source: str, place: Place) -> Question:
    """Read a fence, and find the true answer."""
    if place.name not in ANSWERS:
        raise place.error(f"there is no such answer; answers: {', '.join(ANSWERS)}")
    chosen = read_options(source, place)
    if unknown := set(chosen) - ALLOWED:
        known = ", ".join(sorted(ALLOWED))
        raise place.error(f"{', '.join(sorted(unknown))}: not an option; options: {known}")
    for name in ("lab", "question", "why"):
        if not chosen.get(name):
            raise place.error(f"{name}: is missing")
    answer = _answered(chosen, place)
    choices = _offered(chosen, place)
    low, high, step = (0.0, 0.0, 0.0) if choices else _range(chosen, place)
    if choices and str(answer) not in choices:
        raise place.error(f"choices: the answer {answer!r} is not among {', '.join(choices)}")
    if not choices and not (isinstance(answer, float) and low <= answer <= high):
        raise place.error(f"low, high: the answer {answer!r} is not in [{low:g}, {high:g}]")
    return Question(
        name=place.name,
        lab=str(chosen["lab"]),
        target=str(chosen.get("id", chosen["lab"])),
        set=str(chosen.get("set", "")),
        act=str(chosen.get("act", "")),
        question=str(chosen["question"]),
        choices=choices,
        low=low,
        high=high,
        step=step,
        unit=str(chosen.get("unit", "")),
        near=_near(chosen.get("near", 0.05 * (high - low)), place),
        why=str(chosen["why"]),
        answer=answer,
    )


def _answered(chosen: Mapping[str, Any], place: Place) -> Answer:
    lab = _opened(chosen, place)
    try:
        return ANSWERS[place.name](lab)
    except (LookupError, TypeError, ValueError) as error:
        raise place.error(f"{chosen['lab']} does not hold this answer: {error!r}") from error


def _opened(chosen: Mapping[str, Any], place: Place) -> Lab:
    """The lab as the link shows it."""
    try:
        lab = open_lab(str(chosen["lab"]), _values(str(chosen.get("set", ""))))
        actions = [action.name for action in lab.declaration.actions]
        if chosen.get("act") and chosen["act"] not in actions:
            raise place.error(f"act: {chosen['act']!r} is no button; buttons: {', '.join(actions)}")
        while file := wanted(lab):
            give(lab, file, deliveries.read(file))
    except (ControlError, UnknownLab, FileRefused, deliveries.UnknownFile) as error:
        raise place.error(str(error)) from error
    return lab


def _values(asked: str) -> dict[str, str]:
    """What a link sets, read as a browser reads it: what is set to nothing, too."""
    return dict(parse_qsl(asked, keep_blank_values=True))


def _offered(chosen: Mapping[str, Any], place: Place) -> dict[str, str]:
    choices = chosen.get("choices", {})
    if not isinstance(choices, dict):
        raise place.error(f"choices: write each as `key: words`; got {choices!r}")
    return {str(key): str(words) for key, words in choices.items()}


def _near(near: object, place: Place) -> float:
    if not isinstance(near, int | float) or not near >= 0:
        raise place.error(f"near: must be a number from 0; got {near!r}")
    return float(near)


def _range(chosen: Mapping[str, Any], place: Place) -> tuple[float, float, float]:
    try:
        low, high, step = (float(chosen[name]) for name in NUMBER)
    except (KeyError, TypeError, ValueError) as error:
        raise place.error("write `choices:`, or the numbers `low:`, `high:` and `step:`") from error
    if not (low < high and 0 < step <= high - low):
        raise place.error(f"low must be below high, step between; got {low:g}, {high:g}, {step:g}")
    return low, high, step


def _element(asked: Question) -> str:
    kind = "choice" if asked.choices else "number"
    facts = {"kind": kind, "answer": _plain(asked.answer)}
    if kind == "number":
        facts |= {"near": f"{asked.near:g}", "unit": asked.unit, "told": told(asked)}
    data = "".join(f' data-{name}="{html.escape(value)}"' for name, value in facts.items())
    own_id = f"predict-{asked.name}"
    return (
        f'<rnn-predict id="{own_id}"{data} data-search-exclude>'
        f'<fieldset><legend><span class="predict-title">Predict, then look</span> '
        f"{inline(asked.question)}</legend>"
        f"{_choices(asked) if asked.choices else _slider(asked)}</fieldset>"
        '<div class="predict-foot"><button type="button" class="button" data-action="commit">'
        "This is my guess</button>"
        f"<details><summary>The answer</summary>{_reveal(asked)}</details></div>"
        '<p class="visually-hidden" role="status"></p></rnn-predict>'
    )


def _choices(asked: Question) -> str:
    return '<div class="predict-choices">' + "".join(
        f'<label data-choice="{html.escape(key)}"><input type="radio" name="predict-{asked.name}" '
        f'value="{html.escape(key)}"><span>{inline(words)}</span></label>'
        for key, words in asked.choices.items()
    ) + "</div>"  # fmt: skip


def _slider(asked: Question) -> str:
    steps = round((asked.high - asked.low) / asked.step)
    middle = asked.low + asked.step * (steps // 2)
    return (
        '<div class="predict-slider">'
        f'<input type="range" class="range" aria-label="Your guess" min="{asked.low:g}" '
        f'max="{asked.high:g}" step="{asked.step:g}" value="{middle:g}">'
        f"<output>{_with_unit(f'{middle:g}', asked.unit)}</output></div>"
        '<div class="predict-scale" aria-hidden="true" hidden>'
        '<span class="predict-guess"></span>'
        f'<span class="predict-truth" style="--at:{_share(asked):.4f}">it is {told(asked)}</span>'
        "</div>"
    )


def _reveal(asked: Question) -> str:
    act = f' data-act="{html.escape(asked.act)}"' if asked.act else ""
    link = (
        f'<a href="#{asked.target}" data-set="{html.escape(asked.set)}"{act}>'
        "See it in the laboratory</a>"
    )
    return (
        f'<div class="predict-reveal"><p class="predict-verdict"><strong>{told(asked)}</strong>'
        f"</p><p>{inline(asked.why.replace('{answer}', told(asked)))}</p><p>{link}</p></div>"
    )


def told(asked: Question) -> str:
    """The answer as a reader is told it."""
    if isinstance(asked.answer, str) or asked.choices:
        return inline(asked.choices[str(asked.answer)])
    text = number(float(asked.answer))
    whole = float(asked.answer) == int(asked.answer)  # a count: 4, not 4.00
    return _with_unit(str(int(asked.answer)) if whole else text, asked.unit)


def _with_unit(text: str, unit: str) -> str:
    return f"{text.replace('-', '−')}\u00a0{unit}".strip()


def _plain(answer: Answer) -> str:
    return answer if isinstance(answer, str) else f"{answer:.6g}"


def _share(asked: Question) -> float:
    assert isinstance(asked.answer, float)  # noqa: S101  (`ask` refused anything else)
    return (asked.answer - asked.low) / (asked.high - asked.low)


def inline(text: str) -> str:
    """Emphasis as `*word*` and a symbol as `$w_h$`; all else is text."""
    return _MARKS.sub(_marked, html.escape(text, quote=False))


def _marked(match: re.Match[str]) -> str:
    if match["em"]:
        return f"<em>{match['em']}</em>"
    below = f"<sub>{match['below']}</sub>" if match["below"] else ""
    return f'<span class="symbol"><i>{match["symbol"]}</i>{below}</span>'
