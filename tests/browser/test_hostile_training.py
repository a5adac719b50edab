"""Documents, file names and models that break trainers, through the page: one tab for all of them.

Each works or is refused in one sentence; what was typed stays; nothing in any of them ever runs.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from rnn import checkpoints
from rnn.text.char_model import CharModel
from rnn.text.vocabulary import Vocabulary
from tests.browser.conftest import watched_tab
from tests.browser.hostile import (
    SCRIPTS,
    TEXTS,
    assert_nothing_ran,
    assert_one_sentence,
    field_text,
    in_a_field,
    set_field,
    watch,
)
from tests.browser.lab import Lab
from tests.browser.test_hostile import MALFORMED
from tests.rnn.hostile import HOSTILE as FILES

LINE = " and the sea went on. "
BOOK = ("Call me Ishmael. Some years ago, never mind how long precisely.\n" * 40).encode()
# What is in each file, and whether it can be learned from; None: either, but it says which.
DOCUMENTS: dict[str, tuple[bytes, bool | None]] = {
    "empty": (b"", False),
    "one byte": (b"a", False),
    "one repeated character": (b"a" * 5000, False),
    "a byte order mark alone": (b"\xef\xbb\xbf", False),
    "UTF-16 with its mark": ("Call me Ishmael. \n".encode("utf-16") * 1 + b"", None),
    "UTF-16 without": (BOOK.decode().encode("utf-16-le"), False),
    "Latin-1": ("naïve café ".encode("latin-1") * 50, False),
    "cut in a character": (BOOK + "é".encode()[:1], False),
    "a lone surrogate": (BOOK + b"\xed\xa0\x80", False),
    "zeros": (bytes(5000), False),
    "NUL within": (BOOK + b"\0" + BOOK, True),
    "CRLF": (BOOK.replace(b"\n", b"\r\n"), True),
    "a marked book": (b"\xef\xbb\xbf" + BOOK, True),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, False),
    "5,000 symbols": ("".join(map(chr, range(0x4E00, 0x4E00 + 5000))).encode() * 4, None),
    "10 MB": (BOOK * (10_000_000 // len(BOOK)), None),
}


@pytest.fixture(scope="module")
def chapter(browser: Browser, server: str) -> Iterator[Page]:
    """The chapter, with Python running, in a tab that notices what runs."""
    with watched_tab(browser, server, viewport={"width": 1280, "height": 800}) as (page, problems):
        watch(page)
        page.goto("train-your-own/")
        Lab(page, "text-trainer").load().wait_for("!s.wants")
        yield page
    assert problems == []


@pytest.fixture(scope="module")
def trainer(chapter: Page) -> Lab:
    """The trainer with a small network and the reader's own text."""
    lab = Lab(chapter, "text-trainer")
    lab.choose("corpus", "own")
    lab.expect_value("corpus", "own")
    lab.type_number("hidden", "16")
    lab.expect_value("hidden", 16)
    return lab


def answer(lab: Lab, control: str) -> str:
    """What is said beside a document once it is no longer under way: "" if it was taken."""
    state = lab.root.locator(f"[data-control={control}] .document-state")
    expect(state).not_to_contain_text("Taking")
    error = lab.root.locator(f"[data-control={control}] .control-error")
    return error.inner_text() if error.count() else ""


def bring(lab: Lab, control: str, name: str, data: bytes) -> str:
    chooser = lab.root.locator(f"[data-control={control}] input[type=file]")
    chooser.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
    return answer(lab, control)


def learned(lab: Lab) -> str:
    """Train until something was learned; the problem, if there is one, else ""."""
    lab.wait_for("s.problem || !s.running")
    if problem := lab.snapshot["problem"]:
        return str(problem)
    lab.press("train")
    lab.wait_for(
        "s.problem || Number(s.status.find(f => f.name === 'Read').value.replace(/\\D/g, '')) > 0",
    )
    problem = lab.snapshot["problem"]
    lab.pause("train")
    return str(problem or "")


@pytest.mark.parametrize("name", TEXTS)
def test_a_typed_text_is_taken_or_refused_in_a_sentence(trainer: Lab, name: str) -> None:
    field = trainer.root.get_by_label("Your own text", exact=True)
    text = TEXTS[name] and f"{TEXTS[name]}{LINE}" * 4
    set_field(field, text)
    if not text:
        expect(trainer.button("use-own_text")).to_be_disabled()
        return
    trainer.press("use-own_text")
    refusal = answer(trainer, "own_text")
    assert field_text(field) == in_a_field(text)
    assert_nothing_ran(trainer.root)
    if "half" in name:
        assert "surrogate" in refusal
        assert_one_sentence(refusal)
    else:
        assert refusal == ""
        if problem := trainer.snapshot["problem"]:
            assert_one_sentence(problem)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_is_learned_from_or_refused_in_a_sentence(trainer: Lab, name: str) -> None:
    data, good = DOCUMENTS[name]
    refusal = bring(trainer, "own_text", f"{name}.txt", data)
    said = refusal or learned(trainer)
    if said:
        assert_one_sentence(said)
    if good is not None:
        assert (said == "") is good, said
    assert_nothing_ran(trainer.root)


def test_a_file_that_is_too_large_is_told_before_it_is_read(trainer: Lab) -> None:
    refusal = bring(trainer, "own_text", "huge.txt", b"a" * 10_000_001)
    assert refusal == "“huge.txt” has 10 MB; at most 10 MB are taken here."


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_in_a_text_or_a_files_name_stays_text(trainer: Lab, name: str) -> None:
    script = SCRIPTS[name]
    refusal = bring(trainer, "own_text", f"{script}.txt", f"{script}\n".encode() * 60)
    assert refusal == ""
    assert learned(trainer) == ""
    state = trainer.root.locator("[data-control=own_text] .document-state")
    expect(state).to_contain_text(script.rpartition("/")[2][:12])
    trainer.wait_for("JSON.stringify(s.figures.samples ?? '').length > 60")
    assert_nothing_ran(trainer.root)


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_model_is_refused_in_a_sentence(trainer: Lab, name: str) -> None:
    refusal = bring(trainer, "model_file", "model.safetensors", FILES[name][0]())
    assert_one_sentence(refusal)
    assert refusal.startswith("model_file: ")
    assert trainer.values["model_file"] == ""
    assert_nothing_ran(trainer.root)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_in_a_models_facts_and_symbols_stays_text(trainer: Lab, name: str) -> None:
    script = SCRIPTS[name]
    model = CharModel(Vocabulary.of(f"{script}\n"), "gru", 4)
    data = model.to_checkpoint()
    arrays = dict(model.parameters)
    facts = checkpoints.from_bytes(data, arrays).facts
    facts = {**facts, "description": script, "training": json.dumps({"text": script})}
    bring(trainer, "model_file", f"{script}.safetensors", checkpoints.to_bytes(arrays, facts))
    assert_nothing_ran(trainer.root)
    assert bring(trainer, "model_file", f"{script}.safetensors", data) == ""
    trainer.wait_for("JSON.stringify(s.figures.samples ?? '').length > 60")
    assert_nothing_ran(trainer.root)
