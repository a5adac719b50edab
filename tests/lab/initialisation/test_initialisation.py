"""Fifty steps through the first weights: the engine's numbers, and what is said about them."""

import numpy as np
import pytest

from lab.initialisation import LAB
from lab.initialisation.declaration import DECLARATION, STEPS
from lab.initialisation.figures import flat_shares
from lab.initialisation.histograms import BY_SIZE, LEVELS, axis_of, drawn
from lab.initialisation.walk import SEQUENCES, Recipe, apart, sizes, walk
from lab.kit.controls import Choice, ControlError
from rnn.cells.elman import Elman
from rnn.flow import gradient_norms
from rnn.initialisers import orthogonal
from rnn.unroll import backward, forward

SMALL = {"units": 20}
INITIALISERS = [option.value for option in DECLARATION.control("initialiser").options]
ACTIVATIONS = [option.value for option in DECLARATION.control("activation").options]


def opened(**options):
    return LAB({**SMALL, **options})


def figure(lab, name):
    return lab.snapshot((name,))["figures"][name]


def recipe(initialiser="orthogonal", scale=1.0, activation="tanh", every=False, units=20, seed=1):
    return Recipe(initialiser, scale, activation, every, units, seed)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("initialiser", INITIALISERS)
@pytest.mark.parametrize("into", ["once", "every"])
def test_every_choice_gives_sentences_and_tables(initialiser, activation, into):
    lab = opened(initialiser=initialiser, activation=activation, input=into)
    for data in lab.snapshot()["figures"].values():
        assert data["summary"].endswith(".")
        for table in data["tables"]:
            assert len({len(column) for column in table["data"]}) == 1
            assert len(table["columns"]) == len(table["data"])


def test_a_walk_is_the_engines():
    """The same draw by hand: matrix, inputs, gradient at the end."""
    rng = np.random.default_rng(3)
    weights = {"W_xh": np.eye(6), "W_hh": 1.5 * orthogonal(rng, (6, 6)), "b_h": np.zeros(6)}
    inputs = rng.standard_normal((STEPS, SEQUENCES, 6))
    cell = Elman(6, 6, "sigmoid")
    unrolled = forward(cell, weights, inputs)
    d_outputs = np.zeros_like(unrolled.outputs)
    d_outputs[-1] = rng.standard_normal((SEQUENCES, 6))
    unused = {name: np.zeros_like(array) for name, array in weights.items()}
    back = backward(cell, weights, unrolled, d_outputs, unused, keep_states=True)
    seen = walk(recipe(scale=1.5, activation="sigmoid", every=True, units=6, seed=3))
    np.testing.assert_array_equal(seen.hidden, unrolled.outputs.reshape(STEPS, -1))
    norms = gradient_norms(cell, back)["h"][1:]
    np.testing.assert_allclose(sizes(seen.gradients) ** 2 * 6, (norms**2).mean(axis=1))
    assert seen.slopes.max() <= 1.0  # a share of the steepest, which is 1/4


def test_an_orthogonal_matrix_keeps_every_length_and_the_identity_every_unit():
    seen = walk(recipe(activation="linear"))
    np.testing.assert_allclose(sizes(seen.hidden), sizes(seen.hidden)[0])
    np.testing.assert_allclose(sizes(seen.gradients), sizes(seen.gradients)[-1])
    kept = walk(recipe("identity", activation="relu"))
    np.testing.assert_array_equal(kept.hidden[0], kept.hidden[-1])
    np.testing.assert_allclose(apart(kept.hidden), apart(kept.hidden)[0])


def test_a_gain_multiplies_by_its_power():
    """Known figures: 1.1 over 49 steps is 106.7, 0.9 is 0.00573."""
    for gain in (1.1, 0.9):
        size = sizes(walk(recipe("identity", gain, "linear")).gradients)
        assert size[0] / size[-1] == pytest.approx(gain**49)


def test_the_sigmoid_loses_three_quarters_a_step():
    size = sizes(walk(recipe("identity", 1.0, "sigmoid")).gradients)
    assert size[0] / size[-1] < 0.25**49


@pytest.mark.parametrize(
    ("options", "says", "goes"),
    [
        ({"preset": "too-small"}, "what came in is gone", "hardly anything reaches"),
        ({"preset": "too-large"}, "on the flat ends of tanh", "each step back makes it larger"),
        ({"preset": "xavier"}, "something is left", "can still be taught"),
        ({"preset": "orthogonal"}, "Nothing bends", "1.00 of its size is left"),
        ({"preset": "he"}, "are off, with slope 0", "can still be taught"),
        ({"preset": "identity"}, "something is left", "can still be taught"),
        ({"preset": "sigmoid"}, "what came in is gone", "hardly anything reaches"),
        ({"preset": "noise"}, "keeps the units alive", "hardly anything reaches"),
        ({"preset": "he", "activation": "linear"}, "grows without end", "makes it larger"),
    ],
)
def test_what_each_preset_says(options, says, goes):
    """With a hundred units, as the page has them: the figures that docs/practice.md tells."""
    lab = LAB(options)
    assert says in figure(lab, "activations")["summary"]
    assert goes in figure(lab, "gradients")["summary"]


