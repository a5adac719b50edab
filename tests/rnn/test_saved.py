"""Saved states: copies, joined under names; generators put back where they stood."""

import json

import numpy as np
import pytest

from rnn.saved import Saved, generator_facts, joined, restore_generator


def test_parts_come_back_as_they_were_joined():
    inner = Saved({"a": np.ones(2), "b.c": np.zeros(1)}, {"n": 1})
    whole = joined({"x": inner, "xy": Saved({"a": np.zeros(3)}, {})})
    assert set(whole.arrays) == {"x.a", "x.b.c", "xy.a"}
    part = whole.part("x")
    assert part.facts == {"n": 1}
    assert part.arrays.keys() == inner.arrays.keys()
    assert part.arrays["a"] is inner.arrays["a"]
    assert whole.part("y") == Saved({}, {})


@pytest.mark.parametrize("make", [np.random.PCG64, np.random.PCG64DXSM])
def test_a_generator_goes_on_through_json(make):
    rng, other = np.random.Generator(make(3)), np.random.Generator(make(4))
    rng.integers(0, 7, size=3, dtype=np.int32)  # leaves half of a 64-bit draw behind
    facts = json.loads(json.dumps(generator_facts(rng), allow_nan=False))
    expected = (rng.integers(0, 7, 5, dtype=np.int32).tolist(), rng.normal(size=5).tolist())
    restore_generator(other, facts)
    assert (other.integers(0, 7, 5, dtype=np.int32).tolist(), other.normal(size=5).tolist()) == (
        expected
    )


def test_facts_do_not_move_on_with_the_generator():
    rng = np.random.default_rng(3)
    facts = generator_facts(rng)
    before = json.dumps(facts)
    rng.normal(size=5)
    assert json.dumps(facts) == before


def test_a_generator_of_arrays_is_refused():
    with pytest.raises(ValueError, match=r"made by numpy.random.default_rng .*got MT19937"):
        generator_facts(np.random.Generator(np.random.MT19937(1)))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"bit_generator": "MT19937", "state": {"state": 1, "inc": 1}},
        {"bit_generator": "PCG64", "state": 7, "has_uint32": 0, "uinteger": 0},
        {"bit_generator": "PCG64", "state": {"state": -1, "inc": 1}},
        {"bit_generator": "PCG64", "state": {"state": "x", "inc": 1}, "has_uint32": 0},
        {"bit_generator": "PCG64", "state": {"state": 1, "inc": 1}, "has_uint32": "no"},
    ],
)
def test_facts_that_are_no_generator_are_refused(facts):
    with pytest.raises(ValueError, match="must hold the state of a PCG64"):
        restore_generator(np.random.default_rng(1), facts)
