"""Set-up: nothing twice, nothing half, and every failure in one sentence."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from publish import setup
from publish.lock import missing
from publish.programs import ProgramError, reason, run
from publish.progress import StepError, Steps
from publish.setup import Task

ROOT = Path(__file__).parents[2]


def task(stamp: Path, key: str = "key", do: object = None) -> Task:
    return Task("A task", key, stamp, do or (lambda: None))


def test_a_task_is_stale_until_done_and_again_when_its_key_changes(tmp_path: Path) -> None:
    done = task(tmp_path / "stamps" / "a")
    assert done.stale()
    done.perform()
    assert not done.stale()
    assert task(tmp_path / "stamps" / "a", "another key").stale()


def test_a_task_that_breaks_leaves_no_stamp(tmp_path: Path) -> None:
    def fail() -> None:
        raise StepError("no network")

    stamp = tmp_path / "a"
    task(stamp).perform()
    with pytest.raises(StepError):
        task(stamp, "new", fail).perform()
    assert not stamp.exists()


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "hash"),
        ("npm error code EINTEGRITY\nnpm error sha512-x integrity checksum failed", "hash"),
        ("npm error code ENOTFOUND\nnpm error network request failed", "no network"),
        (
            "WARNING: Retrying: NewConnectionError('x')\nERROR: No matching distribution",
            "no network",
        ),
        ("npm error code EAI_AGAIN", "no network"),
        ("E: Temporary failure resolving 'x'", "no network"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("npm error nope\nnpm error A complete log of this run is in x", "npm error nope"),
        ("something\nE: Unable to locate package chromium\n", "Unable to locate package chromium"),
        ("", "it printed nothing"),
    ],
)
def test_the_reason_is_told_in_words(output: str, words: str) -> None:
    assert words in reason(output)
    assert "\n" not in reason(output)


def test_a_failing_program_is_named_with_its_reason_and_its_log() -> None:
    with pytest.raises(ProgramError, match=r"^A test failed: boom \(see build/logs/a-test\.txt\)$"):
        run("A test", [sys.executable, "-c", "import sys; print('boom'); sys.exit(3)"])
    assert (ROOT / "build" / "logs" / "a-test.txt").read_text(encoding="utf-8") == "boom\n"


def test_a_missing_program_is_named() -> None:
    with pytest.raises(StepError, match=r"^A test failed: no-such-program: No such file"):
        run("A test", ["no-such-program"])


def test_steps_are_numbered_and_timed(capsys: pytest.CaptureFixture[str]) -> None:
    steps = Steps(2)
    with steps.step("One"):
        pass
    with pytest.raises(StepError), steps.step("Two"):
        raise StepError("no")
    out = capsys.readouterr().out
    assert re.fullmatch(r"\[1/2\] One \.\.\. \d\.\d s\n\[2/2\] Two \.\.\. failed\n", out)


def test_an_old_python_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup.sys, "argv", ["setup", "build"])
    monkeypatch.setattr(setup, "OLDEST_PYTHON", (99,))
    assert setup.main() == 1
    assert "make build PYTHON=/path/to/" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["setup", "programs", "progress"])
def test_what_runs_before_the_version_is_checked_means_nothing_new_to_an_old_python(
    module: str,
) -> None:
    text = (setup.ROOT / "pysrc" / "publish" / f"{module}.py").read_text(encoding="utf-8")
    assert "from __future__ import annotations" in text
    ast.parse(text, feature_version=(3, 8))


@pytest.mark.parametrize(
    ("version", "enough"), [("v18.20.1", False), ("v20.0.0", True), ("", False)]
)
def test_the_machines_node_must_be_new_enough_and_have_npm(
    version: str, enough: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin-without-npm")
    assert not setup._system_node()
    (tmp_path / "npm").symlink_to(node)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert setup._system_node() is enough


def test_the_set_up_runs_on_the_standard_library_alone() -> None:
    """-S leaves out site-packages, so an import of anything installed would fail."""
    code = "import publish.setup, sys; print([n for n in sys.modules if 'site-packages' in n])"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": str(ROOT / "pysrc")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["build", "test", "node", "zensical", "torch"])
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = [line for line in lock.splitlines() if "==" in line and not line.startswith(" ")]
    assert pinned
    assert all(line.endswith("\\") for line in pinned)
    assert "://" not in lock
    assert "--find-links" not in lock


def test_the_package_lock_holds_hashes_and_no_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')


def test_what_debian_leaves_out_is_installed_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    with pytest.raises(StepError, match=r"python3\.\d+-venv is missing: .*sudo apt-get install"):
        setup._make_venv(Path("unused"))


@pytest.mark.parametrize("name", ["VENV", "NODE_MODULES"])
@pytest.mark.parametrize("there", [True, False], ids=["kept", "gone"])
def test_what_a_link_leads_to_is_left_alone_and_one_sentence_says_what_to_do(
    name: str,
    there: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As in a worktree, whose .venv and node_modules are often those of the first copy."""
    theirs = tmp_path / "elsewhere" / "stamps"
    if there:
        theirs.mkdir(parents=True)
    linked = tmp_path / getattr(setup, name).name
    linked.symlink_to(theirs.parent)
    for folder in ("VENV", "NODE_MODULES"):
        monkeypatch.setattr(setup, folder, tmp_path / getattr(setup, folder).name)
    monkeypatch.setattr(setup, "BIN", setup.VENV / "bin")
    monkeypatch.setattr(setup, "_system_node", lambda: True)
    monkeypatch.setattr(setup.sys, "argv", ["setup", "build"])
    assert setup.main() == 1
    out, said = capsys.readouterr()
    assert out == ""
    assert said.startswith(f"Set-up stopped: {linked.name} is a link to {theirs.parent}, ")
    assert f"`rm {linked.name}`" in said
    assert said.count("\n") == 1
    assert linked.is_symlink()
    assert theirs.is_dir() is there


def test_a_lock_names_platforms_that_are_missing() -> None:
    packages = {
        "": {},
        "node_modules/tool": {"optionalDependencies": {"tool-linux": "1", "tool-mac": "1"}},
        "node_modules/tool-linux": {},
    }
    assert missing(packages) == ["tool-mac"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert missing(lock["packages"]) == []


def test_a_browser_that_cannot_be_had_does_not_stop_the_set_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(setup, "BIN", Path(sys.executable).parent)
    monkeypatch.setattr(setup, "FIND_OTHERS", tmp_path / "none.py")
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    (tmp_path / "none.py").write_text("raise SystemExit(1)", encoding="utf-8")
    setup._other_browser("firefox", ("firefox-esr",)).perform()
    assert "its test will be skipped: firefox-esr is missing" in capsys.readouterr().out
