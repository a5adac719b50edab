"""Two builds in one folder take turns."""

import threading
import time
from pathlib import Path

import pytest

from publish.alone import alone


def test_a_second_build_says_that_it_waits_and_then_has_its_turn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turns: list[str] = []

    def second() -> None:
        with alone(tmp_path / "build"):
            turns.append("second")

    waiting = threading.Thread(target=second)
    with alone(tmp_path / "build"):
        waiting.start()
        said = ""
        for _ in range(1000):
            if "waiting" in (said := said + capsys.readouterr().out):
                break
            time.sleep(0.01)
        turns.append("first")
    waiting.join(10)
    assert turns == ["first", "second"]
    assert "waiting" in said


def test_a_build_that_failed_keeps_nobody_waiting(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="failed"), alone(tmp_path):
        raise ValueError("failed")
    with alone(tmp_path):
        pass
