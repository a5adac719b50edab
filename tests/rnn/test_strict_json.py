"""JSON with one meaning: what Python's own parser lets pass is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn.strict_json import brief, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(VALUES, st.booleans())
def test_whatever_it_takes_means_what_json_means(value, escaped):
    text = json.dumps(value, ensure_ascii=escaped)
    assert parse(text, 100) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1, "a": 2}', "it names 'a' twice"),
        ("[1.0]", "must be whole"),
        ("[1e3]", "must be whole"),
        ("[NaN]", "must be whole"),
        ("[-Infinity]", "must be whole"),
        ("[1234567890123456]", "at most 15 digits"),
        ('[["a"]]', "nested more than 1 deep"),
        ("[1", "not JSON at character 2"),
        ("", "not JSON at character 0"),
        ('"\x00"', "not JSON"),
    ],
)
def test_what_it_refuses(text, words):
    with pytest.raises(ValueError, match=words):
        parse(text, 1)


def test_a_bracket_in_a_string_is_not_nesting():
    assert parse('["[[[[", "\\"[[[[", "\\\\"]', 1) == ["[[[[", '"[[[[', "\\"]


def test_a_value_is_quoted_briefly_and_in_ascii():
    assert brief("é") == "'\\xe9'"
    assert brief("a" * 100) == "'" + "a" * 56 + "..."
