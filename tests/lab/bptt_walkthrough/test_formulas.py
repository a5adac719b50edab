"""Every number opens into a formula whose numbers give it."""

import re

import pytest

from lab.bptt_walkthrough.declaration import DECLARATION
from lab.kit.words import number
from tests.lab.bptt_walkthrough.playing import cells, figure, open_number, opened, sheet

PRESETS = [preset.name for preset in DECLARATION.presets]


def by_hand(**options):
    """The linear example of tests/rnn/test_one_unit.py, but for its last target: 1, not 0.5."""
    return opened(preset="by-hand", **options)


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("w_h", "w_h = −1.00"),
        ("h_0", "h_0 = 0"),
        ("x_2", "x_2 = 2.00"),
        ("target_3", "target_3 = 1.00"),
        ("a_2", "a_2 = 0.500 · 2.00 + −1.00 · 0.750 + 0.250 = 0.500"),
        ("h_2", "h_2 = 0.500 = 0.500"),
        ("y_2", "y_2 = 2.00 · 0.500 + −0.500 = 0.500"),
        ("share_2", "ℓ_2 = (0.500 − 3.00)² / 3 = 2.08"),  # 6.25 / 3
        ("loss", "L = 0.333 + 2.08 + 0.333 = 2.75"),
        ("d_y_3", "∂L/∂y_3 = 2/3 · (2.00 − 1.00) = 0.667"),
        ("above_3", "from the output = 2.00 · 0.667 = 1.33"),
        ("later_3", "from step 4 = 0"),
        ("d_h_3", "∂L/∂h_3 = 1.33 + 0 = 1.33"),
        ("slope_3", "f′_3 = 1.00"),
        ("d_a_3", "∂L/∂a_3 = 1.33 · 1.00 = 1.33"),
        ("later_2", "from step 3 = −1.00 · 1.33 = −1.33"),
        ("d_h_2", "∂L/∂h_2 = −3.33 + −1.33 = −4.67"),  # 2 * 2/3 * (0.5 - 3) = -3.33
        ("add_w_x_2", "share = −4.67 · 2.00 = −9.33"),
        ("add_w_h_2", "share = −4.67 · 0.750 = −3.50"),
        ("add_b_h_2", "share = −4.67 = −4.67"),
        ("add_w_y_2", "share = −1.67 · 0.500 = −0.833"),
        ("add_b_y_2", "share = −1.67 = −1.67"),
        # d_1 = 2 * 2/3 * (1 - 2) + 4.67 = 3.33; w_x: 3 * 1.33 - 2 * 4.67 + 3.33 = -2
        ("d_w_x", "∂L/∂w_x = 4.00 + −9.33 + 3.33 = −2.00"),
        ("d_w_h", "∂L/∂w_h = 0.667 + −3.50 + 0 = −2.83"),
        ("new_w_x", "new w_x = 0.500 − 0.100 · −2.00 = 0.700"),
    ],
)
def test_by_hand(name, formula):
    assert open_number(by_hand(), name)[1] == formula


@pytest.mark.parametrize(
    ("activation", "h", "slope"),
    [
        ("tanh", "h_1 = tanh(0.500) = 0.462", "f′_1 = 1 − 0.462² = 0.786"),
        ("sigmoid", "h_1 = σ(0.500) = 0.622", "f′_1 = 0.622 · (1 − 0.622) = 0.235"),
        ("relu", "h_1 = ReLU(0.500) = 0.500", "f′_1 = 0.500 is above 0: 1 = 1.00"),
        ("linear", "h_1 = 0.500 = 0.500", "f′_1 = 1.00"),
    ],
)
def test_each_activation_and_its_slope(activation, h, slope):
    lab = opened(activation=activation)
    assert open_number(lab, "h_1")[1] == h
    assert open_number(lab, "slope_1")[1] == slope


def test_a_relu_that_is_off():
    lab = opened(activation="relu", numbers="-1, 1, 1")
    assert open_number(lab, "slope_1")[1] == "f′_1 = 0 is not above 0: 0 = 0"


def test_a_cut_says_what_would_have_passed():
    # d_3 = 1.33 as above, times w_h = -1
    words, formula = open_number(by_hand(truncate=2), "later_2")
    assert words == "Cut: from step 3 nothing passes. Without the cut, −1.33 would."
    assert formula == "from step 3 = 0"


def test_no_target_asks_for_nothing():
    lab = opened(asked="last")
    assert open_number(lab, "d_y_1") == (
        "Step 1, backward: no target here, so nothing is asked of this prediction.",
        "∂L/∂y_1 = 0",
    )
    assert open_number(lab, "d_y_4")[1].startswith("∂L/∂y_4 = 2 · (")
    assert open_number(lab, "share_4")[1].endswith(")² = 0.00675") is False


@pytest.mark.parametrize("preset", PRESETS)
def test_every_number_in_sight_opens_and_ends_in_itself(preset):
    lab = opened(preset=preset)
    lab.act("check")
    seen = cells(lab)
    for name, cell in seen.items():
        words, formula = open_number(lab, name)
        assert words.endswith((".", "?"))
        assert len(words) < 100
        value = sheet(lab).value(sheet(lab).named[name])
        assert formula.endswith(f"= {number(value)}")
        assert cell["text"] == number(value)
    assert set(sheet(lab).named) - set(seen) == (
        set() if "full_w_x" in seen else {n for n in sheet(lab).named if n.startswith("full")}
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_products_and_sums_are_right_to_the_digits_shown(preset):
    """Read the formulas back, as a reader with a pencil would."""
    lab = opened(preset=preset)
    for name in sheet(lab).named:
        if name.startswith(("share", "d_y", "h", "slope", "full", "numeric", "error", "later")):
            continue  # functions and squares: tested above, one by one
        _, formula = open_number(lab, name)
        _, *middle, result = formula.split(" = ")
        terms = [
            re.sub(r"×10(.+)", lambda m: "e" + m[1].translate(_PLAIN), term)
            for term in (middle or [result])[0].replace(",", "").split(" ")
        ]
        told = eval("".join(terms).replace("·", "*").replace("−", "-"))  # noqa: S307
        expected = sheet(lab).value(sheet(lab).named[name])
        assert told == pytest.approx(expected, rel=0.02, abs=0.02)


_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def test_nudging_by_hand():
    lab = opened()
    words, formula = open_number(lab, "numeric_w_h")
    assert words == "Nudge w_h by 10⁻⁵ up and down; how much does the loss change?"
    above, below, step = map(float, re.findall(r"[\d.]+", formula)[:3])
    assert step == 2e-5
    assert (above - below) / step == pytest.approx(sheet(lab).gradient.w_h, rel=1e-5)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("d_a_3", "∂L/∂a_3 is 1.33."),
        ("add_w_h_2", "Step 2 adds −3.50 to ∂L/∂w_h."),
        ("later_2", "What comes from step 3 to step 2 is −1.33."),
        ("above_2", "What comes from the output to step 2 is −3.33."),
        ("w_y", "w_y is 2.00."),
    ],
)
def test_a_number_in_one_sentence(name, sentence):
    lab = by_hand()
    lab.set({"number": name})
    assert figure(lab, "network")["spoken"] == sentence
