"""Texts, units, ranking: what each control and button of the laboratory does."""

import json
import re

import numpy as np
import pytest

from lab.cell_colours import LAB
from lab.cell_colours.declaration import DECLARATION, OWN_TEXT, SAMPLED
from lab.kit import ControlError, first_frame
from lab.kit.registry import FileRefused, give
from lab.kit.text.models import MODELS
from lab.kit.wire import to_json, to_packet
from publish import models
from rnn.text.sampling import Choice, write
from tests.lab.cell_colours.playing import figure, opened, own, ranked, text, values
from tests.lab.packets import decode
from tests.lab.small_models import ASCII, HOSTILE, file, model, serve

CONTROLS = {control.name: control for control in DECLARATION.controls}
TRACKS = [option.value for option in CONTROLS["track"].options]
TEXT = 'He said: "Call me (if you must) Ishmael."\nThen [A, B] went.\n'


def test_it_holds_what_the_laboratory_promises():
    assert set(CONTROLS) == {
        *("model", "source", "own_text", "track", "unit", "temperature", "seed", "step")
    }
    assert TRACKS == ["quotes", "brackets", "line", "spaces", "capitals"]
    assert {action.name for action in DECLARATION.actions} == {"sample", "best", "next_best"}
    for each in (*DECLARATION.controls, *DECLARATION.actions):
        assert each.group in {*DECLARATION.groups, "time"}
    for control in DECLARATION.controls:
        assert control.accept(control.default) == control.default
    json.dumps(DECLARATION.describe(), allow_nan=False)


def test_it_opens_on_a_text_of_the_network():
    lab = opened()
    snapshot = lab.snapshot()
    engine = write(model(), np.random.default_rng(1), SAMPLED, "\n", Choice(0.7))
    assert text(lab) == "\n" + engine
    assert (snapshot["steps"], snapshot["running"]) == (SAMPLED + 1, "")
    assert snapshot["problem"] is None
    for each in snapshot["figures"].values():
        assert each["summary"].endswith(".")


def test_sample_writes_another():
    lab = own(TEXT)
    lab.act("sample")
    assert values(lab)["source"] == "sampled"
    assert text(lab) == text(opened(seed=2))
    lab.set({"temperature": 1.5, "seed": 1})
    assert text(lab) == text(opened(temperature=1.5)) != text(opened())


@pytest.mark.parametrize("track", TRACKS)
def test_the_ranking_is_by_the_size_of_the_correlation(track):
    lab = own(TEXT, track=track)
    r = figure(lab, "ranking")["panels"][0]["series"][0]["values"]
    assert len(r) == 10
    assert (np.diff(np.abs(r)) <= 1e-9).all()
    assert values(lab)["unit"] == ranked(lab)[0], "the best unit colours the text"
    made = model()
    units, state = [], made.zero_state(1)
    for index in made.vocabulary.encode(TEXT).tolist():
        _, state = made.step(np.array([index]), state)
        units.append(state[0][0][0])
    best = np.array(units)[:, ranked(lab)[0] - 1]
    np.testing.assert_allclose(figure(lab)["tint"], best, atol=1e-3)
    assert len(figure(lab, "heatmap")["rows"]) == 11


def test_any_unit_by_slider_and_by_ranking():
    lab = own(TEXT, track="spaces")
    ranking = ranked(lab)
    for rank in (1, 2, 3):
        lab.act("next_best")
        assert values(lab)["unit"] == ranking[rank]
        assert lab.snapshot()["said"].startswith(f"Number {rank + 1} of the ranking: unit ")
    lab.act("best")
    assert values(lab)["unit"] == ranking[0]
    for unit in (1, 7, 12):
        lab.set({"unit": unit})
        assert values(lab)["unit"] == unit
        assert figure(lab)["note"].startswith(f"unit {unit}, correlation ")
        assert figure(lab, "heatmap")["rows"][1] == f"unit {unit}"
    for _ in range(12):
        lab.act("next_best")  # past the last it begins again


