"""A lab wants a file, is given it, refuses a wrong one; nobody gives what is not wanted."""

import json

import pytest

from lab.kit import ControlError, FileRefused, first_frame
from lab.kit.host import ClosedSession, call
from tests.lab.kit.wanting import install
from tests.lab.packets import decode


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    install(monkeypatch)


def ask(op, attachment=None, **rest):
    return decode(call(json.dumps({"op": op, **rest}), attachment))


@pytest.fixture
def session():
    number = ask("open", lab="reader", options={})["session"]
    yield number
    ask("close", session=number)


@pytest.mark.parametrize("attachment", [b"content", memoryview(b"content")])
def test_what_is_given_is_had_and_wanted_no_longer(session, attachment):
    assert ask("set", session=session, values={})["snapshot"]["wants"] == "one"
    reply = ask("give", attachment, session=session, name="one")
    assert set(reply) == {"session", "snapshot"}
    assert reply["session"] == session
    assert reply["snapshot"]["wants"] is None
    assert reply["snapshot"]["has"] == {"one": "content"}


def test_the_attachment_is_copied(session):
    content = bytearray(b"content")
    ask("give", memoryview(content), session=session, name="one")
    content[:] = b"changed"
    assert ask("set", session=session, values={})["snapshot"]["has"] == {"one": "content"}


def test_only_what_is_shown_is_in_the_answer(session):
    shown = {"figures": ["plot"], "tables": []}
    reply = ask("give", b"content", session=session, name="one", shown=shown)
    assert set(reply["snapshot"]["figures"]) == {"plot"}


def test_a_file_that_is_no_longer_wanted_is_dropped(session):
    ask("set", session=session, values={"file": "two"})
    snapshot = ask("give", b"late", session=session, name="one")["snapshot"]
    assert (snapshot["has"], snapshot["wants"]) == ({}, "two")
    ask("give", b"content", session=session, name="two")
    snapshot = ask("give", b"again", session=session, name="two")["snapshot"]
    assert (snapshot["has"], snapshot["wants"]) == ({"two": "content"}, None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"pickle", "one was refused: the file is not a checkpoint: it is a Python pickle"),
        (b"odd", "one was refused: seed_text: the model never saw 'é'"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence_and_still_wanted(session, content, message):
    with pytest.raises(FileRefused) as refused:
        ask("give", content, session=session, name="one")
    assert str(refused.value) == message
    assert ask("set", session=session, values={})["snapshot"]["wants"] == "one"
    assert ask("give", b"good", session=session, name="one")["snapshot"]["wants"] is None


def test_a_mistake_of_ours_is_not_dressed_as_the_files(session):
    with pytest.raises(ValueError, match=r"^not for readers$"):
        ask("give", b"bug", session=session, name="one")


def test_a_lab_without_wishes_refuses():
    number = ask("open", lab="scalar-rnn")["session"]
    with pytest.raises(ControlError, match=r"^scalar-rnn takes no files; got 'one'$"):
        ask("give", b"content", session=number, name="one")
    ask("close", session=number)


def test_a_file_without_bytes_is_refused(session):
    with pytest.raises(ControlError, match=r"^the file 'one' came without its bytes$"):
        ask("give", session=session, name="one")


def test_a_closed_session_says_so():
    number = ask("open", lab="reader")["session"]
    ask("close", session=number)
    with pytest.raises(ClosedSession):
        ask("give", b"content", session=number, name="one")


def test_an_attachment_to_another_request_changes_nothing(session):
    assert ask("set", b"content", session=session, values={})["snapshot"]["has"] == {}


# The first frame


def test_a_first_frame_reads_what_is_wanted():
    asked = []

    def read(name):
        asked.append(name)
        return name.encode()

    frame = first_frame("reader", {"file": "two"}, read)
    assert asked == ["two"]
    assert frame["files"] == ["two"]
    assert frame["snapshot"]["wants"] is None
    assert frame["snapshot"]["has"] == {"two": "two"}


def test_a_lab_that_wants_nothing_reads_nothing():
    def read(name):
        raise AssertionError(name)

    assert first_frame("scalar-rnn", {}, read)["files"] == []


def test_without_a_place_to_read_from_the_wish_is_told():
    with pytest.raises(ControlError, match=r"^the file 'one' is wanted, and there is nothing to"):
        first_frame("reader", {})


def test_a_wish_that_stays_is_told_instead_of_asked_for_ever():
    with pytest.raises(ControlError, match=r"^the file 'one' was given and is wanted again$"):
        first_frame("reader", {}, lambda name: b"ignored")


def test_a_compact_frame_holds_the_compact_figures_only():
    def figures(layout):
        frame = first_frame("reader", {"layout": layout}, str.encode)
        return list(frame["snapshot"]["figures"])

    assert figures("compact") == ["plot"]
    assert figures("full") == ["plot", "rest"]
