"""The judge of generated code is fair to good code, and cannot be made to raise by bad."""

import ast
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn
from rnn.text.char_model import CharModel
from rnn.text.code import (
    MOST_BRACKETS,
    MOST_TOKENS,
    TEMPERATURE,
    balance,
    complete_blocks,
    generate_code,
    parse_share,
    parses,
)
from rnn.text.sampling import Choice, write
from rnn.text.vocabulary import Vocabulary

LONG = 20_000
SOURCES = sorted(Path(rnn.__file__).parent.rglob("*.py"))
HOSTILE = {
    "NUL": "x = 1\0\ny = 2\n",
    "lone surrogate": "x = '\ud800'\ny = 1\n",
    "parentheses": "(" * LONG,
    "brackets that close": "[" * 300 + "]" * 300,
    "minus": "-" * LONG + "1",
    "attributes": "a" + ".b" * LONG,
    "lambdas": "lambda:" * LONG + "1",
    "conditions": "1 if 1 else " * LONG + "1",
    "branches": "if a: pass\n" + "elif a: pass\n" * LONG,
    "f-strings": "f'{" * LONG,
    "huge number": "9" * LONG,
    "indentation": "\n".join(" " * depth + "if a:" for depth in range(300)),
    "quotes": '"' * LONG,
    "open string": '"""\\',
    "backslashes": "\\" * LONG,
    "everything": "".join(map(chr, range(1, 2000))),
    "right to left": "\u202e\u2066def f():\n    pass\nx",
}


@pytest.fixture(scope="module")
def model() -> CharModel:
    model = CharModel(Vocabulary.of("def f(x):\n    return [x]\n"), "gru", 8)
    model.initialise(np.random.default_rng(1))
    return model


def test_code_is_generated_as_the_book_calls_it(model):
    code = generate_code(model, seed="def", length=1000)
    assert code.startswith("def")
    assert len(code) == 1003
    assert code == generate_code(model)
    assert code == generate_code(model, rng=np.random.default_rng(1))
    assert code != generate_code(model, rng=2)
    # Next to no temperature: the likeliest character, whatever is drawn.
    assert generate_code(model, temperature=1e-9) == generate_code(model, rng=2, temperature=1e-9)
    with pytest.raises(ValueError, match="does not know 'k'"):
        generate_code(model, "k")
    with pytest.raises(ValueError, match="length must be"):
        generate_code(model, length=0)
    with pytest.raises(ValueError, match="seed_text must hold at least 1 character"):
        generate_code(model, "")


def test_the_seed_is_read_at_the_left_edge(model):
    rng = np.random.default_rng(3)
    expected = write(model, np.random.default_rng(3), 20, "\n\ndef", Choice(TEMPERATURE))
    assert generate_code(model, "def", 20, rng) == "def" + expected
    on_one_line = CharModel(Vocabulary("def"), "rnn", 4)
    on_one_line.initialise(np.random.default_rng(1))
    assert len(generate_code(on_one_line, "def", 20)) == 23


@pytest.mark.parametrize(
    ("sample", "complete"),
    [
        ("def f():\n    pass\n\ndef g(", "def f():\n    pass\n\n"),
        ("def f():\n    pass\n\n    x", ""),
        ("x = (\n    1,\n)\ny", "x = (\n    1,\n)\n"),
        ("if a:\n    b\nelse:\n    c\nd", "if a:\n    b\nelse:\n    c\n"),
        ("if a:\n    b\nelse:\n    c", ""),
        ("x = 1\n@a\n@b\ndef f():\n    pas", "x = 1\n"),
        ("@a\ndef f():\n    pas", ""),
        ("# a\nx = 1\n# b\ny", "# a\nx = 1\n# b\n"),
        ("elsewhere = 1\nx", "elsewhere = 1\n"),
        ("", ""),
        ("\n\n", ""),
    ],
)
def test_a_sample_is_cut_where_its_last_block_begins(sample, complete):
    assert complete_blocks(sample) == complete


