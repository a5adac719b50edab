"""The walk's controls and buttons, its two places on the sheet, and what an update does."""

import pytest

from lab.bptt_walkthrough.declaration import DECLARATION
from lab.kit import ControlError
from rnn.gradient_check import central_differences
from rnn.one_unit import Weights
from tests.lab.bptt_walkthrough.playing import (
    cells,
    figure,
    open_number,
    opened,
    said,
    sheet,
    values,
)

PLACES = ("step", "number")


def places(lab):
    return tuple(values(lab)[name] for name in PLACES)


def marks(lab, mark):
    return {name for name, cell in cells(lab).items() if cell["mark"] == mark}


@pytest.mark.parametrize("preset", [preset.name for preset in DECLARATION.presets])
def test_every_preset_opens_a_number_of_its_sheet(preset):
    lab = opened(preset=preset)
    assert values(lab)["step"] == lab.snapshot(())["steps"] == len(sheet(lab).order)
    assert lab.snapshot(())["note"] == DECLARATION.preset(preset).note
    assert lab.snapshot(())["changed"] == []
    assert len(marks(lab, "open")) == 1


def test_no_sentence_gives_away_what_the_walk_has_not_reached():
    lab = opened()
    ends = [figure(lab, name)["summary"] for name in ("network", "sheet", "gradients")]
    assert "error signal is 0.0729 at step 4 and 0.436 at step 1" in ends[0]
    assert ends[1].startswith("The gradient of w_h is 0.692")
    lab.act("first_step")
    told = " ".join(figure(lab, name)["summary"] for name in ("network", "sheet", "gradients"))
    for given_away in ("0.692", "0.436", "0.347", "steepest"):
        assert given_away not in told
    assert "not added up yet" in told


def test_the_walk_goes_number_by_number_and_back():
    lab = opened()
    lab.act("first_step")
    assert places(lab) == (1, "")
    assert marks(lab, "open") == {"a_1"}
    assert marks(lab, "source") == {"w_x", "x_1", "w_h", "h_0", "b_h"}
    names = []
    for _ in range(70):
        lab.act("step_forward")
        names += marks(lab, "open")
    assert names[:4] == ["h_1", "y_1", "share_1", "a_2"]
    assert names[-1] == "new_b_y"
    assert len(set(names)) == 70
    assert not lab.snapshot(())["actions"]["step_forward"]["enabled"]
    lab.act("step_forward")
    assert places(lab) == (71, "")
    lab.act("step_back")
    assert places(lab) == (70, "")
    lab.act("first_step")
    lab.act("step_back")
    assert places(lab) == (1, "")


def test_it_goes_by_time_steps_too():
    lab = opened(stride="step")
    lab.act("first_step")
    stops = []
    while lab.snapshot(())["actions"]["step_forward"]["enabled"]:
        lab.act("step_forward")
        stops += marks(lab, "open")
    assert stops == [
        *("share_1", "share_2", "share_3", "share_4", "loss"),
        *("add_b_h_4", "add_b_h_3", "add_b_h_2", "add_b_h_1", "d_b_y", "new_b_y"),
    ]
    back = []
    for _ in range(10):
        lab.act("step_back")
        back += marks(lab, "open")
    assert back == stops[-2::-1]


def test_what_is_not_written_is_outlined_only():
    lab = opened()
    lab.set({"step": 20})
    order = sheet(lab).order
    assert {cells(lab)[name]["mark"] for name in ("d_a_1", "d_w_h", "new_w_x", "later_2")} <= {
        *("ahead", "growing")
    }
    written = marks(lab, "written") | marks(lab, "source") | marks(lab, "open")
    assert {f"{key.kind}_{key.step}" for key in order[:16]} <= written


def test_sums_grow_as_the_walk_goes_back():
    lab = opened()
    lab.set({"number": "add_w_h_3", "step": 1})
    rows = figure(lab, "sheet")["groups"][2]["rows"]
    total = rows[1]["cells"][-1]
    assert (rows[1]["symbol"], total["name"]) == ("∂L/∂w_h", "d_w_h")
    assert total["mark"] == "growing"
    four, three = (sheet(lab).paper.value("add_w_h", t) for t in (4, 3))
    assert total["text"] == f"{four + three:.3f} …"


