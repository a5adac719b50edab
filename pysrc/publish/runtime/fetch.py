"""Official files only: wherever bytes come from, the hash in Pyodide's own lock file decides."""

import hashlib
import json
import os
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from remotezip import RemoteZip, RemoteZipError

from publish.programs import ROOT, run
from publish.progress import StepError

PYODIDE = ROOT / "node_modules" / "pyodide"
CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
CDN_SECONDS = 5

# A package of PyPI that ships Pyodide's NumPy wheel, which PyPI itself does not have.
CARRIER = "open-webui==0.12.4"
CARRIER_MEMBER = "open_webui/frontend/pyodide/{name}"


def cache_folder() -> Path:
    """Where downloads and compiled files survive `make clean`."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "unrolled"


def lock() -> dict[str, Any]:
    """Pyodide's own list of packages, from npm's hash-checked copy of Pyodide."""
    content: dict[str, Any] = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    return content


def pyodide_version() -> str:
    """The version of Pyodide that npm installed."""
    return str(json.loads((PYODIDE / "package.json").read_text("utf-8"))["version"])


def numpy_wheel(say: Callable[[str], None]) -> Path:
    """Pyodide's NumPy wheel, from the cache, Pyodide's CDN or PyPI, in this order.

    Raises:
        StepError: if no source has the file the lock file describes.
    """
    entry = lock()["packages"]["numpy"]
    name, sha256 = str(entry["file_name"]), str(entry["sha256"])
    path = cache_folder() / name
    if path.is_file() and file_hash(path) == sha256:
        return path
    failures = []
    for source, download in (("Pyodide's CDN", _from_cdn), ("PyPI", _from_pypi)):
        say(f"fetching NumPy for the browser from {source}")
        try:
            content = download(name)
        except (OSError, HTTPException, BadZipFile, KeyError, RemoteZipError, StepError) as error:
            failures.append(f"{source}: {_brief(error)}")
            continue
        if hashlib.sha256(content).hexdigest() == sha256:
            _store(path, content)
            return path
        failures.append(f"{source}: the file's SHA-256 is not the one in pyodide-lock.json")
    raise StepError(f"NumPy for the browser could not be fetched ({'; '.join(failures)})")


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _from_cdn(name: str) -> bytes:
    url = CDN.format(version=pyodide_version(), name=name)
    with urllib.request.urlopen(url, timeout=CDN_SECONDS) as response:  # noqa: S310  (https above)
        content: bytes = response.read()
    return content


def _from_pypi(name: str) -> bytes:
    """Read the one member we need out of a wheel of 105 MB, by HTTP ranges."""
    with RemoteZip(_carrier_address()) as archive:
        content: bytes = archive.read(CARRIER_MEMBER.format(name=name))
    return content


def _carrier_address() -> str:
    """Ask pip where its index keeps the wheel: an address of a mirror where one is configured."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        plan = ["--dry-run", "--no-deps", "--ignore-installed", "--retries", "1"]
        run("Asking PyPI for NumPy", [*pip, *plan, "--report", report, CARRIER])
        return str(json.loads(report.read_text("utf-8"))["install"][0]["download_info"]["url"])


def _store(path: Path, content: bytes) -> None:
    """Write beside, then rename: an interrupted download leaves nothing half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="making-") as work:
        beside = Path(work) / path.name
        beside.write_bytes(content)
        beside.replace(path)


def _brief(error: BaseException) -> str:
    reason = getattr(error, "reason", None) or error
    return str(reason) or type(error).__name__
