"""The committed models load, are small, say what they are, and write what they learned from."""

import re
from pathlib import Path

import numpy as np
import pytest

from lab.gates.model import from_checkpoint
from publish.corpora.make import CORPORA
from publish.models import dates, recall
from rnn.dates.reader import DateReader
from rnn.text.char_model import CharModel
from rnn.text.code import balance, generate_code, parse_share
from rnn.text.sampling import Choice, write

FOLDER = Path(__file__).parents[1] / "models"
MOST_BYTES = 1_000_000
MODELS = {  # name: kind, corpus
    "moby-dick-lstm": ("lstm", "moby-dick"),
    "moby-dick-gru": ("gru", "moby-dick"),
    "moby-dick-rnn": ("rnn", "moby-dick"),
    "python-lstm": ("lstm", "python"),
    "first-names-lstm": ("lstm", "first-names"),
}
DATES = "dates-gru"
RECALL = {"recall-lstm": ("lstm", 164), "recall-gru": ("gru", 132)}  # name: kind, parameters
LINES = "prose-or-code-gru"
PROSE = [name for name, (_, corpus) in MODELS.items() if corpus == "moby-dick"]
# Of the book's words, the ones it uses most: they are about half of its text.
COMMON = set(
    """a about after ahab all am an and any are as at be been before boat but by can captain come
    could deck did do down ever every eyes for from go good great had hand has have head he her here
    him his how i if in into is it its know like little long look made man me men more most much
    must my never no not now of off old on one only or other our out over part pequod round said
    same sea see seemed sea ship should side so some sperm starbuck still stubb such than that the
    thee their them then there these they thing this those thou though three through thus thy time
    to two up upon us very was way well were whale whales what when where which white who will with
    without world would ye yet you your""".split()  # noqa: SIM905  (words, not a list)
)


def load(name: str) -> CharModel:
    return CharModel.from_checkpoint((FOLDER / f"{name}.safetensors").read_bytes())


