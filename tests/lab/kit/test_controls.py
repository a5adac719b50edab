"""Each kind of control: what it accepts, what it refuses, and the rule it then names."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.kit.controls import (
    Choice,
    Control,
    ControlError,
    Numbers,
    Option,
    Slider,
    Text,
    Toggle,
    parse_numbers,
)

COMMON = {"label": "It", "group": "g", "default": 0}
FREE = Slider(name="w", low=-3, high=3, **COMMON)
HARD = Slider(name="rate", low=0.0001, high=1, minimum=0.0001, maximum=1, **COMMON)
WHOLE = Slider(name="seed", low=1, high=100, minimum=0, maximum=2**32 - 1, integer=True, **COMMON)
CHOICE = Choice(name="sequence", options=(Option("sine", "Sine"), Option("x", "X")), **COMMON)
TOGGLE = Toggle(name="clip", **COMMON)
NUMBERS = Numbers(name="numbers", fewest=3, most=5, **COMMON)


def refusal(control, value):
    with pytest.raises(ControlError) as caught:
        control.accept(value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "stored"),
    [(1, 1.0), (1.5, 1.5), ("1.2", 1.2), (" -3e2 ", -300.0), (1e10, 1e10), ("1e+21", 1e21)],
)
def test_a_slider_takes_any_finite_number_also_beyond_its_thumb(value, stored):
    accepted = FREE.accept(value)
    assert accepted == stored
    assert type(accepted) is float


@pytest.mark.parametrize(
    ("text", "stored"),
    [("3,000,000", 3e6), (" 12,345.5", 12345.5), ("−1,000", -1000.0), ("+10,000", 1e4)],
)
def test_commas_between_thousands_are_read(text, stored):
    assert FREE.accept(text) == stored


@pytest.mark.parametrize("text", ["1,5", "1,2x", "1,0000", ",000", "1,,000", "1000,000"])
def test_a_comma_elsewhere_is_refused(text):
    assert refusal(FREE, text).startswith("w must be a number; got ")


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("abc", "w must be a number; got 'abc'"),
        ("", "w must be a number; got ''"),
        (None, "w must be a number; got None"),
        (True, "w must be a number; got True"),
        ([1], "w must be a number; got [1]"),
        ("nan", "w must be finite; got 'nan'"),
        ("Infinity", "w must be finite; got 'Infinity'"),
        (math.inf, "w must be finite; got inf"),
        ("1e400", "w must be finite; got '1e400'"),
    ],
)
def test_a_slider_refuses_what_is_no_finite_number(value, rule):
    assert refusal(FREE, value) == rule


def test_a_slider_refuses_an_integer_too_large_for_a_float():
    assert refusal(FREE, 10**400).startswith("w must be a number; got 1000")


@pytest.mark.parametrize(
    ("control", "value", "rule"),
    [
        (HARD, 3, "rate must be in [0.0001, 1]; got 3"),
        (HARD, 0, "rate must be in [0.0001, 1]; got 0"),
        (HARD, 1.0000001, "rate must be in [0.0001, 1]; got 1.0000001"),
        (replace(HARD, maximum=None), -1, "rate must be at least 0.0001; got -1"),
        (replace(HARD, minimum=None), "7.5", "rate must be at most 1; got 7.5"),
        (WHOLE, 2**32, "seed must be in [0, 4294967295]; got 4294967296"),
        (WHOLE, "2.5", "seed must be a whole number; got 2.5"),
    ],
)
def test_hard_limits_and_whole_numbers(control, value, rule):
    assert refusal(control, value) == rule


def test_the_limits_themselves_are_allowed():
    assert [HARD.accept(v) for v in (0.0001, 1, "1")] == [0.0001, 1.0, 1.0]
    assert [WHOLE.accept(v) for v in (0, 2**32 - 1)] == [0, 2**32 - 1]


@pytest.mark.parametrize("value", [7, 7.0, "7", "7.0"])
def test_a_whole_number_is_stored_as_an_int(value):
    accepted = WHOLE.accept(value)
    assert accepted == 7
    assert type(accepted) is int


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_its_way_through_an_address(value):
    assert FREE.accept(repr(value)) == value
    assert FREE.accept(FREE.accept(value)) == value


def test_a_choice():
    assert CHOICE.accept("sine") == "sine"
    assert refusal(CHOICE, "fibonaci") == ("sequence: 'fibonaci' is not allowed; allowed: sine, x")
    for value in (None, 3, True, ["sine"], "Sine", ""):
        assert "is not allowed; allowed: sine, x" in refusal(CHOICE, value)


@pytest.mark.parametrize("value", [True, "true", "on", "1", "On", "TRUE", 1])
def test_a_toggle_is_on(value):
    assert TOGGLE.accept(value) is True


@pytest.mark.parametrize("value", [False, "false", "off", "0", "Off", 0])
def test_a_toggle_is_off(value):
    assert TOGGLE.accept(value) is False


@pytest.mark.parametrize("value", ["", "yes", None, 2, []])
def test_a_toggle_refuses_the_rest(value):
    assert refusal(TOGGLE, value) == f"clip must be on or off; got {value!r}"


def test_a_text_has_a_longest_length():
    text = Text(name="words", longest=5, **COMMON)
    assert text.accept("12345") == "12345"
    assert refusal(text, "123456") == "words must be at most 5 characters; got 6"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1, 2.5, -3", [1.0, 2.5, -3.0]),
        ("1 2\t3\n4", [1.0, 2.0, 3.0, 4.0]),
        ("1;2,,3;", [1.0, 2.0, 3.0]),
        ("−1, 1e3, .5", [-1.0, 1000.0, 0.5]),  # a true minus sign, as the book writes it
        ("1e9 -1e9", [1e9, -1e9]),
        ("", []),
    ],
)
def test_typed_numbers(text, numbers):
    assert parse_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1, two, 3", "“two” is not a number; write for example 1, 2.5, -3"),
        ("1, 2, 3x", "“3x” is not a number; write for example 1, 2.5, -3"),
        ("1 2 1/3", "“1/3” is not a number; write for example 1, 2.5, -3"),
        ("a b", "“a” is not a number; write for example 1, 2.5, -3"),  # the first one is named
        ("1, nan, 2", "“nan” must be between -1e9 and 1e9"),
        ("1, inf, 2", "“inf” must be between -1e9 and 1e9"),
        ("1, 2, 1e10", "“1e10” must be between -1e9 and 1e9"),
    ],
)
def test_the_first_bad_piece_is_named(text, rule):
    assert refusal(NUMBERS, text) == f"numbers: {rule}"


@pytest.mark.parametrize(("text", "count"), [("1, 2", 2), ("", 0), ("1 2 3 4 5 6", 6)])
def test_too_few_and_too_many_numbers(text, count):
    assert refusal(NUMBERS, text) == f"numbers must hold 3 to 5 numbers; got {count}"


def test_typed_numbers_are_kept_as_typed():
    assert NUMBERS.accept("1,2 ;3") == "1,2 ;3"
    assert refusal(replace(NUMBERS, longest=5), "1, 2, 3") == (
        "numbers must be at most 5 characters; got 7"
    )


def test_the_plain_control_takes_nothing():
    plain = Control(name="bare", **COMMON)
    assert refusal(plain, 1) == "bare: this control takes no value; got 1"


@pytest.mark.parametrize(
    ("control", "kind"),
    [(FREE, "slider"), (CHOICE, "choice"), (TOGGLE, "toggle"), (NUMBERS, "numbers")],
)
def test_a_description_is_plain_data(control, kind):
    described = control.describe()
    assert described["kind"] == control.kind == kind
    assert described["name"] == control.name
    assert all(isinstance(name, str) for name in described)
