"""Source code as a mode: colours that survive any text, and how much of it Python accepts."""

import ast
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.text_trainer.python_colours import coloured
from lab.text_trainer.samples import Sample, Samples, accepted
from rnn.pieces import finished as all_of
from rnn.text.code_quality import code_quality
from tests.lab.text_trainer.playing import CODE, figure, finished, opened, settled

SOURCE = '''def add(self, x=1):
    """Say."""
    if x in (1, 2):  # why
        return "é" + f(x)]
'''


def test_words_get_their_kinds():
    kinds = {piece["text"].strip(): piece["kind"] for piece in coloured(SOURCE)}
    assert kinds["def"] == "keyword"
    assert kinds["add"] == "name"
    assert kinds['"""Say."""'] == "string"
    assert kinds["# why"] == "comment"
    assert kinds["1"] == "number"
    assert kinds["return"] == "keyword"
    assert kinds["]"] == "wrong"


@given(st.text("def (x):\n\t'\"#[]{}\\1é", max_size=80))
def test_the_pieces_are_the_source_whatever_it_is(source):
    pieces = coloured(source)
    assert "".join(piece["text"] for piece in pieces) == source
    assert all(a["kind"] != b["kind"] for a, b in pairwise(pieces))


def test_a_sample_is_accepted_if_its_complete_blocks_are_python():
    assert accepted("def f(x):\n    return x\n\n\ndef g(")
    assert not accepted("def f(x):\n    return x\n")  # not complete
    assert not accepted("def f(x:\n    return\n\n\ndef g(")
    assert not accepted("(" * 400 + "\n\ndef f(")
    assert not accepted("")


def test_learning_code_is_measured_and_drawn():
    lab = finished(opened(CODE, "python", hidden=32, reads=80_000, rate=0.03))
    drawn = figure(lab, "code")
    model, run = lab._bench.course.run.model, lab._bench.course.run
    rng = np.random.default_rng([1, 3, run.trainer.step])
    quality = all_of(code_quality(model, rng))
    parsed, brackets, lines = (each["y"][-1] for each in drawn["series"])
    assert parsed == pytest.approx(100 * quality.parsed.share, abs=0.01)
    assert brackets == pytest.approx(100 * quality.brackets, abs=0.01)
    assert lines == pytest.approx(100 * quality.indentation, abs=0.01)
    assert parsed > 50.0
    assert f"Python accepts {quality.parsed.parsed}" in drawn["summary"]
    newest = figure(lab, "samples")["entries"][0]
    source = "".join(piece["text"] for piece in newest["pieces"])
    assert source.startswith("def ")
    assert newest["note"].endswith("Python accepts its complete blocks")
    ast.parse(source[: source.rfind("\ndef")])


def test_own_text_may_be_called_code_and_need_not_know_def():
    lab = opened("xyz = [1, 2]\n" * 40, reads=3200)
    lab.set({"code": True})
    entry = figure(settled(lab), "samples")["entries"][0]
    assert entry["note"].endswith("not yet Python")
    lab = finished(lab)
    assert figure(lab, "code")["summary"] == "Nothing was measured yet."


def test_the_list_of_samples_stays_short_and_keeps_the_first_and_the_newest():
    samples = Samples()
    for characters in (0, 10, 10, 100, 200, 300, 1000, 5000, 20_000, 21_000):
        samples.add(Sample(characters, None, str(characters), 0))
        assert len(samples) <= 6
    kept = [sample.characters for sample in samples]
    assert kept == sorted(set(kept))
    assert (kept[0], kept[-1]) == (0, 21_000)
    assert 20_000 not in kept  # close to its neighbours in proportion