def test_the_figures_of_the_page():
    left = lambda **options: LAB(options).snapshot(())["status"][1]["value"]  # noqa: E731
    assert left(preset="too-small").startswith("2.87×10⁻⁴⁸")
    assert left(preset="noise").startswith("1.98×10⁻¹⁰")


@pytest.mark.parametrize("seed", range(1, 9))
def test_large_weights_saturate_units_and_explode_the_gradient(seed):
    """The page says: more than eight units in ten.

    Chaotic: the last bit of a sum, which each processor rounds in its own way, decides all digits
    fifty steps later. Only their order of magnitude is the recipe's.
    """
    seen = walk(recipe("normal", units=100, seed=seed))
    size = sizes(seen.gradients)
    assert 1e15 < size[0] / size[-1] < 1e19
    assert 0.8 < flat_shares(seen)[10:].mean() < 0.9


def test_shares_of_a_step_add_up_and_shades_follow():
    axis = axis_of("tanh")
    values = np.array([[-1.0, -1.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]])
    shares = axis.shares(values)
    np.testing.assert_allclose(shares.sum(axis=0), 1.0)
    assert (shares[0, 0], shares[-1, 0], shares[12, 1]) == (0.5, 0.25, 1.0)
    shades = drawn(axis, values)["shades"]
    assert shades.dtype == np.uint8
    assert (shades[-1, 0], shades[0, 0], shades[12, 1]) == (8, 5, LEVELS)


def test_sizes_have_a_row_for_nought_and_one_for_too_much():
    shares = BY_SIZE.shares(np.array([[0.0, 1e-30, -3.0, 1e9]]))
    assert (shares[0, 0], shares[-1, 0]) == (0.5, 0.25)
    assert shares[:, 0].nonzero()[0].tolist() == [0, 21, 29]  # 3 lies between 1 and 10^0.5


def test_rivals_share_everything_but_the_recipe():
    lab = opened(initialiser="he", activation="relu")
    data = figure(lab, "rivals")
    assert [one["style"] for one in data["series"]].count("model") == 1
    chosen = next(one for one in data["series"] if one["style"] == "model")
    size = sizes(walk(recipe("he", activation="relu")).gradients)
    np.testing.assert_allclose(chosen["y"], (size / size[-1])[::-1])


def test_draw_again_takes_the_next_seed_and_keeps_the_note():
    lab = opened()
    note = lab.snapshot(())["note"]
    before = figure(lab, "sizes")["series"][0]["values"]
    lab.act("draw_again")
    assert lab.snapshot(())["values"]["seed"] == 2
    assert lab.snapshot(())["changed"] == ["seed"]
    assert lab.snapshot(())["note"] == note
    assert (figure(lab, "sizes")["series"][0]["values"] != before).any()
    lab.set({"units": 30})
    assert lab.snapshot(())["said"] == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [("gain", 11), ("deviation", -1), ("units", 300), ("step", 51), ("activation", "gelu")],
)
def test_a_bad_value_changes_nothing(name, value):
    lab = opened()
    before = lab.snapshot(())["values"]
    with pytest.raises(ControlError, match=name):
        lab.set({"seed": 7, name: value})
    assert lab.snapshot(())["values"] == before


def test_another_action_is_refused():
    with pytest.raises(ControlError, match="draw_again"):
        opened().act("train")


def test_the_extremes_are_numbers():
    for values in ({"deviation": 0}, {"deviation": 10, "activation": "linear", "units": 256}):
        lab = LAB(values)
        for data in lab.snapshot()["figures"].values():
            assert "not a number" not in data["summary"]


def test_every_choice_has_its_line_of_help():
    for control in DECLARATION.controls:
        if isinstance(control, Choice):
            assert all(option.help for option in control.options)


def test_quarters_are_told_for_each_step():
    lab = opened(initialiser="identity", activation="relu")
    words = figure(lab, "activations")["words"]
    assert len(words) == STEPS
    assert words[4].startswith("step 5: the middle half 0 to ")
    columns = figure(lab, "activations")["tables"][0]
    table = dict(zip(columns["columns"], columns["data"], strict=True))
    ordered = [table[name] for name in ("smallest", "lower quarter", "median", "upper quarter")]
    for low, high in zip(ordered, [*ordered[1:], table["largest"]], strict=True):
        assert (low <= high).all()
