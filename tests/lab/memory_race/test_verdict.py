"""Every way a race can end, from made-up losses: the sentence follows from the numbers alone."""

import numpy as np
import pytest

from lab.memory_race.verdict import Standing, clearly_better, verdict

GUESS = np.random.default_rng(0).normal(1.0, 0.1, 200)


def losses(mean, spread=0.1, seed=1):
    return mean * (1.0 + spread * np.random.default_rng(seed).standard_normal(200))


def told(rnn, gru, lstm, *, steps=100, floor=0.0, guess=GUESS, diverged=()):
    standings = [
        Standing(name, values, name in diverged)
        for name, values in (("RNN", rnn), ("GRU", gru), ("LSTM", lstm))
    ]
    return verdict(standings, guess, floor, steps, 100)


@pytest.mark.parametrize(
    ("rnn", "gru", "lstm", "said"),
    [
        (
            1.0, 0.5, 0.02,
            ("The LSTM wins. Next comes the GRU: its loss is 25.0 times as high. "
            "The RNN is no better than guessing."),
        ),
        (
            1.0, 1.0, 0.002,
            ("The LSTM has learned the task and wins. The RNN and the GRU are no better than "
            "guessing."),
        ),
        (
            0.001, 1.0, 1.0,
            ("The RNN has learned the task and wins. The GRU and the LSTM are no better than "
            "guessing."),
        ),
        (
            1.0, 0.002, 0.004,
            ("The GRU and the LSTM have both learned the task: no clear winner between them. "
            "The RNN is no better than guessing."),
        ),
        (
            0.009, 0.002, 0.004,
            ("The GRU, the LSTM and the RNN have all learned the task: no clear winner "
            "between them."),
        ),
        (
            0.5, 0.499, 0.3,
            "The LSTM wins. Next comes the GRU: its loss is 1.66 times as high.",
        ),
        (1.0, 1.0, 1.0, "None of them is clearly better than guessing."),
        (1.4, 1.2, 1.1, "None of them is clearly better than guessing."),
    ],
)  # fmt: skip
def test_the_verdict_follows_from_the_losses(rnn, gru, lstm, said):
    runs = [losses(mean, seed=7) for mean in (rnn, gru, lstm)]
    assert told(*runs) == said


def test_two_that_differ_by_less_than_their_noise_are_level():
    one, other = losses(0.5, 0.8, seed=1), losses(0.52, 0.8, seed=2)
    assert told(GUESS, one, other) == (
        "The GRU and the LSTM are level: no clear winner between them. "
        "The RNN is no better than guessing."
    )


def test_a_small_lead_is_none_even_when_it_is_certain():
    one = losses(0.5)
    assert not clearly_better(one, one + 0.01)  # by a fiftieth, without any noise
    assert clearly_better(one, one + 0.05)


def test_a_large_lead_on_few_and_scattered_sequences_is_none():
    one = np.zeros(200)
    other = np.zeros(200)
    other[7] = 1.0  # one sequence decides it all: the error is as large as the lead
    assert not clearly_better(one, other)
    assert not clearly_better(one[:1], one[:1])


def test_losses_count_from_the_best_that_is_possible():
    runs = [losses(mean, 0.0) for mean in (0.95, 0.85, 0.803)]
    assert told(*runs, floor=0.8) == (
        "The LSTM wins. Next comes the GRU: its loss above the best possible is 16.7 times as high."
    )
    assert told(*runs).startswith("The LSTM wins. Next comes the GRU: its loss is 1.06 times")


def test_before_the_budget_is_spent_it_says_so():
    runs = [losses(mean) for mean in (1.0, 0.5, 0.02)]
    assert told(*runs, steps=60).endswith("60 of 100 steps are done: the budget is not spent yet.")
    assert told(*runs, steps=60).startswith("The LSTM wins.")
    assert told(*runs, steps=0) == ""


def test_who_diverged_is_told_and_left_out():
    runs = [losses(mean) for mean in (0.001, 0.5, 1.0)]
    assert told(*runs, diverged=("RNN",)) == (
        "The GRU wins. The LSTM is no better than guessing. The RNN diverged."
    )
    assert told(*runs, diverged=("RNN", "LSTM")) == (
        "The GRU is better than guessing. The RNN diverged. The LSTM diverged."
    )
    assert told(*runs, diverged=("RNN", "GRU")) == (
        "The LSTM is not clearly better than guessing. The RNN diverged. The GRU diverged."
    )
    assert told(*runs, diverged=("RNN", "GRU", "LSTM")) == (
        "The RNN diverged. The GRU diverged. The LSTM diverged."
    )