def test_opening_a_number_ahead_writes_up_to_it():
    lab = opened()
    lab.act("first_step")
    lab.set({"number": "d_a_3"})
    # 17 numbers forward, 11 of step 4, and the eighth of step 3
    assert places(lab) == (17 + 11 + 8, "d_a_3")
    written = values(lab)["step"]
    lab.set({"number": "h_1"})  # one that is written leaves the pencil where it is
    assert places(lab) == (written, "h_1")
    lab.act("step_forward")
    assert places(lab) == (written + 1, "")


@pytest.mark.parametrize("name", ["q", "d_a_9", "h_-1", "W_hh", "a"])
def test_a_number_that_is_not_there_is_refused(name):
    lab = opened()
    before = lab.snapshot()["values"]
    with pytest.raises(ControlError, match=f"number: there is no '{name}' on this sheet"):
        lab.set({"number": name, "w_h": 2.0})
    assert values(lab) == before


def test_a_shorter_sequence_forgets_a_number_it_does_not_have():
    lab = opened(number="d_a_4")
    lab.set({"numbers": "1 2 3"})
    assert places(lab) == (15 * 2 + 11, "")  # what was written to the end stays so
    lab.set({"number": "d_a_2", "numbers": "1 2 3 4 5"})
    assert places(lab) == (15 * 4 + 11, "d_a_2")


@pytest.mark.parametrize(
    ("name", "bad", "rule"),
    [
        ("numbers", "1, 2", "must hold 3 to 7 numbers; got 2"),
        ("numbers", "1 2 3 4 5 6 7 8", "must hold 3 to 7 numbers; got 8"),
        ("numbers", "1, two, 3", "“two” is not a number"),
        ("asked", "first", "allowed: every, last"),
        ("stride", "two", "allowed: number, step"),
        ("truncate", 0, r"must be in \[1, 6\]; got 0"),
        ("truncate", 7, r"must be in \[1, 6\]; got 7"),
        ("truncate", 1.5, "must be a whole number; got 1.5"),
        ("w_h", "x", "must be a number; got 'x'"),
        ("activation", "softplus", "allowed: tanh, relu, sigmoid, linear"),
        ("learning_rate", 0, r"must be in \[0.0001, 10\]; got 0"),
        ("step", 0, "must be at least 1; got 0"),
    ],
)
def test_bad_values_are_refused_with_the_rule_and_change_nothing(name, bad, rule):
    lab = opened()
    before = lab.snapshot()["values"]
    with pytest.raises(ControlError, match=f"{name}.*{rule}"):
        lab.set({name: bad, "w_x": 1.0})
    with pytest.raises(ControlError, match=name):
        lab.set({"preset": "by-hand", name: bad})
    assert values(lab) == before


def test_unknown_names_are_refused():
    with pytest.raises(ControlError, match="'v' is not a control"):
        opened(v=1)
    with pytest.raises(ControlError, match="preset: 'none' is not allowed"):
        opened().set({"preset": "none"})
    with pytest.raises(ControlError, match="'jump' is not an action; actions: first_step"):
        opened().act("jump")


def test_an_update_is_gradient_descent_and_the_loss_falls():
    lab = opened(learning_rate=0.2)
    before = sheet(lab)
    lab.act("update")
    for name, new, old, slope in zip(
        Weights._fields, sheet(lab).weights, before.weights, before.gradient, strict=True
    ):
        assert new == old - 0.2 * slope, name
    assert sheet(lab).loss < before.loss
    assert said(lab).startswith("Update 1: the loss fell from 0.636 to ")
    for _ in range(30):
        lab.act("update")
    assert sheet(lab).loss < 0.13
    losses = figure(lab, "losses")["series"][0]
    assert losses["x"].tolist() == list(range(32))
    assert losses["y"][-1] == sheet(lab).loss
    facts = {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}
    assert facts["Updates"] == "31"
    assert facts["Loss"].count("→") == 2


def test_an_update_keeps_the_open_number_open():
    lab = opened(number="d_a_2")
    lab.act("update")
    assert places(lab) == (71, "d_a_2")


def test_an_update_can_be_too_long_and_says_so():
    lab = opened(learning_rate=10)
    lab.act("update")
    assert "the loss rose from 0.636" in said(lab)


def test_reset_brings_the_weights_of_the_preset_back():
    lab = opened(w_x=0.25)
    lab.act("update")
    lab.act("reset_weights")
    assert values(lab)["w_x"] == 0.25
    assert values(lab)["w_h"] == 0.8
    assert lab.snapshot(())["status"][0]["value"] == "0"