def test_the_share_counts_what_is_unfinished_against_it():
    share = parse_share(
        ["def f():\n    pass\nx", "def f(:\n    pass\nx", "def f():\n    pass", "x\ny\n  z\nw"]
    )
    assert (share.samples, share.complete, share.parsed) == (4, 3, 1)
    assert share.share == 1 / 4
    assert share.share_of_complete == 1 / 3
    assert parse_share([]).share == parse_share([]).share_of_complete == 0.0


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_samples_neither_raise_nor_warn(name):
    text = HOSTILE[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for sample in (text, text[:400], f"{text}\nx", f"x\n{text[:300]}\ny"):
            assert isinstance(parses(sample), bool)
            parse_share([sample])
            found = balance(sample)
            assert 0.0 <= found.brackets <= 1.0
            assert 0.0 <= found.indentation <= 1.0


def test_what_style_is_warned_about_parses_without_a_word():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert parses("x = '\\d'\ny = 1 is 2\n")
    assert caught == []


def test_what_could_break_a_browsers_stack_is_not_parsed():
    assert parses("-" * (MOST_TOKENS - 1) + "1")
    assert not parses("-" * MOST_TOKENS + "1")
    assert parses("()" * MOST_BRACKETS)
    assert not parses("()" * (MOST_BRACKETS + 1))


@settings(max_examples=300)
@given(st.text(st.sampled_from("()[]{}'\"\\\n\t #:@abf=.,\0é"), max_size=60))
def test_no_text_makes_the_judge_raise(text):
    parse_share([text])
    found = balance(text)
    assert 0.0 <= found.brackets <= 1.0
    assert 0.0 <= found.indentation <= 1.0


@pytest.mark.parametrize("path", SOURCES[::4], ids=lambda path: path.stem)
def test_our_own_sources_are_in_balance(path):
    source = path.read_text(encoding="utf-8")
    found = balance(source)
    assert (found.unmatched, found.misplaced) == (0, 0)
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(source)))
    assert found.lines >= statements * 0.9  # `else:` and decorators are lines, too


@pytest.mark.parametrize(
    ("sample", "pairs", "unmatched", "lines", "misplaced"),
    [
        ("f(a[1])\n", 2, 0, 1, 0),
        ("f(a[1)\n", 0, 1, 1, 0),
        ("f)\n", 0, 1, 1, 0),
        ("f(a\ndef g():\n    pass\n", 1, 1, 2, 0),  # ( was left open, and def begins anew
        ("x = ')' + \"(\" # ]\n", 0, 0, 1, 0),
        ("x = '''\n)\n   y\n'''\n", 0, 0, 1, 0),
        ("f(a,\n          b)\n", 1, 0, 1, 0),
        ("f(", 0, 0, 1, 0),
        ("if a:\n    b\n  c\n", 0, 0, 3, 1),
        ("if a:\nb\n", 0, 0, 2, 1),
        ("a\n    b\n", 0, 0, 2, 1),
        ("a\n    b\n    c\n", 0, 0, 3, 1),  # one mistake, not two
        ("if a:\n    if b:\n        c\nd\n", 0, 0, 4, 0),
        ("    a\n    b\nc\n", 0, 0, 3, 0),
        ("a = 1 + \\\n        2\nb\n", 0, 0, 2, 0),
        ("", 0, 0, 0, 0),
    ],
)
def test_balance_by_hand(sample, pairs, unmatched, lines, misplaced):
    found = balance(sample)
    assert (found.pairs, found.unmatched) == (pairs, unmatched)
    assert (found.lines, found.misplaced) == (lines, misplaced)


def test_shares_of_balance():
    assert balance("").brackets == balance("").indentation == 1.0
    assert balance("f(a))\n").brackets == 2 / 3
    assert balance("if a:\n    b\n  c\nd\n").indentation == 3 / 4
