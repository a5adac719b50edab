"""A corpus is the very text the models learned from, or one sentence."""

import ast
import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from publish.corpora import packages
from publish.corpora.__main__ import main
from publish.corpora.code import LONGEST, bare, blocks, plain_code
from publish.corpora.make import CORPORA, Corpus, write
from publish.corpora.names import shuffled_names
from publish.corpora.packages import Package
from publish.corpora.prose import plain_prose
from publish.progress import StepError
from publish.runtime.archive import read_archive
from publish.runtime.fetch import PYODIDE, cache_folder

STANDARD_LIBRARY = PYODIDE / "python_stdlib.zip"


def test_prose_is_typed():
    text = "CHAPTER 1.\r\n\r\n\r\n\r\n“It’s—so!” \n\n     verse\n\n"
    assert plain_prose(text) == 'CHAPTER 1.\n\n"It\'s--so!"\n\n     verse\n'
    with pytest.raises(ValueError, match="must be ASCII after typing it; it holds 'é'"):
        plain_prose("café")


def test_names_are_each_there_once_in_an_order_of_the_seed():
    names = shuffled_names(["Ann\nBea\nCy\n", "Cy\r\nDan\r\n\r\n", "Eve"])
    assert sorted(names.split("\n")) == ["", "Ann", "Bea", "Cy", "Dan", "Eve"]
    assert names == shuffled_names(["Eve\nDan\nCy\nBea\nAnn"])
    assert names != "Ann\nBea\nCy\nDan\nEve\n"


def test_code_loses_its_comments_docstrings_and_blank_lines():
    source = '''"""A module."""
import os  # for nothing


def f(x):
    """Say.

    More.
    """

    # a comment
    y = "# no comment"


    return x + y


class A:
    """Only this."""

def g(): "on the same line"
'''
    assert bare(source) == (
        'import os\n\ndef f(x):\n    y = "# no comment"\n\n    return x + y\n\n'
        'class A:\n    pass\n\ndef g(): "on the same line"\n'
    )


def test_blocks_are_the_short_functions_and_classes_with_their_decorators():
    long = "def long():\n" + "    x = 1\n" * LONGEST
    source = f"import os\n@a\n@b(\n  1)\ndef f():\n    pass\nx = 1\n{long}class A:\n    y = 2\n"
    assert list(blocks(source)) == [
        "@a\n@b(\n  1)\ndef f():\n    pass",
        "class A:\n    y = 2",
    ]
    assert plain_code({"a.py": source.encode(), "b.txt": b"def", "c.py": "# é".encode()}) == (
        "@a\n@b(\n  1)\ndef f():\n    pass\n\nclass A:\n    y = 2\n"
    )


def test_the_code_corpus_is_the_one_recorded_and_parses():
    text = plain_code(read_archive(STANDARD_LIBRARY))
    recorded = next(corpus.sha256 for corpus in CORPORA if corpus.name == "python")
    assert hashlib.sha256(text.encode()).hexdigest() == recorded
    assert all(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.parse(text).body)


@pytest.mark.parametrize("name", ["moby-dick", "first-names"])
def test_the_other_corpora_are_the_ones_recorded(name):
    needed = [packages.MOBY_DICK, packages.FEMALE_NAMES, packages.MALE_NAMES]
    if any(not (cache_folder() / package.archive).is_file() for package in needed):
        pytest.skip("the tests fetch no corpora: python -m publish.corpora build/corpora does")
    corpus = next(corpus for corpus in CORPORA if corpus.name == name)
    text = corpus.made().decode("ascii")
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    if name == "moby-dick":
        assert text.count("\nCHAPTER ") == 134
        assert text.startswith("CHAPTER 1. Loomings.\n\nCall me Ishmael.")


def test_another_text_ends_in_one_sentence(tmp_path, monkeypatch, capsys):
    wrong = Corpus("verse", "Verse", "0" * 64, lambda: "other\n")
    with pytest.raises(StepError, match="the corpus verse is not the one the models learned from"):
        wrong.made()
    monkeypatch.setattr("publish.corpora.make.CORPORA", (wrong,))
    monkeypatch.setattr("sys.argv", ["corpora", str(tmp_path / "texts")])
    assert main() == 1
    error = capsys.readouterr().err
    assert error.startswith("The corpora could not be written: the corpus verse is not")
    assert error.count("\n") == 1
    assert not (tmp_path / "texts").exists()


def test_what_is_there_is_not_made_again_and_what_is_damaged_is(tmp_path, monkeypatch):
    made = []
    text = "twice\n"

    def make() -> str:
        made.append(text)
        return text

    corpus = Corpus("a", "A", hashlib.sha256(text.encode()).hexdigest(), make)
    monkeypatch.setattr("publish.corpora.make.CORPORA", (corpus,))
    write(tmp_path)
    write(tmp_path)
    assert len(made) == 1
    (tmp_path / "a.txt").write_text("damaged", encoding="utf-8")
    write(tmp_path)
    assert (len(made), (tmp_path / "a.txt").read_text(encoding="utf-8")) == (2, text)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def packed(folder: Path, member: str, content: bytes) -> None:
    with tarfile.open(folder / "scope-texts-1.0.0.tgz", "w:gz") as archive:
        info = tarfile.TarInfo(f"package/{member}")
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))


def test_a_package_is_fetched_once_and_only_with_its_hash(tmp_path, monkeypatch):
    cache, source = tmp_path / "cache", tmp_path / "source"
    source.mkdir()
    packed(source, "data/a.txt", "é\n".encode())
    integrity = packages._integrity(source / "scope-texts-1.0.0.tgz")
    package = Package("@scope/texts", "1.0.0", integrity)
    calls = []

    def npm(what, command, env):
        calls.append(command[-1])
        folder = Path(command[command.index("--pack-destination") + 1])
        (folder / package.archive).write_bytes((source / package.archive).read_bytes())

    monkeypatch.setattr(packages, "cache_folder", lambda: cache)
    monkeypatch.setattr(packages, "node", lambda: "/somewhere/node")
    monkeypatch.setattr(packages, "run", npm)
    assert packages.read(package, "data/a.txt") == "é\n"
    assert packages.read(package, "data/a.txt") == "é\n"
    assert calls == ["@scope/texts@1.0.0"]
    with pytest.raises(StepError, match=r"@scope/texts 1\.0\.0 has no file data/b\.txt"):
        packages.read(package, "data/b.txt")
    (cache / package.archive).write_bytes(b"damaged")
    assert packages.read(package, "data/a.txt") == "é\n"
    packed(source, "data/a.txt", b"other")
    (cache / package.archive).unlink()
    with pytest.raises(StepError, match="does not match the hash in the lock"):
        packages.read(package, "data/a.txt")
    assert not (cache / package.archive).exists()
