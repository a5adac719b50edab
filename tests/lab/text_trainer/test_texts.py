"""Any text: each hostile one trains, or is refused in one sentence that says where and why."""

import codecs

import pytest

from lab.kit import ControlError
from lab.kit.registry import upload
from lab.kit.wire import to_packet
from lab.text_trainer import LAB, bench
from lab.text_trainer.texts import decoded
from tests.lab.packets import decode
from tests.lab.small_models import HOSTILE
from tests.lab.text_trainer.playing import (
    BOOK,
    SMALL,
    figure,
    opened,
    problem,
    read,
    said,
    settled,
    snapshot,
    status,
    trained,
    values,
    with_own_text,
)

TEXT = "Zoë’s café: naïve façade. \N{GRINNING FACE} ".replace("\N{GRINNING FACE}", "x")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_each_encoding_that_says_what_it_is(mark, encoding):
    assert decoded("own_text", mark + TEXT.encode(encoding)) == TEXT


def test_an_older_file_is_read_when_its_encoding_is_chosen():
    data = "Zoë’s café. ".encode("cp1252") * 20
    with pytest.raises(ControlError) as refusal:
        decoded("own_text", data)
    assert str(refusal.value) == (
        "own_text: the text is not UTF-8: 0xEB at byte 2 is no part of a character; if it is an "
        "older file of Windows, choose its encoding under More"
    )
    lab = with_own_text(data, encoding="cp1252")
    assert "é" in lab._bench.course.run.model.vocabulary.characters


@pytest.fixture(scope="module")
def lab_in_use():
    """One for all that is refused: it stays as it was."""
    return trained(opened(), 500)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b"a", "it holds only 'a'"),
        (b"aaaa" * 5000, "it holds only 'a'"),
        (b"ab", "at least 20 characters to hold out a tenth; got 2"),
        (
            b"good text \xed\xa0\x80 and more of it",
            "lone surrogate U+D800, half a character, at byte 10",
        ),
        (b"\xff\xd8\xff\xe0JFIF", "0xFF at byte 0 is no part"),
        (b"PK\x03\x04\xff\x00", "0xFF at byte 4 is no part"),
        (("only ascii, but wide " * 5).encode("utf-16-le"), "UTF-16 without its byte order mark"),
        (
            codecs.BOM_UTF16_LE + b"a\x00b\xd8c\x00",
            "not UTF-16, as its first bytes say",
        ),
        (codecs.BOM_UTF16_LE + b"a\x00b", "not UTF-16, as its first bytes say"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence_and_changes_nothing(data, words, lab_in_use):
    lab = lab_in_use
    before = snapshot(lab, "losses")
    with pytest.raises(ControlError) as refusal:
        upload(lab, "own_text", "x.txt", data)
    message = str(refusal.value)
    assert message.startswith("own_text: ")
    assert words in message
    assert "\n" not in message
    after = snapshot(lab, "losses")
    assert after["values"] == before["values"]
    assert after["figures"]["losses"]["summary"] == before["figures"]["losses"]["summary"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_learned_from(name):
    text = f"{HOSTILE[name]} and some more " * 6
    lab = trained(with_own_text(text), 200)
    assert problem(lab) is None
    assert read(lab) >= 200
    shown = decode(to_packet(lab.snapshot()))
    assert shown["values"]["own_text"].startswith("own.txt, ")
    entries = shown["figures"]["samples"]["entries"]
    written = "".join(piece["text"] for entry in entries for piece in entry["pieces"])
    assert not {"\x00", "\x1b", "\u202e", "\u2067", "\ufeff"} & set(written)


def test_line_ends_of_windows_become_line_feeds():
    lab = with_own_text("one\r\ntwo\rthree\n" * 10)
    assert "\r" not in lab._bench.course.run.model.vocabulary.characters


def test_five_thousand_symbols():
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 5000))) * 2
    lab = trained(with_own_text(text), 100)
    assert len(lab._bench.course.run.model.vocabulary) == 5000
    assert problem(lab) is None


def test_ten_megabytes_are_taken_and_one_byte_more_is_not(monkeypatch):
    monkeypatch.setattr(bench, "SLICED", True)
    lab = LAB({**SMALL, "corpus": "own"})
    data = (BOOK.encode() * 2000)[:10_000_000]
    upload(lab, "own_text", "big.txt", data)
    assert said(lab) == "Taken: 10,000,000 characters."
    lab.advance(20.0)
    assert status(lab)["State"] == "Preparing"
    with pytest.raises(ControlError, match="own_text must be at most 10,000,000 bytes long"):
        upload(lab, "own_text", "bigger.txt", data + b"x")


def test_own_text_sets_the_run_aside_and_is_named():
    lab = trained(opened(), 500)
    upload(lab, "own_text", "", ("my own words, " * 30).encode())
    assert values(lab)["corpus"] == "own"
    assert values(lab)["own_text"] == "what you wrote, 420 characters"
    assert "set aside" in said(lab)
    assert read(settled(lab)) == 0
    assert figure(lab, "losses")["summary"].startswith("Before training")
    lab.act("bring_back")
    assert values(lab)["corpus"] == "moby-dick"


def test_no_other_control_takes_a_document():
    with pytest.raises(ControlError, match="corpus takes no document"):
        upload(opened(), "corpus", "x.txt", b"text")
