"""The race: the same start for all, the schedules of the engine, honest sentences."""

import numpy as np
import pytest

from lab.kit.controls import ControlError
from lab.schedules import LAB
from lab.schedules.declaration import BATCHES, RACED
from lab.schedules.noise import EXAMPLES, Measurement, members, relative_spread
from lab.schedules.race import TASK, WARM_UP, line_up, model_of, schedule_of
from rnn.losses import mean_squared_error
from rnn.schedules import Cosine, Exponential, Stairs, WarmUp

SHORT = {"updates": 30}


def opened(**options):
    return LAB({**SHORT, **options})


def to_the_end(lab, action="race"):
    lab.act(action)
    while lab.snapshot(())["running"]:
        lab.advance(50)
    return lab


def figure(lab, name):
    return lab.snapshot((name,))["figures"][name]


def ends(lab):
    return {one["name"]: one["y"][-1] for one in figure(lab, "losses")["series"]}


VALUES = {"rate": 0.2, "decay": 0.05, "updates": 300}


def test_the_schedules_are_the_engines():
    assert schedule_of(VALUES, "exponential", 0) == Exponential(0.2, 0.05, 300)
    assert schedule_of(VALUES, "step", 0) == Stairs(0.2, 0.05**0.5, 100)
    assert schedule_of(VALUES, "cosine", 50) == WarmUp(Cosine(0.2, 250), 50)
    stairs = schedule_of(VALUES, "step", 0)
    assert stairs(299) == pytest.approx(0.2 * 0.05)


def test_what_is_drawn_is_what_is_used():
    lab = opened()
    drawn = {one["name"]: one for one in figure(lab, "rates")["series"]}
    assert list(drawn) == ["constant", "exponential", "step", "cosine"]
    for name, one in drawn.items():
        expected = [schedule_of({**VALUES, **SHORT}, name, 0)(int(x) - 1) for x in one["x"]]
        np.testing.assert_allclose(one["y"], expected, rtol=1e-3)
    assert figure(lab, "rates")["summary"].startswith("Over 30 updates: constant from 0.200 to")


def test_all_start_alike_and_read_the_same():
    values = LAB(SHORT).snapshot(())["values"]
    racers = line_up(values)
    for racer in racers[1:]:
        np.testing.assert_array_equal(racer.model.parameters.flat, racers[0].model.parameters.flat)
        assert racer.loss == racers[0].loss
    lab = to_the_end(opened(rate=1e-6))
    starts = [table["data"][1][0] for table in figure(lab, "losses")["tables"]]
    assert len(starts) == 4
    assert len(set(starts)) == 1


@pytest.mark.parametrize("compare", ["schedules", "warm_up", "batch"])
def test_a_race_ends_and_says_so(compare):
    lab = to_the_end(opened(compare=compare))
    seen = lab.snapshot()
    assert [fact["value"] for fact in seen["status"][:2]] == ["Over", "30 of 30"]
    assert seen["figures"]["losses"]["summary"].startswith("At the end ")
    assert seen["actions"]["race"]["label"] == "Race"
    again = to_the_end(lab)  # from the start, with the same end
    np.testing.assert_array_equal(
        [one["y"][-1] for one in seen["figures"]["losses"]["series"]], list(ends(again).values())
    )


def test_names_of_what_races():
    assert list(ends(to_the_end(opened(compare="warm_up")))) == ["at once", "warm-up"]
    assert [racer.batch for racer in opened(compare="batch")._racers] == list(RACED)
    warm = opened(compare="warm_up")._racers[1].schedule
    assert isinstance(warm, WarmUp)
    assert warm.steps == WARM_UP


def test_pause_and_go_on_are_the_race_itself():
    lab = opened()
    lab.act("race")
    lab.advance(0)
    lab.act("race")
    seen = lab.snapshot(("losses",))
    assert seen["said"] == "Paused after 1 updates."
    assert seen["actions"]["race"]["label"] == "Go on"
    assert seen["figures"]["losses"]["summary"].startswith("After 1 updates ")
    assert ends(to_the_end(lab)) == ends(to_the_end(opened()))


def test_a_change_is_a_new_race():
    lab = to_the_end(opened())
    lab.set({"rate": 0.1})
    assert figure(lab, "losses")["summary"] == "Nobody has started yet."
    lab = to_the_end(opened())
    lab.act("again")
    assert lab.snapshot(())["values"]["seed"] == 2
    assert lab.snapshot(())["changed"] == ["updates"] or "seed" in lab.snapshot(())["changed"]