def test_numbers_that_run_away_are_explained():
    lab = opened(preset="doubling", learning_rate=10)
    for _ in range(60):
        lab.act("update")
    snapshot = lab.snapshot()
    assert "The numbers have run away" in snapshot["problem"]
    assert not snapshot["actions"]["update"]["enabled"]
    lab.act("check")
    lab.act("reset_weights")
    assert lab.snapshot()["problem"] is None


def test_check_my_gradients():
    lab = opened()
    assert not any(name.startswith("numeric") for name in cells(lab))
    lab.act("check")
    assert said(lab).startswith("All five agree; the largest relative error is ")
    numeric = central_differences(sheet(lab).loss_at, list(sheet(lab).weights), 1e-5)
    rows = figure(lab, "gradients")["tables"][0]
    table = dict(zip(rows["columns"], rows["data"], strict=True))
    assert table["nudged"].tolist() == numeric
    assert table["∂L/∂w"].tolist() == list(sheet(lab).gradient)
    assert max(table["relative error"]) < 1e-8


def test_a_cut_gradient_fails_the_check_and_it_is_said_why():
    lab = opened(truncate=2)
    lab.act("check")
    assert said(lab).startswith("Not equal: w_x, w_h, b_h; ")
    assert said(lab).endswith("They are cut: these are not the loss’s own gradients.")
    summary = figure(lab, "gradients")["summary"]
    assert summary.startswith("Cut after every 2 steps, the gradient of b_h is ")
    rows = figure(lab, "gradients")["tables"][0]
    table = dict(zip(rows["columns"], rows["data"], strict=True))
    assert table["in full"].tolist() == list(sheet(lab).full_gradient)
    assert table["in full"].tolist() == pytest.approx(table["nudged"].tolist(), rel=1e-8)


@pytest.mark.parametrize(
    ("truncate", "cuts"), [(1, [1, 2, 3]), (2, [2]), (3, [3]), (4, []), (6, [])]
)
def test_where_the_cuts_are(truncate, cuts):
    assert figure(opened(truncate=truncate), "network")["cuts"] == cuts


def test_known_cases():
    doubled = sheet(opened(preset="doubling"))
    signals = [doubled.paper.value("d_a", t) for t in range(1, 6)]
    assert [signals[t] / signals[t + 1] for t in range(4)] == [2.0] * 4
    cut = sheet(opened(preset="cut-short"))
    assert cut.paper.value("d_a", 1) == cut.gradient.w_x == 0.0
    assert cut.full_gradient.w_x < -0.4
    flat = sheet(opened(preset="stuck"))
    assert all(flat.paper.value("slope", t) < 0.02 for t in (1, 2))


@pytest.mark.parametrize("huge", [1e200, -1e200])
def test_numbers_beyond_all_bounds_are_shown(huge):
    lab = opened(w_h=huge, activation="linear")
    lab.act("check")
    snapshot = lab.snapshot()
    assert snapshot["problem"]
    assert all(figure["summary"] for figure in snapshot["figures"].values())


def test_figures_have_a_sentence_and_tables_of_equal_columns():
    lab = opened()
    lab.act("check")
    for name, data in lab.snapshot()["figures"].items():
        assert data["summary"].endswith("."), name
        for table in data["tables"]:
            assert len(table["columns"]) == len(table["data"])
            assert len({len(column) for column in table["data"]}) == 1
    assert open_number(lab, "d_w_h")[0].startswith("The gradient of w_h")


@pytest.mark.parametrize(
    ("written", "lit", "step"),
    [
        ("a_2", "a_2", 2),
        ("share_2", "y_2", 2),
        ("loss", "", 0),
        ("above_4", "above_4", 4),
        ("add_b_h_4", "above_4", 4),  # from a later step nothing comes
        ("d_y_3", "above_3", 3),
        ("d_a_3", "later_3", 3),
        ("add_b_h_3", "later_3", 3),
        ("d_w_h", "", 0),
    ],
)
def test_the_arrow_the_walk_is_on_is_lit(written, lit, step):
    lab = opened()
    lab.act("first_step")
    lab.set({"number": written})
    network = figure(lab, "network")
    assert (network["lit"], network["at"]) == (lit, step)
