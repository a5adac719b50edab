"""Archives that depend on their content alone: sorted names, one fixed time, one compression."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

# The oldest time a zip file can say.
EPOCH = (1980, 1, 1, 0, 0, 0)


def read_archive(path: Path) -> dict[str, bytes]:
    """The files of a zip or wheel, by name; folders are left out."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        return {name: archive.read(name) for name in names}


def write_archive(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a zip or wheel whose bytes are the same whenever its files are."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name], zipfile.ZIP_DEFLATED, compresslevel=9)
