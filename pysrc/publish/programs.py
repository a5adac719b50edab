"""Run another program quietly; if it fails, say why in one sentence.

Standard library only: the set-up uses this before anything is installed.
"""

from __future__ import annotations  # so that an older Python gets as far as the sentence

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from publish.progress import StepError

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "build" / "logs"
OLDEST_NODE = 20

# What a failing installer prints, and what that means. The first match decides.
REASONS = {
    "a download does not match the hash in the lock file, so it was refused": (
        r"DO NOT MATCH THE HASHES|EINTEGRITY|integrity checksum failed"
    ),
    "the disk is full": r"No space left on device|ENOSPC",
    "no network: the download server cannot be reached": (
        r"NewConnectionError|Name or service not known|name resolution|Temporary failure resolving"
        r"|Could not resolve|Network is unreachable|Connection refused|ProxyError|ConnectTimeout"
        r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
    ),
    "the download server's certificate is not trusted by this machine": (
        r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|unable to get local issuer"
    ),
    "permission denied": r"Permission denied|EACCES",
}


class ProgramError(StepError):
    """A program ended badly. `output` is all it printed."""

    def __init__(self, message: str, output: str) -> None:
        super().__init__(message)
        self.output = output


def run(
    what: str,
    command: Sequence[str | Path],
    env: Mapping[str, str] | None = None,
) -> str:
    """Run a program in the repository and return what it printed.

    Raises:
        StepError: if it cannot be started.
        ProgramError: naming what failed, why if we can tell, and the file with the full output.
    """
    arguments = [str(part) for part in command]
    try:
        done = subprocess.run(
            arguments, cwd=ROOT, env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", check=False,
        )  # fmt: skip
    except OSError as error:
        raise StepError(f"{what} failed: {arguments[0]}: {error.strerror}") from error
    if done.returncode:
        log = _keep(what, done.stdout)
        raise ProgramError(f"{what} failed: {reason(done.stdout)} (see {log})", done.stdout)
    return done.stdout


def reason(output: str) -> str:
    """Explain an installer's output in one clause; its last telling line where we cannot."""
    for meaning, pattern in REASONS.items():
        if re.search(pattern, output):
            return meaning
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"(npm )?error\b|E:", line, re.IGNORECASE)]
    where = "A complete log of this run"
    return ([line for line in telling if where not in line] or lines or ["it printed nothing"])[-1]


def _keep(what: str, output: str) -> str:
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / (re.sub(r"\W+", "-", what.lower()) + ".txt")
    log.write_text(output, encoding="utf-8")
    return str(log.relative_to(ROOT))


def node() -> str:
    """Node.js: the one the set-up put beside this Python, else the machine's own.

    Raises:
        StepError: if there is none.
    """
    beside = Path(sys.prefix) / "bin"
    found = shutil.which("node", path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")
    if not found:
        raise StepError(
            f"Node.js {OLDEST_NODE} or newer is missing: run `make build`, which gets it"
        )
    return found
