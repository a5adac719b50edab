"""Each activation and its slope: values worked out by hand, then against central differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn.activations import ACTIVATIONS
from rnn.gradient_check import central_differences, relative_error

LN3 = math.log(3.0)


@pytest.mark.parametrize(
    ("name", "value", "output", "slope"),
    [
        ("tanh", 0.0, 0.0, 1.0),
        ("tanh", LN3 / 2, 0.5, 0.75),  # e^2a = 3: (3 - 1)/(3 + 1) = 1/2; 1 - 1/4
        ("tanh", -LN3, -0.8, 0.36),  # e^-2a = 9: (1 - 9)/(1 + 9) = -8/10; 1 - 64/100
        ("relu", 2.5, 2.5, 1.0),
        ("relu", -2.5, 0.0, 0.0),
        ("relu", 0.0, 0.0, 0.0),  # the corner: 0 by convention
        ("sigmoid", 0.0, 0.5, 0.25),
        ("sigmoid", LN3, 0.75, 0.1875),  # 1/(1 + 1/3) = 3/4; 3/4 * 1/4 = 3/16
        ("sigmoid", -LN3, 0.25, 0.1875),
        ("linear", -7.0, -7.0, 1.0),
    ],
)
def test_values_by_hand(name, value, output, slope):
    activation = ACTIVATIONS[name]
    assert activation.forward(value) == pytest.approx(output, abs=1e-15)
    assert activation.slope(output) == pytest.approx(slope, abs=1e-15)


def test_the_table_names_each_activation_once():
    assert list(ACTIVATIONS) == ["tanh", "relu", "sigmoid", "linear"]
    assert all(name == activation.name for name, activation in ACTIVATIONS.items())


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(value=st.floats(-4.0, 4.0).filter(lambda a: abs(a) > 1e-3))
def test_slope_is_the_derivative(name, value):
    activation = ACTIVATIONS[name]
    numeric = central_differences(lambda point: activation.forward(point[0]), [value])[0]
    assert relative_error(activation.slope(activation.forward(value)), numeric) <= 1e-6


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("tanh", -1, 1), ("sigmoid", 0, 1), ("relu", 0, math.inf), ("linear", -math.inf, math.inf)],
)
@given(value=st.floats(allow_nan=False))  # infinities and the largest floats too
def test_output_stays_in_its_range(name, low, high, value):
    assert low <= ACTIVATIONS[name].forward(value) <= high


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(one=st.floats(allow_nan=False), other=st.floats(allow_nan=False))
def test_no_activation_ever_falls(name, one, other):
    forward = ACTIVATIONS[name].forward
    low, high = sorted((one, other))
    assert forward(low) <= forward(high)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nan_passes_through(name):
    assert math.isnan(ACTIVATIONS[name].forward(math.nan))


@given(value=st.floats(-700.0, 700.0))
def test_sigmoid_mirrors_itself(value):
    sigmoid = ACTIVATIONS["sigmoid"].forward
    assert sigmoid(-value) == pytest.approx(1.0 - sigmoid(value), abs=1e-15)


@given(value=st.floats(-50.0, 50.0))
def test_sigmoid_slope_never_exceeds_a_quarter(value):
    sigmoid = ACTIVATIONS["sigmoid"]
    assert 0.0 <= sigmoid.slope(sigmoid.forward(value)) <= 0.25


@given(value=st.floats(-300.0, 300.0))
def test_sigmoid_is_a_shifted_tanh(value):
    shifted = 0.5 * (1.0 + ACTIVATIONS["tanh"].forward(value / 2.0))
    assert ACTIVATIONS["sigmoid"].forward(value) == pytest.approx(shifted, abs=1e-15)


# From here on: the same functions of whole arrays.

EDGES = [-math.inf, -1e308, -800.0, -LN3, -1e-300, 0.0, 5e-324, 0.5, LN3, 40.0, 1e308, math.inf]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_array_is_treated_as_its_numbers_are(name):
    activation = ACTIVATIONS[name]
    outputs = activation.array_forward(np.array(EDGES))
    one_by_one = [activation.forward(value) for value in EDGES]
    # tanh and exp of the C library and of NumPy may differ in the last bit
    assert outputs.tolist() == pytest.approx(one_by_one, rel=1e-15)
    finite = outputs[np.isfinite(outputs) & (np.abs(outputs) < 1e100)]
    slopes = [activation.slope(output) for output in finite.tolist()]
    assert activation.array_slope(finite).tolist() == slopes


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_array_keeps_its_shape_and_dtype(name, dtype):
    activation = ACTIVATIONS[name]
    values = np.linspace(-3, 3, 6, dtype=dtype).reshape(2, 3)
    for array in (activation.array_forward(values), activation.array_slope(values)):
        assert array.shape == (2, 3)
        assert array.dtype == dtype


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_value_in_an_array_is_worth_a_warning(name, dtype):
    values = np.array(
        [-np.inf, np.finfo(dtype).min, -90, 0, 90, np.finfo(dtype).max, np.inf], dtype
    )
    outputs = ACTIVATIONS[name].array_forward(values)  # a warning would be an error here
    assert not np.isnan(outputs).any()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nan_passes_through_an_array_alone(name):
    outputs = ACTIVATIONS[name].array_forward(np.array([math.nan, 0.0]))
    assert np.isnan(outputs).tolist() == [True, False]
