"""Numbers in words: by example, by rule, and the same in TypeScript."""

import json
import math
import random
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lab.kit.words import exactly, number
from publish.programs import node

ROOT = Path(__file__).parents[3]
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-", ",")

FORMAT_IN_TYPESCRIPT = """
import { buildSync } from "esbuild";
import { readFileSync } from "node:fs";
const built = buildSync({ entryPoints: ["web/views/format.ts"], format: "esm", write: false });
const source = Buffer.from(built.outputFiles[0].text).toString("base64");
const { formatNumber } = await import(`data:text/javascript;base64,${source}`);
const numbers = JSON.parse(readFileSync(0, "utf8")).map(Number);
console.log(JSON.stringify(numbers.map(formatNumber)));
"""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (0.521, "0.521"),
        (-12.3, "−12.3"),
        (1.0, "1.00"),
        (10, "10.0"),
        (1234.5678, "1,235"),
        (-123456.0, "−123,456"),
        (0.001, "0.00100"),
        (0.00099999, "1.00×10⁻³"),
        (1.2e-7, "1.20×10⁻⁷"),
        (-3e-12, "−3.00×10⁻¹²"),
        (1e6, "1.00×10⁶"),
        (999_999.0, "999,999"),
        (999_999.5, "1.00×10⁶"),  # not 1,000,000
        (9.9951, "10.0"),  # rounding up adds a digit: drop one behind the point
        (1.125, "1.13"),  # a tie goes up, as a reader expects and JavaScript does
        (-1.005, "−1.01"),
        (5e-324, "4.94×10⁻³²⁴"),
        (1.7976931348623157e308, "1.80×10³⁰⁸"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "not a number"),
    ],
)
def test_by_example(value, text):
    assert number(value) == text


@given(st.floats(-1e300, 1e300))
@example(9.9949999)
def test_reads_back_to_three_digits(value):
    text = number(value).translate(SUPERSCRIPTS)
    back = float(text.replace("×10", "e"))
    assert back == pytest.approx(value, rel=0.5001e-2, abs=5e-324)


@given(st.floats(-1e300, 1e300))
def test_the_sign_is_a_true_minus_and_the_rest_is_the_same(value):
    assert "-" not in number(value)
    assert number(-abs(value)).removeprefix("−") == number(abs(value))


@given(st.floats(1e-3, 999_999.4))
def test_at_least_three_digits_and_no_letters(value):
    text = number(value)
    assert re.fullmatch(r"\d{1,3}(,\d{3})?(\.\d+)?", text)
    assert len(re.sub(r"\D", "", text).lstrip("0")) >= 3


def awkward_numbers():
    """Every size, exact ties, thresholds, and what a rounding rule trips over."""
    draw = random.Random(1)
    edges = [0.0, -0.0, 5e-324, 1.7976931348623157e308, 1e21, 1e22, math.inf, -math.inf, math.nan]
    edges += [999_999.4, 999_999.5, 0.00099949, 0.000999951]
    for power in range(-9, 10):
        edges += [n * 10.0**power for n in (0.9994, 0.9995, 0.99951, 1.0, 1.005, 1.115, 9.995)]
    ties = [draw.randint(1000, 9999) / 10 ** draw.randint(0, 9) for _ in range(300)]
    eighths = [draw.randint(-(10**7), 10**7) / 8 for _ in range(300)]
    anything = [draw.uniform(-1, 1) * 10 ** draw.uniform(-12, 12) for _ in range(300)]
    return edges + ties + eighths + anything


def in_typescript(script, values):
    """What a function of web/views/format.ts makes of these numbers."""
    words = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}
    sent = json.dumps([words.get(repr(value), repr(value)) for value in values])
    command = [node(), "--input-type=module", "--eval", script]
    done = subprocess.run(
        command, cwd=ROOT, input=sent, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_typescript_writes_every_number_the_same():
    values = awkward_numbers()
    for value, text in zip(values, in_typescript(FORMAT_IN_TYPESCRIPT, values), strict=True):
        assert text == number(value), repr(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.8, "0.8"), (1.25, "1.25"), (100.0, "100"), (2, "2"), (0.1 + 0.2, "0.3"), (-0.5, "−0.5"),
     (1e-7, "1.00×10⁻⁷")],
)  # fmt: skip
def test_what_was_set_is_written_as_it_was_set(value, text):
    assert exactly(value) == text


def test_a_field_shows_all_of_a_small_number() -> None:
    shown = {1.793e-5: "1.793e-5", -1.2346e-6: "-1.235e-6", 0.0005: "0.0005", 0.03: "0.03", 0: "0"}
    script = FORMAT_IN_TYPESCRIPT.replace("formatNumber", "fieldNumber")
    written = in_typescript(script, list(shown))
    assert written == list(shown.values())
    assert [float(text) for text in written] == pytest.approx(list(shown), rel=1e-3)