def card(name: str) -> str:
    """What the README says of a model: from its heading to the next."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    return text.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]


def test_every_file_in_the_folder_is_a_model_of_the_list():
    assert {path.name for path in FOLDER.iterdir()} == {
        "README.md", *(f"{name}.safetensors" for name in (*MODELS, DATES, LINES, *RECALL))
    }  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_small_and_what_its_name_says(name):
    assert (FOLDER / f"{name}.safetensors").stat().st_size < MOST_BYTES
    model = load(name)
    assert model.kind == MODELS[name][0]
    assert model.dtype == np.float32


@pytest.mark.parametrize("name", MODELS)
def test_the_card_says_how_it_was_made_and_how_good_it_is(name):
    kind, corpus_name = MODELS[name]
    model, text = load(name), card(name)
    corpus = next(corpus for corpus in CORPORA if corpus.name == corpus_name)
    assert corpus.sha256 in text
    assert f"python -m rnn train build/corpora/{corpus_name}.txt --kind {kind}" in text
    assert f"--hidden {model.hidden} " in text
    assert "--seed " in text
    assert f"{model.parameters.flat.size:,} parameters" in text
    bits, unigram, bigram, trigram = (
        float(re.search(rf"\| {row} \| ([\d.]+) \|", text)[1])
        for row in ("this model", "unigram", "bigram", "trigram")
    )
    assert bits < trigram < bigram < unigram < np.log2(len(model.vocabulary))
    perplexity = float(re.search(r"perplexity ([\d.]+)", text)[1])
    assert perplexity == pytest.approx(2**bits, abs=0.01)
    rows = re.findall(r"^\| [\d,]+ \| [\d.]+ \| ([\d.]+) \|$", text, re.MULTILINE)
    curve = [float(row) for row in rows]
    assert len(curve) >= 4
    assert curve[-1] == pytest.approx(bits, abs=0.01)


@pytest.mark.parametrize("name", PROSE)
def test_prose_is_made_of_words_and_sentences(name):
    text = write(load(name), np.random.default_rng(1), 1500, "\n\n", Choice(0.6))
    words = re.findall(r"[a-z]+", text.lower())
    assert 200 < len(words) < 400
    assert sum(word in COMMON for word in words) / len(words) > 0.4
    assert text.count("\n") >= 5
    assert text.count(",") + text.count(".") > 10
    assert len(re.findall(r"[a-z]", text)) / len(text) > 0.7


@pytest.mark.parametrize("name", PROSE)
def test_greedy_prose_spells(name):
    text = write(load(name), np.random.default_rng(1), 200, "The ", Choice(greedy=True))
    words = re.findall(r"[a-z]+", text.lower())[:-1]
    assert sum(word in COMMON for word in words) / len(words) > 0.4


def test_code_is_python_as_often_as_the_card_says():
    model = load("python-lstm")
    # The card's figure is of 200; of 30 the share may be off by three standard deviations.
    samples = [
        generate_code(model, "def ", 400, np.random.default_rng([1, number]))
        for number in range(30)
    ]
    share = parse_share(samples).share
    stated = float(re.search(r"(\d+) of 200 samples", card("python-lstm"))[1]) / 200
    assert share == pytest.approx(stated, abs=0.28)
    found = [balance(sample) for sample in samples]
    assert np.mean([each.brackets for each in found]) > 0.9
    assert np.mean([each.indentation for each in found]) > 0.9


def test_first_names_look_like_names():
    text = write(load("first-names-lstm"), np.random.default_rng(1), 1500, "\n", Choice(0.8))
    names = text.split("\n")[:-1]
    assert len(names) > 150
    good = [name for name in names if re.fullmatch(r"[A-Z][a-z]{1,11}(-[A-Z][a-z]+)?", name)]
    assert len(good) / len(names) > 0.95
    assert sum(bool(re.search(r"[aeiouy]", name.lower())) for name in names) / len(names) > 0.98
    assert len(set(names)) / len(names) > 0.7


def test_the_reader_of_dates_is_what_its_card_says():
    path, text = FOLDER / f"{DATES}.safetensors", card(DATES)
    assert path.stat().st_size < MOST_BYTES
    reader = DateReader.from_checkpoint(path.read_bytes())
    assert (reader.hidden, reader.features) == (dates.HIDDEN, dates.FEATURES)
    assert "python -m publish.models.dates" in text
    assert f"seed {dates.SEED}." in text
    assert f"{reader.parameters.flat.size:,} parameters" in text
    asked = dates.held_out()
    right = reader.right(asked)
    assert right >= 0.95 * len(asked.days)
    told = int(re.search(r"([\d,]+) are exactly right", text)[1].replace(",", ""))
    assert right == pytest.approx(told, abs=4)  # another BLAS may round another way
    for line in dates.BEYOND:
        assert f"| {line} | {reader.write(line).text} |" in text


@pytest.mark.parametrize("name", RECALL)
def test_a_network_that_remembers_does_what_its_card_says(name):
    kind, parameters = RECALL[name]
    path = FOLDER / f"{name}.safetensors"
    assert path.stat().st_size < 10_000
    model, text = from_checkpoint(path.read_bytes()), card(name)
    assert model.kind == kind
    assert f"{model.parameters.flat.size} parameters, from seed {recall.SEED}." in text
    assert model.parameters.flat.size == parameters
    assert f"{recall.TESTED:,} new sequences with {recall.QUESTIONS} questions each" in text
    rows = re.findall(r"^\| (\d+) \| ([\d.]+)% \|$", text, re.MULTILINE)
    assert len(rows) >= 4
    for steps, share in rows:
        assert recall.right(model, int(steps), recall.SEED) == pytest.approx(
            float(share) / 100, abs=0.002
        )


def test_the_command_of_those_networks_trains_what_the_card_describes(monkeypatch, tmp_path):
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    lengths = f"Lengths from {recall.SHORTEST} to {recall.LONGEST} symbols"
    assert f"{lengths}, {recall.STEPS:,} mini-batches of {recall.BATCH}, Adam,\nrate" in told
    monkeypatch.setattr(recall, "MODELS", tmp_path)
    monkeypatch.setattr(recall, "STEPS", 5)
    recall.main([])
    for name, (kind, parameters) in RECALL.items():
        again = from_checkpoint((tmp_path / f"{name}.safetensors").read_bytes())
        assert (again.kind, again.parameters.flat.size) == (kind, parameters)
