"""A lab takes a document, gives something away, and keeps its work."""

import json

import pytest

from lab.kit import ControlError
from lab.kit.controls import Document, Text
from lab.kit.host import call
from tests.lab.kit.keeping import install
from tests.lab.packets import decode


@pytest.fixture(autouse=True)
def notebook(monkeypatch):
    install(monkeypatch)


def ask(op, attachment=None, **rest):
    return decode(call(json.dumps({"op": op, **rest}), attachment))


@pytest.fixture
def session():
    number = ask("open", lab="notebook", options={})["session"]
    yield number
    ask("close", session=number)


def raw(array):
    dtype, _, values = array
    assert dtype == "u1"
    return bytes(values)


def upload(session, data, filename="a.txt", control="document"):
    return ask("upload", data, session=session, control=control, filename=filename)["snapshot"]


# The controls


def test_a_document_is_described_and_takes_no_value():
    control = Document(name="own", label="Own", group="g", endings=(".txt",))
    described = control.describe()
    assert described["kind"] == "document"
    assert (described["longest"], described["typed"]) == (10_000_000, True)
    assert control.accept("") == ""
    with pytest.raises(ControlError, match=r"^own is taken by paste, drop or file only; got 'x'$"):
        control.accept("x")


def test_a_text_may_have_several_lines():
    control = Text(name="own", label="Own", group="g", default="", lines=5)
    assert control.describe()["lines"] == 5
    assert control.accept("a\nb") == "a\nb"


# Documents


@pytest.mark.parametrize("data", [b"Moby", memoryview(b"Moby")])
def test_a_document_is_taken_under_its_name(session, data):
    snapshot = upload(session, data)
    assert snapshot["values"]["document"] == "a.txt, 4 bytes"
    assert snapshot["status"] == [{"name": "Sum", "value": "4"}]


def test_what_was_typed_has_no_name(session):
    assert upload(session, b"", "")["values"]["document"] == "typed text, 0 bytes"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (bytes(1001), "document must be at most 1,000 bytes long; got 1,001"),
        ("a\ud800".encode("utf-8", "surrogatepass"), "document: byte 2 is not UTF-8"),
        (b"\x80\x04", "document: the file is a Python pickle"),
        (None, "document: the document came without its bytes"),
    ],
)
def test_a_document_is_refused_in_one_sentence_and_nothing_changes(session, data, message):
    before = upload(session, b"before")
    with pytest.raises(ControlError) as refused:
        upload(session, data)
    assert str(refused.value) == message
    assert repr(ask("set", session=session, values={})["snapshot"]) == repr(before)


def test_only_a_document_takes_a_document(session):
    with pytest.raises(ControlError, match=r"^word takes no document; got 'a.txt'$"):
        upload(session, b"", control="word")
    with pytest.raises(ControlError, match=r"'nose' is not a control of notebook"):
        upload(session, b"", control="nose")
    plain = ask("open", lab="scalar-rnn")["session"]
    with pytest.raises(ControlError, match=r"^w_x takes no document"):
        upload(plain, b"", control="w_x")
    ask("close", session=plain)


# Giving away


def test_an_output_crosses_as_bytes_and_is_forgotten(session):
    output = ask("act", session=session, action="save")["snapshot"]["output"]
    assert (output["as"], output["name"]) == ("download", "notebook.txt")
    assert raw(output["data"]) == b"sum 0"
    assert "output" not in ask("set", session=session, values={})["snapshot"]


# Keeping


def test_what_is_kept_is_gone_on_from(session):
    before = upload(session, b"four")["keep"]
    ask("act", session=session, action="count")
    assert ask("advance", session=session, budget_ms=1)["snapshot"]["keep"] > before
    data = raw(ask("keep", session=session)["data"])
    other = ask("open", lab="notebook")["session"]
    snapshot = ask("restore", data, session=other)["snapshot"]
    assert snapshot["status"] == [{"name": "Sum", "value": "5"}]
    ask("close", session=other)


def test_nothing_may_be_kept_in_no_bytes(session, monkeypatch):
    monkeypatch.setattr("tests.lab.kit.keeping.Notebook.kept", lambda self: b"")
    assert ask("keep", session=session)["data"] == ("u1", [0], [])


def test_a_record_that_is_none_is_refused(session):
    with pytest.raises(ControlError, match=r"^what was kept is no number$"):
        ask("restore", b"garbage", session=session)
    with pytest.raises(ControlError, match=r"^what was kept came without its bytes$"):
        ask("restore", session=session)


def test_a_lab_that_keeps_nothing_says_so():
    plain = ask("open", lab="scalar-rnn")["session"]
    for op in ("keep", "restore"):
        with pytest.raises(ControlError, match=r"^scalar-rnn keeps nothing$"):
            ask(op, b"", session=plain)
    ask("close", session=plain)
