"""The five sequences, and the scale between their units and the network's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn.sequences import RAW, SEQUENCES, Scale, to_unit_range

# Enough spread for a range to mean something: neighbouring floats have no middle between them.
VALUES = st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=30).filter(
    lambda values: (
        max(values) == min(values)
        or max(values) / 2 - min(values) / 2 > max(1e-9 * max(map(abs, values)), 1e-290)
    )
)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("fibonacci", [1, 1, 2, 3, 5, 8, 13, 21, 34, 55]),
        ("linear", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ("alternating", [1, -1, 1, -1, 1, -1, 1, -1, 1, -1]),
        ("exponential", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]),
    ],
)
def test_first_ten(name, first):
    assert SEQUENCES[name](10) == first


def test_sine():
    # sin 0, sin 0.5, sin 1, and back near 0 after 2 pi / 0.5 = 12.57 steps
    values = SEQUENCES["sine"](14)
    assert values[:3] == pytest.approx([0.0, 0.479426, 0.841471], abs=1e-6)
    assert values[12] < 0.0 < values[13]


@pytest.mark.parametrize("name", SEQUENCES)
@pytest.mark.parametrize("length", [1, 2, 5, 20])
def test_length_and_type(name, length):
    values = SEQUENCES[name](length)
    assert len(values) == length
    assert all(type(value) is float for value in values)
    assert values == SEQUENCES[name](20)[:length]  # longer only adds


def test_rules():
    fibonacci, sine = SEQUENCES["fibonacci"](20), SEQUENCES["sine"](20)
    for t in range(2, 20):
        assert fibonacci[t] == fibonacci[t - 1] + fibonacci[t - 2]
        # sin(a + b) + sin(a - b) = 2 sin(a) cos(b): the sine too needs the last two values
        assert sine[t] == pytest.approx(2 * math.cos(0.5) * sine[t - 1] - sine[t - 2], abs=1e-12)


def test_normalising_by_hand():
    # 1 .. 34: middle (1 + 34)/2 = 17.5, half the range 16.5; 18.5 lies 1/16.5 above the middle
    scale = to_unit_range([1.0, 34.0, 8.0])
    assert scale == Scale(17.5, 16.5)
    assert [scale.normalise(v) for v in (1.0, 34.0, 17.5)] == [-1.0, 1.0, 0.0]
    assert scale.normalise(18.5) == pytest.approx(1 / 16.5)
    assert scale.restore(0.5) == 25.75


def test_a_value_outside_the_range_lands_outside():
    assert to_unit_range([0.0, 2.0]).normalise(4.0) == 3.0


@pytest.mark.parametrize("value", [0.0, -3.0, 1e308, 5e-324])
def test_a_constant_sequence_maps_to_zero_and_back(value):
    scale = to_unit_range([value] * 4)
    assert scale.normalise(value) == 0.0
    assert scale.restore(0.0) == value


def test_huge_values_do_not_overflow():
    largest = 1.7e308
    scale = to_unit_range([-largest, largest])  # the difference itself would be infinite
    assert scale == Scale(0.0, largest)
    assert scale.normalise(largest) == 1.0


def test_refuses_nothing_at_all():
    with pytest.raises(ValueError, match="values must not be empty"):
        to_unit_range([])


def test_raw_changes_nothing():
    assert RAW.normalise(34.5) == RAW.restore(34.5) == 34.5


@given(VALUES)
def test_normalised_values_fill_minus_one_to_one(values):
    normalised = [to_unit_range(values).normalise(value) for value in values]
    assert all(abs(value) <= 1.0 + 1e-6 for value in normalised)
    if max(values) > min(values):
        assert min(normalised) == pytest.approx(-1.0, abs=1e-6)
        assert max(normalised) == pytest.approx(1.0, abs=1e-6)


@given(VALUES)
def test_restoring_undoes_normalising(values):
    scale = to_unit_range(values)
    size = max(map(abs, values))
    for value in values:
        assert scale.restore(scale.normalise(value)) == pytest.approx(value, abs=1e-9 * size)


@given(VALUES)
def test_normalising_keeps_the_order(values):
    scale = to_unit_range(values)
    normalised = [scale.normalise(value) for value in sorted(values)]
    assert normalised == sorted(normalised)