def test_looking_for_something_else_begins_with_its_best():
    lab = own(TEXT, track="spaces", unit=3)
    lab.set({"track": "capitals"})
    assert values(lab)["unit"] == ranked(lab)[0]
    lab.set({"track": "line", "unit": 4})
    assert values(lab)["unit"] == 4


def test_where_there_is_nothing_to_track():
    lab = own("no quotation here", track="quotes")
    assert ranked(lab) == []
    assert figure(lab, "ranking")["summary"] == (
        "Nothing to track: inside quotes is the same at every place of this text."
    )
    assert not lab.snapshot()["actions"]["best"]["enabled"]
    assert values(lab)["unit"] == 1
    with pytest.raises(ControlError, match="nothing to rank in this text"):
        lab.act("next_best")
    lab.set({"unit": 5})
    assert values(lab)["unit"] == 5


def test_one_cursor_for_all_figures():
    lab = own(TEXT, track="capitals")
    for step in (1, 30, len(TEXT)):
        lab.set({"step": step})
        snapshot = lab.snapshot()
        assert snapshot["values"]["step"] == step
        assert snapshot["figures"]["text"]["summary"].startswith(f"Place {step}: after ")
        heatmap = snapshot["figures"]["heatmap"]
        assert heatmap["start"] <= step < heatmap["start"] + len(heatmap["columns"])
        unit = snapshot["values"]["unit"]
        tint = snapshot["figures"]["text"]["tint"][step - 1]
        assert heatmap["values"][1, step - heatmap["start"]] == pytest.approx(tint, abs=1e-3)
        assert f"unit {unit} is " in snapshot["readout"][0][0]["text"]
    lab.set({"step": 10**6})
    assert values(lab)["step"] == len(TEXT)


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("unit", 13, "unit must be at most 12, so many has this model; got 13"),
        ("unit", -1, "unit must be at least 0; got -1"),
        ("track", "rhymes", "track: 'rhymes' is not allowed; allowed: quotes, brackets, line"),
        ("source", "mine", "source: 'mine' is not allowed; allowed: sampled, own"),
        ("own_text", "", "own_text must hold at least 1 character; it is empty"),
        ("own_text", "a" * 2001, "own_text must be at most 2000 characters; got 2001"),
        ("own_text", "né ☃", "own_text: the model moby-dick-lstm never saw 'é' LATIN SMALL"),
        ("own_text", "\ud83d", "own_text: the text must be Unicode text; it holds the lone"),
        ("temperature", 0, "temperature must be in [0.01, 100]; got 0"),
        ("seed", 0.5, "seed must be a whole number; got 0.5"),
        ("preset", "x", "preset: 'x' is not allowed; allowed: spaces, line, quotes"),
        ("size", 1, "'size' is not a control of cell-colours; controls: preset, model, "),
    ],
)
def test_a_refusal_names_the_value_and_the_rule_and_changes_nothing(name, value, rule):
    lab = own(TEXT)
    before = repr(lab.snapshot())
    with pytest.raises(ControlError, match=re.escape(rule)) as refused:
        lab.set({"step": 9, name: value})
    str(refused.value).encode()
    assert repr(lab.snapshot()) == before


def test_an_unknown_button_is_refused():
    with pytest.raises(ControlError, match="'step' is not an action; actions: sample, best, next"):
        opened().act("step")


# Presets and addresses


@pytest.mark.parametrize("name", [preset.name for preset in DECLARATION.presets])
def test_every_preset_opens_with_its_note(name):
    lab = opened(preset=name)
    assert lab.snapshot()["problem"] is None
    assert lab.snapshot()["note"] == DECLARATION.preset(name).note
    assert lab.snapshot()["changed"] == []
    other = LAB({})
    other.set({"preset": name})
    assert repr(serve(other).snapshot()) == repr(lab.snapshot())
    lab.set({"track": "brackets" if name != "brackets" else "line"})
    assert lab.snapshot()["note"].startswith("Changed from the preset ")


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": 5, "step": 12},
        {"source": "own", "own_text": TEXT, "track": "brackets"},
        {"track": "capitals", "unit": 2},
        {"seed": 9, "temperature": 1.1},
        {"preset": "quotes", "unit": 3},
    ],
)
def test_an_address_leads_back(changes):
    lab = opened()
    lab.set(changes)
    there = serve(lab).snapshot()
    other = LAB({})
    address = {name: str(there["values"][name]) for name in there["changed"]}
    other.set({"preset": there["preset"], **address})
    assert repr(serve(other).snapshot()) == repr(there)


