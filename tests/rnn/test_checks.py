"""Checks: the value comes back as Python's own number, or is refused in words."""

import json
import math

import numpy as np
import pytest

from rnn.checks import one_of, plain, real_number, whole_number
from rnn.clipping import Clip
from rnn.schedules import make_schedule


@pytest.mark.parametrize("value", [2, np.int64(2), np.uint8(2)])
def test_a_whole_number_is_an_int(value):
    number = whole_number("hidden", value, 1, 9)
    assert (number, type(number)) == (2, int)


@pytest.mark.parametrize("value", [0.5, np.float32(0.5), np.float64(0.5), np.float16(0.5)])
def test_a_real_number_is_a_float(value):
    number = real_number("rate", value, 0.0, 1.0)
    assert (number, type(number)) == (0.5, float)
    assert type(real_number("rate", np.int32(1), 0.0, 1.0)) is float


@pytest.mark.parametrize(
    "value", [True, np.True_, 2.0, np.float64(2.0), "2", None, np.array([2]), 10, -1, 10**400]
)
def test_what_is_no_whole_number_in_range_is_refused(value):
    with pytest.raises(ValueError, match="hidden must be a whole number from 0 to 9; got ") as told:
        whole_number("hidden", value, 0, 9)
    assert len(str(told.value)) < 260


@pytest.mark.parametrize(
    "value",
    [False, np.False_, "1", None, 1j, math.nan, np.float32(math.inf), 10**400, 2, np.float32(-1)],
)
def test_what_is_no_real_number_in_range_is_refused(value):
    with pytest.raises(ValueError, match=r"rate must be .*from 0 to 1; got ") as told:
        real_number("rate", value, 0.0, 1.0)
    assert len(str(told.value)) < 260


def test_a_number_python_does_not_write_out_is_refused_in_words():
    for check in (whole_number, real_number):
        with pytest.raises(ValueError, match="got a number of thousands of digits"):
            check("size", 10**5000, 0, 9)


def test_the_low_end_can_be_left_out():
    assert real_number("rate", 0, 0.0, 1.0) == 0.0
    with pytest.raises(ValueError, match="rate must be above 0 and at most 1; got 0"):
        real_number("rate", 0, 0.0, 1.0, above_low=True)


def test_one_of_some_words():
    assert one_of("kind", "gru", ("rnn", "gru")) == "gru"
    for value in ("cnn", None, 5, "x" * 1000):
        with pytest.raises(ValueError, match="kind must be one of rnn, gru; got") as told:
            one_of("kind", value, ("rnn", "gru"))
        assert len(str(told.value)) < 260


def test_numpys_numbers_can_be_saved():
    assert [type(plain(value)) for value in (np.int64(1), np.float32(1), 1, 1.0)] == [
        int, float, int, float,
    ]  # fmt: skip
    rate, steps = np.float32(0.5), np.int64(9)
    facts = [make_schedule("cosine", rate, steps, steps=steps).facts(), Clip("norm", rate).facts()]
    assert json.loads(json.dumps(facts)) == facts
