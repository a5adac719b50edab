"""PyTorch's names and ours: nothing is lost on the way there and back, and nothing is guessed."""

import numpy as np
import pytest

from rnn.export.torch import from_torch, to_torch, torch_shapes
from rnn.stack import make_stack
from tests.rnn.hostile_models import refused_cheaply

KINDS = ("rnn", "lstm", "gru")


def drawn(kind, **settings):
    """A stack's weights and a head's, no two numbers alike."""
    shapes = make_stack(kind, 3, 4, **settings).shapes
    shapes |= {"head.W_hy": (5, 4), "head.b_y": (5,)}
    rng = np.random.default_rng(7)
    return {name: rng.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bidirectional", [False, True])
def test_there_and_back_is_the_same_to_the_bit(kind, bidirectional):
    arrays = drawn(kind, layers=2, bidirectional=bidirectional)
    there = to_torch(arrays)
    back = from_torch(there, kind)
    assert set(back) == set(arrays)
    for name, array in arrays.items():
        assert back[name].dtype == np.float32
        np.testing.assert_array_equal(back[name], array)


def test_the_names_are_pytorchs():
    there = to_torch(drawn("lstm", layers=2, bidirectional=True))
    assert sorted(there) == sorted(
        [
            f"{part}_l{layer}{way}"
            for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            for layer in (0, 1)
            for way in ("", "_reverse")
        ]
        + ["head.weight", "head.bias"]
    )


def test_only_the_candidate_of_a_gru_has_a_second_bias():
    arrays = drawn("gru")
    there = to_torch(arrays)
    np.testing.assert_array_equal(there["bias_hh_l0"][:8], 0.0)
    np.testing.assert_array_equal(there["bias_hh_l0"][8:], arrays["layer0.b_hn"])
    assert not to_torch(drawn("lstm"))["bias_hh_l0"].any()


@pytest.mark.parametrize("kind", KINDS)
def test_two_biases_become_one_on_the_way_back(kind):
    """PyTorch trains both of its biases; their sum is what counts, but for a GRU's candidate."""
    there = to_torch(drawn(kind))
    there["bias_hh_l0"] = np.arange(len(there["bias_ih_l0"]), dtype=np.float32)
    back = from_torch(there, kind)
    both = there["bias_ih_l0"] + there["bias_hh_l0"]
    if kind == "gru":
        np.testing.assert_array_equal(back["layer0.b_h"][:8], both[:8])
        np.testing.assert_array_equal(back["layer0.b_h"][8:], there["bias_ih_l0"][8:])
        np.testing.assert_array_equal(back["layer0.b_hn"], [8, 9, 10, 11])
    else:
        np.testing.assert_array_equal(back["layer0.b_h"], both)


def test_the_arrays_are_copies():
    arrays = drawn("rnn")
    to_torch(arrays)["weight_hh_l0"][...] = 9.0
    assert arrays["layer0.W_hh"].max() < 9.0


def test_what_has_no_place_is_named():
    with pytest.raises(ValueError, match=r"no place for embedding\.W_e"):
        to_torch({**drawn("rnn"), "embedding.W_e": np.zeros((2, 2))})
    with pytest.raises(ValueError, match=r"weight_hr_l0 is not a weight"):
        from_torch({**to_torch(drawn("lstm")), "weight_hr_l0": np.zeros(1)}, "lstm")


@pytest.mark.parametrize("kind", KINDS)
def test_the_shapes_there_are_known_beforehand(kind):
    arrays = drawn(kind, layers=2, bidirectional=True)
    shapes = torch_shapes({name: array.shape for name, array in arrays.items()})
    assert shapes == {name: array.shape for name, array in to_torch(arrays).items()}


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((12_000, 1), (1, 12_000), r"bias_ih_l0 must be float32, .*; got float32 of shape \[12000"),
        ((), (16,), r"bias_ih_l0 must be .*; got float32 of shape \[\]"),
        ((16,), (1,), r"bias_hh_l0 must be .*; got float32 of shape \[1\]"),
        ((15,), (15,), r"bias_ih_l0 must be .* one for each row of weight_ih_l0"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_biases_are_added_only_if_they_fit(kind, first, second, words):
    there = to_torch(drawn(kind))
    there["weight_ih_l0"] = np.zeros((16, 3), np.float32)
    there["bias_ih_l0"], there["bias_hh_l0"] = (
        np.zeros(shape, np.float32) for shape in (first, second)
    )
    refused_cheaply(lambda: from_torch(there, kind), words)


def test_biases_of_another_dtype_or_beside_a_number_are_refused():
    there = to_torch(drawn("lstm"))
    with pytest.raises(ValueError, match=r"bias_hh_l0 must be float32, .*; got float64"):
        from_torch({**there, "bias_hh_l0": np.zeros(16)}, "lstm")
    with pytest.raises(ValueError, match="bias_ih_l0 must be float32"):
        from_torch({**there, "weight_ih_l0": np.float32(1.0)}, "lstm")
