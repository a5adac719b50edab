"""NumPy comes from three places; its hash decides, and failing is one sentence."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from publish.progress import StepError
from publish.runtime import fetch

NAME = "numpy.whl"
GOOD = b"the official wheel"


def ignore(_: str) -> None:
    """What is being done does not matter here."""


def giving(content: bytes) -> Callable[[str], bytes]:
    return lambda _: content


def failing(message: str) -> Callable[[str], bytes]:
    def download(_: str) -> bytes:
        raise OSError(message)

    return download


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and a lock file that wants GOOD."""
    entry = {"file_name": NAME, "sha256": hashlib.sha256(GOOD).hexdigest()}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps({"packages": {"numpy": entry}}), "utf-8")
    monkeypatch.setattr(fetch, "PYODIDE", tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(fetch, "_from_cdn", failing("no such host"))
    monkeypatch.setattr(fetch, "_from_pypi", failing("no such host"))
    return tmp_path / "cache" / "unrolled"


def test_the_cdn_is_asked_before_pypi(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_from_cdn", giving(GOOD))
    assert fetch.numpy_wheel(ignore) == world / NAME
    assert (world / NAME).read_bytes() == GOOD


def test_pypi_helps_where_the_cdn_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_from_pypi", giving(GOOD))
    said: list[str] = []
    assert fetch.numpy_wheel(said.append).read_bytes() == GOOD
    assert [line.rpartition("from ")[2] for line in said] == ["Pyodide's CDN", "PyPI"]


def test_a_wheel_in_the_cache_needs_no_network(world: Path) -> None:
    world.mkdir(parents=True)
    (world / NAME).write_bytes(GOOD)
    assert fetch.numpy_wheel(ignore) == world / NAME


def test_a_damaged_cache_is_fetched_again(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world.mkdir(parents=True)
    (world / NAME).write_bytes(b"half of it")
    monkeypatch.setattr(fetch, "_from_cdn", giving(GOOD))
    assert fetch.numpy_wheel(ignore).read_bytes() == GOOD


def test_without_network_one_sentence_says_so() -> None:
    with pytest.raises(StepError) as caught:
        fetch.numpy_wheel(ignore)
    assert str(caught.value) == (
        "NumPy for the browser could not be fetched "
        "(Pyodide's CDN: no such host; PyPI: no such host)"
    )


def test_other_bytes_are_refused_wherever_they_come_from(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "_from_cdn", giving(b"not the official wheel"))
    monkeypatch.setattr(fetch, "_from_pypi", giving(b""))
    with pytest.raises(StepError) as caught:
        fetch.numpy_wheel(ignore)
    assert str(caught.value).count("the file's SHA-256 is not the one in pyodide-lock.json") == 2
    assert "\n" not in str(caught.value)
    assert not (world / NAME).exists()