# Files


def test_before_its_model_arrives_it_waits():
    lab = LAB({"source": "own", "own_text": TEXT})
    snapshot = decode(to_packet(lab.snapshot()))
    assert (snapshot["wants"], snapshot["steps"]) == ("moby-dick-lstm", 0)
    assert not any(button["enabled"] for button in snapshot["actions"].values())
    for action in ("sample", "best"):
        with pytest.raises(ControlError, match="moby-dick-lstm has not arrived yet"):
            lab.act(action)
    with pytest.raises(FileRefused, match="moby-dick-lstm was refused: "):
        give(lab, "moby-dick-lstm", b"nonsense")
    assert text(serve(lab)) == TEXT
    lab.set({"model": "moby-dick-rnn"})
    assert text(lab) == TEXT, "what was read by another stays to be seen"


def test_a_unit_that_another_model_does_not_have_is_told():
    lab = LAB({"unit": 13})
    assert serve(lab).snapshot()["problem"] == (
        "unit must be at most 12, so many has this model; got 13"
    )
    lab.set({"unit": 2})
    assert lab.snapshot()["problem"] is None


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_any_kind_any_depth(kind):
    lab = opened(file(kind=kind, layers=2), track="line")
    assert figure(lab, "heatmap")["rows"][1].startswith("layer ")
    lab.set({"unit": 24})
    assert "layer 2, unit 12" in figure(lab)["note"]


def test_a_network_that_never_saw_a_new_line_starts_with_what_it_knows():
    assert text(opened(file(ASCII[1:]))).startswith(" ")


@pytest.mark.parametrize("name", [each.value for each in MODELS if each.value in models.names()])
def test_every_model_of_the_site_opens(name):
    frame = first_frame("cell-colours", {"model": name}, models.read)
    assert frame["snapshot"]["problem"] is None
    assert frame["snapshot"]["steps"] == SAMPLED + 1
    assert len(to_json(frame).encode()) < 100_000


# Texts that break programs


@pytest.mark.parametrize("name", HOSTILE)
def test_a_model_that_knows_it_reads_it(name):
    typed = HOSTILE[name]
    knows = file("".join(sorted({*ASCII, *typed})))
    for track in TRACKS:
        lab = opened(knows, source="own", own_text=typed, track=track)
        snapshot = decode(to_packet(lab.snapshot()))
        assert snapshot["problem"] is None
        assert snapshot["values"]["own_text"] == typed
        assert snapshot["steps"] == len(typed) == len(snapshot["figures"]["text"]["characters"])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_model_that_does_not_names_what_it_never_saw(name):
    typed = HOSTILE[name]
    if not set(typed) - set(ASCII):
        assert text(own(typed)) == typed
        return
    lab = own(TEXT)
    with pytest.raises(ControlError, match="own_text: the model moby-dick-lstm never saw "):
        lab.set({"own_text": typed})
    assert text(lab) == TEXT
    waiting = serve(LAB({"source": "own", "own_text": typed}))
    assert waiting.snapshot()["problem"].startswith("own_text: the model moby-dick-lstm never saw")
    assert values(waiting)["own_text"] == typed, "nothing typed is lost"
    to_packet(waiting.snapshot())


def test_the_longest_own_text():
    lab = own("ab c" * 500)
    assert lab.snapshot()["steps"] == 2000


def test_the_first_own_text_has_what_is_looked_for():
    assert OWN_TEXT.count('"') % 2 == 0 < OWN_TEXT.count('"')
    assert set(OWN_TEXT) <= set(ASCII)