def test_divergence_is_told_with_its_rule():
    lab = to_the_end(opened(rate=10, optimiser="sgd", updates=200))
    seen = lab.snapshot()
    for data in seen["figures"].values():
        assert "not a number" not in data["summary"]
    if seen["problem"]:
        assert "diverged" in seen["problem"]


def test_the_figures_of_the_page_from_three_seeds():
    """docs/practice.md: at a rate of 0.2 every falling schedule beats the constant one."""
    for seed in (1, 2, 3):
        last = ends(to_the_end(LAB({"seed": seed})))
        constant = last.pop("constant")
        assert max(last.values()) < constant
        assert max(last.values()) < 0.137
        assert constant > 0.148


def test_the_warm_up_of_the_page():
    for seed in (1, 2, 3):
        last = ends(to_the_end(LAB({"preset": "warm-up", "seed": seed})))
        assert last["warm-up"] < last["at once"]


def test_too_low_of_the_page():
    last = ends(to_the_end(LAB({"preset": "too-low"})))
    assert min(last, key=lambda name: last[name]) == "constant"


def test_a_rate_belongs_to_its_optimiser():
    """docs/practice.md: a rate of 1, too high for Adam, suits plain descent."""
    last = ends(to_the_end(LAB({"preset": "too-high", "optimiser": "sgd"})))
    del last["constant"]
    assert max(last.values()) < 0.15


def test_the_spread_by_hand():
    """Two gradients (1, 0) and (3, 0): mean 2, each 1 away from it: half its length."""
    gradients = np.array([[1.0, 0.0], [3.0, 0.0]])
    assert relative_spread(gradients, 1, np.random.default_rng(1)) == pytest.approx(0.5)
    of_many = relative_spread(gradients, 64, np.random.default_rng(1))
    assert of_many == pytest.approx(0.5 / 8, rel=0.2)


def test_the_mean_of_single_gradients_is_the_gradient_of_all():
    model = model_of(1, 2)
    examples = TASK.batch(np.random.default_rng(7), EXAMPLES)
    gathered = model.parameters.zeros()
    model.study(examples, gathered)
    singles = []
    for at in range(EXAMPLES):
        one = model.parameters.zeros()
        model.study(members(examples, slice(at, at + 1)), one)
        singles.append(one.flat)
    np.testing.assert_allclose(np.mean(singles, axis=0), gathered.flat, atol=1e-12)


def test_measuring_is_cut_into_pieces_and_follows_the_root():
    lab = opened()
    assert "Press Measure" in figure(lab, "noise")["summary"]
    lab.act("measure")
    lab.advance(0)
    assert figure(lab, "noise")["summary"].startswith("Measuring")
    while lab.snapshot(())["running"]:
        lab.advance(50)
    data = figure(lab, "noise")
    spread, speed = (panel["series"][0]["values"] for panel in data["panels"])
    assert len(spread) == len(speed) == len(BATCHES)
    assert spread[0] / spread[-1] == pytest.approx(8.0, rel=0.15)
    assert (speed > 0).all()
    assert data["summary"].startswith("At the first weights, the gradient of 1 example is ")


def test_measuring_can_be_stopped_and_tells_where_it_was_made():
    lab = opened()
    lab.act("measure")
    lab.advance(0)
    lab.act("measure")
    assert lab.snapshot(())["said"] == "Stopped measuring."
    measured = Measurement(model_of(1, 2), "Here")
    assert measured.where == "Here"
    to_the_end(lab)
    to_the_end(lab, "measure")
    assert "after 30 updates" in figure(lab, "noise")["summary"]


def test_buttons_wait_for_each_other():
    lab = opened()
    lab.act("race")
    assert lab.snapshot(())["actions"]["measure"]["enabled"] is False
    lab.act("measure")
    assert lab.snapshot(())["running"] == "race"


@pytest.mark.parametrize(
    ("name", "value"),
    [("rate", 0), ("batch", 0), ("updates", 10), ("decay", 2), ("compare", "all")],
)
def test_a_bad_value_changes_nothing(name, value):
    lab = to_the_end(opened())
    with pytest.raises(ControlError, match=name):
        lab.set({"seed": 9, name: value})
    assert lab.snapshot(())["status"][0]["value"] == "Over"


def test_the_held_out_loss_is_the_engines():
    racer = opened()._racers[0]
    held_out = TASK.batch(np.random.default_rng(2**31), 100)
    outputs = racer.model.forward(held_out.inputs).outputs
    loss, _ = mean_squared_error(outputs, held_out.targets, held_out.mask)
    assert racer.loss == loss
