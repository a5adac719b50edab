"""Random search: the same budget as training had, seeded, and a verdict that may go either way."""

import pytest

from lab.kit import ControlError
from lab.scalar_rnn.declaration import HIGH, LOW
from rnn.activations import ACTIVATIONS
from rnn.one_unit import forward, mean_squared_error
from tests.lab.scalar_rnn.playing import (
    curve,
    enabled,
    epochs,
    finish,
    opened,
    status,
    weights,
    work,
)

LEAST = 3000  # evaluations, however little was trained


def trained(count, **options):
    lab = opened(**options)
    lab.act("train")
    work(lab, count)
    if lab.snapshot()["running"]:
        lab.act("train")
    return lab


def search(lab):
    lab.act("search")
    finish(lab)
    return lab.snapshot()["said"]


@pytest.mark.parametrize(
    ("count", "budget"), [(0, LEAST), (999, LEAST), (1001, 3003), (1500, 4500)]
)
def test_the_budget_is_what_training_has_used(count, budget):
    lab = trained(count)
    said = search(lab)
    assert curve(lab, 1)[0][-1] == budget
    assert f"in {budget:,} guesses" in said
    if count:
        assert curve(lab, 0)[0][-1] == 3 * epochs(lab) == 3 * count


def test_the_verdict_when_bptt_wins():
    said = search(trained(500, preset="bptt-wins"))
    assert said.endswith("BPTT is ahead.")
    assert "for 564 evaluations" in said  # solved with fewer than the guesses had


def test_the_verdict_when_guessing_wins():
    said = search(trained(1000, preset="guessing-wins"))
    assert said.startswith("Random search: best loss 2.79×10⁻⁵ in 3,000 guesses.")
    assert said.endswith("for 3,000 evaluations. Random search is ahead.")


def test_the_verdict_says_when_guessing_had_more():
    said = search(trained(1))
    assert said.endswith("for 3 evaluations. Random search is ahead, but has used more.")


def test_without_training_there_is_nothing_to_compare():
    assert search(opened()).endswith("guesses. Press Train to compare.")


def test_more_training_buys_more_guesses_and_the_search_goes_on():
    lab = trained(1000)
    search(lab)
    first = curve(lab, 1)[1]
    lab.act("train")
    work(lab, 100)
    lab.act("train")
    search(lab)
    assert curve(lab, 1)[0][-1] == 3300
    assert curve(lab, 1)[1][0] == first[0]  # the same search, not a new one


def test_a_spent_budget_buys_no_further_guess():
    lab = trained(10)
    said = search(lab)
    lab.act("search")
    snapshot = lab.snapshot()
    assert (snapshot["running"], snapshot["said"]) == ("", said)
    assert curve(lab, 1)[0][-1] == LEAST


def test_searching_can_stop_and_go_on():
    whole, broken = opened(), opened()
    search(whole)
    broken.act("search")
    work(broken, 100)
    assert not enabled(broken, "train")
    assert broken.snapshot()["actions"]["search"]["label"] == "Stop searching"
    assert status(broken)["State"] == "Searching"
    broken.act("search")
    assert broken.snapshot()["running"] == ""
    search(broken)
    assert curve(broken, 1) == curve(whole, 1)


def test_the_same_seed_searches_the_same_and_another_does_not():
    first, same, other = (opened(seed=seed) for seed in (3, 3, 4))
    assert search(first) == search(same)
    assert search(other) != search(first)


def test_the_curve_only_falls_and_ends_at_the_best_guess():
    lab = opened()
    search(lab)
    losses = curve(lab, 1)[1]
    assert losses == sorted(losses, reverse=True)
    lab.act("use_best_guess")
    snapshot = lab.snapshot()
    assert all(a <= w < b for a, w, b in zip(LOW, weights(lab), HIGH, strict=True))
    network = snapshot["figures"]["network"]
    inputs, targets = network["inputs"].tolist(), network["targets"].tolist()
    outputs = forward(weights(lab), inputs, ACTIVATIONS["tanh"]).outputs
    assert mean_squared_error(outputs, targets) == losses[-1]
    assert snapshot["said"].startswith("Weights set to guess ")
    assert status(lab)["Best guess"] == status(lab)["Loss"]


def test_guessing_leaves_the_readers_weights_alone():
    lab = opened()
    before = weights(lab)
    search(lab)
    assert weights(lab) == before


def test_the_best_guess_can_be_undone():
    lab = opened()
    before = weights(lab)
    search(lab)
    lab.act("use_best_guess")
    assert weights(lab) != before
    lab.act("undo")
    assert weights(lab) == before


def test_there_is_no_best_guess_before_a_search():
    lab = opened()
    assert not lab.snapshot()["actions"]["use_best_guess"]["shown"]
    lab.act("search")
    lab.act("search")  # stopped before its first guess
    assert lab.snapshot()["actions"]["use_best_guess"] == {"enabled": False, "shown": True}
    with pytest.raises(ControlError, match="there is no guess yet; press Random search first"):
        lab.act("use_best_guess")


def test_a_new_problem_forgets_the_guesses():
    lab = opened()
    search(lab)
    lab.set({"sequence": "sine"})
    assert curve(lab, 1) == ([], [])
    assert "Best guess" not in status(lab)
