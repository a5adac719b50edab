"""Every control has its sentence, its default and its limits; every preset begins a run."""

import pytest

from lab.kit import ControlError, first_frame
from lab.kit.controls import Document, Slider
from lab.kit.wire import to_json, to_packet
from lab.text_trainer import LAB, controls
from lab.text_trainer.declaration import DECLARATION
from tests.lab.packets import decode
from tests.lab.text_trainer.playing import BOOK, CODE, SMALL, opened, problem, snapshot


@pytest.mark.parametrize("control", DECLARATION.controls, ids=lambda control: control.name)
def test_each_is_explained_and_its_default_is_accepted(control):
    assert control.help or all(option.help for option in control.options)
    if not isinstance(control, Document):
        assert control.accept(control.default) == control.default
    if isinstance(control, Slider):
        assert control.minimum <= control.low < control.high <= control.maximum
        for bad in (control.minimum - 1, control.maximum + 1, "much", float("nan")):
            with pytest.raises(ControlError, match=f"^{control.name} must be"):
                control.accept(bad)


def test_every_control_belongs_to_what_its_change_means():
    kinds = (controls.OF_THE_RUN, controls.ON_THE_WAY, controls.OF_THE_WRITING)
    told = [name for kind in kinds for name in kind]
    assert len(told) == len(set(told))
    rest = {control.name for control in DECLARATION.controls} - set(told)
    assert rest == {"own_text", "model_file", "encoding"}


@pytest.mark.parametrize("preset", [preset.name for preset in DECLARATION.presets])
def test_each_preset_begins(preset):
    small = {name: SMALL[name] for name in ("hidden", "reads")}
    lab = LAB({"preset": preset, **small})
    if preset == "own":
        assert snapshot(lab)["wants"] is None
        assert snapshot(lab)["status"][0]["value"] == "Waiting for your text"
        return
    lab.give(snapshot(lab)["wants"], (CODE if preset == "code" else BOOK).encode())
    assert problem(lab) is None
    shown = snapshot(lab, *[figure.name for figure in DECLARATION.figures])
    assert decode(to_packet(shown))["problem"] is None
    assert ("code" in shown["figures"]) == (preset == "code")


def test_the_first_frame_shows_the_untrained_network_against_the_baselines():
    frame = first_frame("text-trainer", SMALL | {"corpus": "python"}, lambda _: CODE.encode())
    figures = frame["snapshot"]["figures"]
    assert frame["files"] == ["python"]
    assert figures["losses"]["summary"].startswith("Before training:")
    assert len(figures["losses"]["references"]) == 2
    assert len(figures["samples"]["entries"]) == 1
    assert frame["snapshot"]["running"] == ""
    assert len(to_json(frame)) < 60_000


def test_actions_and_wrong_values_are_refused_by_name():
    lab = opened()
    with pytest.raises(ControlError, match="'fly' is not an action; actions: train"):
        lab.act("fly")
    with pytest.raises(ControlError, match="corpus: 'bible' is not allowed"):
        lab.set({"corpus": "bible"})
    with pytest.raises(ControlError, match="start: the text must be Unicode text"):
        lab.set({"start": "\ud800"})
    with pytest.raises(ControlError, match="own_text is taken by paste, drop or file only"):
        lab.set({"own_text": "x"})
