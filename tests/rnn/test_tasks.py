"""Every task: the rule of its targets, and that its baseline is what forgetting really gets."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn.losses import mean_squared_error, softmax_cross_entropy
from rnn.sequences import SEQUENCES
from rnn.tasks import TASKS, Batch, make_task
from rnn.tasks.brackets import _chance_to_open

EXAMPLES = [
    *(make_task("numbers", sequence=name, length=20) for name in SEQUENCES),
    make_task("latch", steps=10),
    make_task("parity", steps=11),
    make_task("parity", steps=11, every_step=False),
    make_task("adding", steps=7),
    make_task("copy", wait=5),
    make_task("brackets", length=12),
    make_task("brackets", length=12, kinds=3),
    make_task("enclosed", length=9),
    make_task("triples", length=9),
    make_task("recall", steps=12),
    make_task("recall", steps=12, letters=5, questions=4),
    make_task("sines", steps=25, speed=0.7, noise=0.3),
]
IDS = [f"{task.name}-{number}" for number, task in enumerate(EXAMPLES)]


def draw(task, size=5, seed=0) -> Batch:
    return task.batch(np.random.default_rng(seed), size)


@pytest.mark.parametrize("task", EXAMPLES, ids=IDS)
def test_a_batch_has_the_shapes_the_task_names(task):
    inputs, targets, mask = draw(task)
    assert inputs.shape == (task.steps, 5, task.inputs)
    assert inputs.dtype == np.float64
    assert mask.shape == (task.steps, 5)
    assert mask.any(axis=0).all()
    assert np.isfinite(inputs).all()
    if task.scored_by == "classes":
        assert targets.shape == (task.steps, 5)
        assert np.issubdtype(targets.dtype, np.integer)
        assert 0 <= targets.min() <= targets.max() < task.outputs
    else:
        assert task.scored_by == "squares"
        assert targets.shape == (task.steps, 5, task.outputs)


@pytest.mark.parametrize("task", EXAMPLES, ids=IDS)
def test_the_seed_decides_the_batch(task):
    first, same, other = draw(task, seed=1), draw(task, seed=1), draw(task, seed=2)
    for ours, theirs in zip(first, same, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    if task.name != "numbers":
        assert not np.array_equal(first.inputs, other.inputs)


@pytest.mark.parametrize("task", EXAMPLES, ids=IDS)
def test_it_says_what_it_asks_and_what_the_baseline_is(task):
    assert task.asks.endswith((".", "?"))
    assert len(task.baseline_is) > 10
    assert make_task(task.name, **vars(task)) == task


# What the predictors without memory answer; the losses are those the models are trained with.


def forgetful_loss(task, batch: Batch) -> float:
    """The loss of the predictor that `baseline_is` describes, on drawn data."""
    if task.scored_by == "squares":
        answer = {"latch": 0.0, "adding": 1.0, "sines": 0.0}.get(task.name)
        if answer is None:
            answer = batch.targets.mean()
        outputs = np.full(batch.targets.shape, answer)
        return mean_squared_error(outputs, batch.targets, batch.mask)[0]
    scores = np.zeros((*batch.targets.shape, task.outputs))
    if task.name == "copy":
        scores[:-10, :, 8] = 100.0  # blank for certain
        scores[-10:, :, 8] = -100.0  # any symbol but the blank
    if task.name == "recall":
        asked = batch.inputs[:, :, -1] == 1.0
        scores[..., -1] = np.where(asked, -100.0, 100.0)  # silence for certain, or never
    if task.name in {"brackets", "enclosed"}:  # the shares given the symbol
        follows = np.zeros((task.inputs, task.outputs))
        np.add.at(follows, (batch.inputs.argmax(axis=2), batch.targets), 1.0)
        chances = follows / follows.sum(axis=1, keepdims=True)
        scores = np.log(np.maximum(chances, 1e-300))[batch.inputs.argmax(axis=2)]
    if task.name == "triples":  # the shares at each step
        shares = [np.bincount(step, minlength=task.outputs) for step in batch.targets]
        chances = np.array(shares)[:, None] / batch.targets.shape[1]
        scores += np.log(np.maximum(chances, 1e-300))
    return softmax_cross_entropy(scores, batch.targets, batch.mask)[0]


@pytest.mark.parametrize("task", EXAMPLES, ids=IDS)
def test_the_baseline_is_what_forgetting_gets(task):
    batch = draw(task, 20_000)
    assert forgetful_loss(task, batch) == pytest.approx(task.baseline, rel=0.02)


CONSTANT = {
    name: task
    for name, task in zip(IDS, EXAMPLES, strict=True)
    if task.name not in {"copy", "brackets", "enclosed", "triples", "recall"}
}  # whose baselines beat any constant


@pytest.mark.parametrize("task", CONSTANT.values(), ids=CONSTANT)
def test_no_other_constant_does_better(task):
    batch = draw(task, 20_000)
    wanted = batch.targets[batch.mask]
    if task.scored_by == "squares":
        best = float(np.var(wanted))
    else:
        shares = np.bincount(wanted, minlength=task.outputs) / wanted.size
        best = float(-(shares * np.log(shares)).sum())
    assert best == pytest.approx(task.baseline, rel=0.02)


@pytest.mark.parametrize(
    "task", [make_task("latch"), make_task("parity", every_step=False)], ids=["latch", "parity"]
)
def test_the_last_input_alone_says_nothing_about_the_answer(task):
    inputs, targets, _ = draw(task, 20_000)
    last, answer = inputs[-1, :, 0], targets[-1].reshape(-1)
    assert abs(np.corrcoef(last, answer)[0, 1]) < 0.03


def test_numbers_are_the_sequence_normalised_with_its_last_value():
    task = make_task("numbers", sequence="linear", length=5)
    inputs, targets, mask = draw(task, 2)
    np.testing.assert_allclose(inputs[:, 0, 0], [-1.0, -0.5, 0.0, 0.5])
    np.testing.assert_allclose(targets[:, 1, 0], [-0.5, 0.0, 0.5, 1.0])
    assert mask.all()
    assert [task.scale.restore(value) for value in (-1.0, 1.0)] == [1.0, 5.0]
    raw = draw(make_task("numbers", sequence="linear", length=5, normalise=False))
    assert raw.targets[:, 0, 0].tolist() == [2.0, 3.0, 4.0, 5.0]


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_the_longest_sequence_is_still_finite(sequence):
    batch = draw(make_task("numbers", sequence=sequence, length=1000))
    assert np.isfinite(batch.inputs).all()
    assert np.abs(batch.targets).max() <= 1.0 + 1e-12


def test_the_latch_is_set_by_the_first_value():
    inputs, targets, mask = draw(make_task("latch", steps=9, noise=0.5), 2000)
    assert set(inputs[0].ravel()) == {-1.0, 1.0}
    np.testing.assert_array_equal(targets[-1], inputs[0])
    assert inputs[1:].std() == pytest.approx(0.5, rel=0.03)
    assert mask[-1].all()
    assert not mask[:-1].any()


def test_parity_counts():
    inputs, targets, mask = draw(make_task("parity", steps=9))
    for bits, answers in zip(inputs[:, :, 0].T, targets.T, strict=True):
        ones = [int(sum(bits[: step + 1])) for step in range(9)]
        assert answers.tolist() == [count % 2 for count in ones]
    assert mask.all()
    assert draw(make_task("parity", steps=9, every_step=False)).mask.sum() == 5


@pytest.mark.parametrize("steps", [2, 3, 100])
def test_adding_marks_one_number_in_each_half(steps):
    inputs, targets, mask = draw(make_task("adding", steps=steps), 500)
    values, marks = inputs[:, :, 0], inputs[:, :, 1]
    assert set(marks.ravel()) <= {0.0, 1.0}
    np.testing.assert_array_equal(marks[: steps // 2].sum(axis=0), 1.0)
    np.testing.assert_array_equal(marks[steps // 2 :].sum(axis=0), 1.0)
    assert (marks.sum(axis=1) > 0.0).all()  # every place is used
    assert 0.0 <= values.min() <= values.max() <= 1.0
    np.testing.assert_allclose(targets[-1, :, 0], (values * marks).sum(axis=0))
    assert mask.sum() == 500


def test_copy_repeats_after_the_signal():
    task = make_task("copy", wait=3)
    inputs, targets, mask = draw(task, 300)
    read = inputs.argmax(axis=2)
    assert task.steps == 23
    np.testing.assert_array_equal(read[:10], targets[13:])
    np.testing.assert_array_equal(read[10:12], 8)
    np.testing.assert_array_equal(read[12], 9)
    np.testing.assert_array_equal(read[13:], 8)
    np.testing.assert_array_equal(targets[:13], 8)
    assert set(read[:10].ravel()) == set(range(8))
    assert mask.all()


def test_the_copy_baseline_at_100_is_the_published_one():
    assert make_task("copy", wait=100).baseline == pytest.approx(0.1733, abs=5e-5)


def test_the_adding_baseline_is_the_published_one():
    assert make_task("adding").baseline == pytest.approx(0.1667, abs=5e-5)


def texts_of(task, size=2000, seed=0) -> list[str]:
    inputs, targets, _ = draw(task, size, seed)
    read = np.concatenate([inputs.argmax(axis=2), targets[-1:]])
    return ["".join(task.symbols[symbol] for symbol in column) for column in read.T]


def is_balanced(text: str) -> bool:
    while text != (shorter := text.replace("()", "").replace("[]", "").replace("{}", "")):
        text = shorter
    return not text


@settings(max_examples=30, deadline=None)
@given(half=st.integers(2, 30), kinds=st.integers(1, 3), seed=st.integers(0, 1000))
def test_every_bracket_text_is_balanced(half, kinds, seed):
    task = make_task("brackets", length=2 * half, kinds=kinds)
    assert all(len(text) == 2 * half and is_balanced(text) for text in texts_of(task, 20, seed))


def test_brackets_ask_for_the_next_symbol():
    inputs, targets, _ = draw(make_task("brackets", length=14, kinds=2))
    np.testing.assert_array_equal(inputs.argmax(axis=2)[1:], targets[:-1])


@pytest.mark.parametrize(("length", "kinds"), [(4, 1), (6, 1), (8, 1), (4, 2), (6, 2)])
def test_all_bracket_texts_are_equally_likely(length, kinds):
    task = make_task("brackets", length=length, kinds=kinds)
    every = [
        text for letters in itertools.product(task.symbols, repeat=length)
        if is_balanced(text := "".join(letters))
    ]  # fmt: skip
    drawn = texts_of(task, 20_000)
    assert set(drawn) == set(every)
    expected = 20_000 / len(every)
    surprise = sum((drawn.count(text) - expected) ** 2 / expected for text in every)
    assert surprise < len(every) + 5.0 * math.sqrt(2.0 * len(every))  # chi squared, five deviations
    # the floor is the entropy of a text beyond its first symbol, shared among the steps
    assert task.floor * task.steps == pytest.approx(math.log(len(every)) - math.log(kinds))


@pytest.mark.parametrize(("length", "kinds"), [(4, 1), (8, 1), (4, 2), (8, 2)])
def test_the_bracket_baseline_is_exact(length, kinds):
    task = make_task("brackets", length=length, kinds=kinds)
    follows: dict[str, dict[str, int]] = {symbol: {} for symbol in task.symbols}
    for letters in itertools.product(task.symbols, repeat=length):
        if is_balanced("".join(letters)):
            for one, next_one in itertools.pairwise(letters):
                follows[one][next_one] = follows[one].get(next_one, 0) + 1
    surprise = total = 0.0
    for after in follows.values():
        seen = sum(after.values())
        total += seen
        surprise -= sum(count * math.log(count / seen) for count in after.values())
    assert task.baseline == pytest.approx(surprise / total, rel=1e-12)
    assert task.floor < task.baseline or length == 4


@pytest.mark.parametrize(("depth", "left"), [(0, 2), (0, 8), (1, 3), (2, 2), (3, 7), (5, 5)])
def test_the_chance_to_open_by_counting(depth, left):
    def endings(depth: int, left: int) -> int:
        if depth < 0 or left < 0:
            return 0
        if left == 0:
            return int(depth == 0)
        return endings(depth + 1, left - 1) + endings(depth - 1, left - 1)

    share = endings(depth + 1, left - 1) / endings(depth, left)
    assert _chance_to_open(np.array([depth]), left)[0] == pytest.approx(share, rel=1e-12)


def test_a_sine_goes_on_under_its_noise():
    quiet = make_task("sines", steps=30, speed=0.5, noise=0.0)
    inputs, targets, mask = draw(quiet)
    np.testing.assert_array_equal(inputs[1:], targets[:-1])
    # sin(a + s) + sin(a - s) = 2 cos(s) sin(a)
    np.testing.assert_allclose(
        targets[1:] + inputs[:-1], 2.0 * math.cos(0.5) * inputs[1:], atol=1e-12
    )
    assert mask.all()
    assert quiet.floor == 0.0


def test_even_the_true_sine_loses_the_floor():
    noisy, quiet = (make_task("sines", noise=noise) for noise in (0.3, 0.0))
    targets, truth = draw(noisy, 2000).targets, draw(quiet, 2000).targets
    assert np.square(targets - truth).mean() == pytest.approx(noisy.floor, rel=0.02)


@pytest.mark.parametrize(
    ("name", "settings", "reason"),
    [
        ("sorting", {}, "task must be one of numbers, latch, parity, adding, copy, brackets,"),
        ("adding", {"length": 5}, "settings of adding are steps; got 'length'"),
        ("numbers", {"sequence": "primes"}, "sequence must be one of fibonacci"),
        ("numbers", {"length": 1}, "length of a number sequence must be a whole number from 2 to"),
        ("numbers", {"length": 1001}, "length of a number sequence must be .* to 1,000; got 1001"),
        ("latch", {"steps": 1}, "length of latch must be a whole number from 2 to 10,000; got 1"),
        ("latch", {"noise": -1.0}, "noise must be from 0 to 10; got -1.0"),
        ("latch", {"noise": math.nan}, "noise must be a number from 0 to 10; got nan"),
        ("parity", {"steps": 0}, "length of parity must be a whole number from 2"),
        ("adding", {"steps": 1}, "length of adding must be a whole number from 2"),
        ("adding", {"steps": 10**9}, "length of adding must be a whole number from 2"),
        ("copy", {"wait": 0}, "wait of copy must be a whole number from 1 to 9,980; got 0"),
        ("brackets", {"length": 2}, "length of a bracket text must be a whole number from 4"),
        ("brackets", {"length": 7}, "length of a bracket text must be even; got 7"),
        ("brackets", {"kinds": 5}, "kinds of brackets must be a whole number from 1 to 4; got 5"),
        ("sines", {"steps": 1.5}, "length of a sine must be a whole number from 2"),
        ("sines", {"speed": 0.0}, "speed must be above 0 and at most 3.14159; got 0.0"),
    ],
)
def test_bad_settings_are_refused(name, settings, reason):
    with pytest.raises(ValueError, match=reason):
        make_task(name, **settings)


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("size", [0, -1, 10**9, 2.0, True])
def test_a_bad_batch_size_is_refused(name, size):
    with pytest.raises(ValueError, match=r"batch size of sequences of .* steps must be a whole"):
        draw(make_task(name), size)


def read_and_answered(text, letters=3):
    """What is to be answered to a text, a dot for silence."""
    task = make_task("recall", steps=len(text), letters=letters)
    read = np.array([[task.symbols.index(symbol)] for symbol in text])
    return "".join([*task.symbols[:-1], "."][answer] for answer in task.answers(read)[:, 0])


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("bacca?abc?", ".....b...a"),
        ("c?a?", ".c.a"),
        ("ab", ".."),
        ("??b?", "...b"),  # nobody can name a letter that never came
        ("?a??", "..a."),
    ],
)
def test_recall_asks_for_the_first_letter_of_the_round(text, answers):
    assert read_and_answered(text) == answers


@pytest.mark.parametrize("questions", [1, 2, 5])
def test_every_round_of_recall_has_a_letter_and_an_answer(questions):
    task = make_task("recall", steps=11, letters=4, questions=questions)
    inputs, targets, mask = draw(task, 500)
    asked = inputs[..., -1] == 1.0
    assert (asked.sum(axis=0) == questions).all()
    assert asked[-1].all()
    assert not asked[0].any()
    assert not (asked[1:] & asked[:-1]).any()
    np.testing.assert_array_equal(targets == 4, ~asked)
    assert mask.all()
    first_rounds = set(asked.argmax(axis=0).tolist())  # their lengths are drawn
    assert len(first_rounds) == (11 - 2 * questions + 1 if questions > 1 else 1)


def test_recall_refuses_what_cannot_be():
    for settings_, message in [
        ({"letters": 1}, "letters of recall must be a whole number from 2 to 26; got 1"),
        ({"steps": 3, "questions": 2}, "length of recall must be a whole number from 4"),
        ({"questions": 0}, "questions of recall must be a whole number from 1"),
    ]:
        with pytest.raises(ValueError, match=message):
            make_task("recall", **settings_)
