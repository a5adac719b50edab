"""The texts and series of the book: from where, made plain how, and the hash each must have."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from publish.corpora.code import plain_code
from publish.corpora.names import shuffled_names
from publish.corpora.packages import FEMALE_NAMES, MALE_NAMES, MOBY_DICK, VEGA_DATASETS, read
from publish.corpora.prose import plain_prose
from publish.corpora.series import column
from publish.programs import ROOT
from publish.progress import StepError, Steps
from publish.runtime.archive import read_archive
from publish.runtime.fetch import PYODIDE


@dataclass(frozen=True)
class Corpus:
    """A text by its name, how it is made, and the SHA-256 of its UTF-8 bytes."""

    name: str
    title: str
    sha256: str
    text: Callable[[], str]

    def made(self) -> bytes:
        """The text, hash-checked. Raises StepError in one sentence when it is another."""
        try:
            content = self.text().encode()
        except (OSError, KeyError, ValueError, SyntaxError) as error:
            raise StepError(f"the corpus {self.name} cannot be made: {error}") from error
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise StepError(
                f"the corpus {self.name} is not the one the models learned from: "
                f"its SHA-256 must be {self.sha256}; got {found}"
            )
        return content


def _moby_dick() -> str:
    return plain_prose(read(MOBY_DICK, "data/data.txt"))


def _python() -> str:
    archive = PYODIDE / "python_stdlib.zip"
    if not archive.is_file():
        raise StepError("Pyodide is missing: run `make build`, which gets it")
    return plain_code(read_archive(archive))


def _first_names() -> str:
    return shuffled_names(read(package, "data/names.txt") for package in (FEMALE_NAMES, MALE_NAMES))


def _carbon_dioxide() -> str:
    return column(read(VEGA_DATASETS, "data/co2-concentration.csv"), "Date", "CO2")


def _temperatures() -> str:
    return column(read(VEGA_DATASETS, "data/seattle-weather.csv"), "date", "temp_max")


CORPORA = (
    Corpus(
        "moby-dick",
        "Moby-Dick, by Herman Melville (1851)",
        "d57c22396ffe002638a01c5aeb3f65655da3c686433f7f2cb699ebd9dcbd10f2",
        _moby_dick,
    ),
    Corpus(
        "python",
        "Source code of Python's standard library",
        "39de68293e41b628a224913f6c395dd47d8f1ff502d276bb3815d59f3d29ace2",
        _python,
    ),
    Corpus(
        "first-names",
        "English first names",
        "2bd90228b2ba57a3be5b59a6608663f3ec95899bd5325f7019da7c42171dc1ca",
        _first_names,
    ),
    Corpus(
        "carbon-dioxide",
        "Carbon dioxide at Mauna Loa",
        "dd87561f7c6134a26ded5adc3481d2228ce30b20969f4dc5b41e202c2710f279",
        _carbon_dioxide,
    ),
    Corpus(
        "temperatures",
        "Temperatures at Seattle",
        "8b39b9c13dbcb616b4b84e78e34f71ffe09d94f949a6ea81012be22283a43078",
        _temperatures,
    ),
)


FOLDER = ROOT / "build" / "corpora"


def text_names() -> list[str]:
    """Every corpus there is, in alphabetical order."""
    return sorted(corpus.name for corpus in CORPORA)


def read_text(name: str) -> bytes:
    """The UTF-8 bytes of a corpus, made where it is missing.

    Raises:
        StepError: saying why it could not be made.
    """
    corpus = next(corpus for corpus in CORPORA if corpus.name == name)
    if not _there(FOLDER, corpus):
        _write(FOLDER, corpus)
    return (FOLDER / f"{name}.txt").read_bytes()


def write(folder: Path) -> None:
    """Write every corpus that is not there yet as `NAME.txt` into a folder.

    Raises:
        StepError: saying which could not be made, and why.
    """
    missing = [corpus for corpus in CORPORA if not _there(folder, corpus)]
    steps = Steps(len(missing))
    for corpus in missing:
        with steps.step(corpus.title):
            _write(folder, corpus)


def _write(folder: Path, corpus: Corpus) -> None:
    content = corpus.made()
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{corpus.name}.part"
    beside.write_bytes(content)
    beside.replace(folder / f"{corpus.name}.txt")


def _there(folder: Path, corpus: Corpus) -> bool:
    path = folder / f"{corpus.name}.txt"
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == corpus.sha256
