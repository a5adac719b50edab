"""Leave out what no page needs. What is left out says so by name when a reader imports it.

A pattern names files of the archive as `fnmatch` does; its `*` also crosses slashes.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

SITECUSTOMIZE = Path(__file__).parent / "inside" / "sitecustomize.py"

# A browser has no sockets, no processes, no terminal and no other computer's file formats.
STDLIB_LEFT_OUT = (
    # servers, mail and other protocols
    "ftplib.py", "http/cookiejar.py", "http/server.py", "imaplib.py", "mailbox.py", "netrc.py",
    "poplib.py", "smtplib.py", "socketserver.py", "urllib/robotparser.py", "webbrowser.py",
    "antigravity.py", "wsgiref/*", "xmlrpc/*", "logging/config.py", "logging/handlers.py",
    # sound, and files as a command line reads them
    "fileinput.py", "wave.py",
    # processes and terminals
    "multiprocessing/*", "concurrent/futures/process.py", "concurrent/interpreters/*", "pty.py",
    "tty.py", "_pyrepl/*",
    # databases whose C part is a package of its own
    "shelve.py", "sqlite3/*",
    # tools for source files (py_compile and compileall stay: they compile our own wheel)
    "modulefinder.py", "optparse.py", "pickletools.py", "pyclbr.py", "symtable.py", "tabnanny.py",
    "trace.py", "zipapp.py",
    # other systems, and Python twins of modules that are built in
    "__hello__.py", "__phello__/*", "_pydatetime.py", "_pyio.py", "asyncio/__main__.py",
    "asyncio/proactor_events.py", "asyncio/tools.py", "asyncio/windows_*.py", "ctypes/_aix.py",
    "ctypes/macholib/*", "nturl2path.py",
    "plistlib.py", "site-packages/*", "xml/dom/*", "xml/sax/*",
    "encodings/*",
)  # fmt: skip

# Exceptions to the list above.
STDLIB_KEPT = (
    # help() pages through these
    "_pyrepl/__init__.py", "_pyrepl/pager.py", "_pyrepl/trace.py", "_pyrepl/types.py",
    "_pyrepl/utils.py",
    # text as it is met on the web today, and Python's own transforms
    "encodings/__init__.py", "encodings/aliases.py", "encodings/ascii.py", "encodings/charmap.py",
    "encodings/cp1252.py", "encodings/cp437.py", "encodings/idna.py", "encodings/iso8859_1.py",
    "encodings/iso8859_15.py", "encodings/latin_1.py", "encodings/punycode.py",
    "encodings/utf_*.py", "encodings/*_codec.py", "encodings/*_escape.py", "encodings/rot_13.py",
    "encodings/undefined.py",
)  # fmt: skip

NUMPY_LEFT_OUT = (
    # for compilers and type checkers
    "*.a", "*.c", "*.h", "*.ini", "*.pc", "*.pxd", "*.pyi", "*.pyx", "*.template", "*.typed",
    "*meson.build", "*setup.cfg", "numpy/f2py/*", "numpy/_configtool.py", "numpy/_pyinstaller/*",
    "numpy/distutils/*", "numpy/typing/mypy_plugin.py",
    # NumPy's own tests and manuals
    "*/tests/*", "numpy/conftest.py", "numpy/doc/*", "numpy/random/_examples/*",
    "numpy/ma/API_CHANGES.txt", "numpy/ma/README.rst",
    # pointers to C, masked arrays, polynomial classes, and a second LAPACK that linalg does not use
    "numpy/ctypeslib/*", "numpy/lib/recfunctions.py", "numpy/ma/*", "numpy/matlib.py",
    "numpy/polynomial/*", "numpy/linalg/lapack_lite.*",
    # lists of files that are no longer true
    "*.dist-info/RECORD", "*.dist-info/entry_points.txt",
)  # fmt: skip

# Licences travel with the code they cover.
NUMPY_KEPT = ("*/licenses/*",)


def trim_stdlib(files: dict[str, bytes]) -> dict[str, bytes]:
    """The standard library for a page, and the finder that names what is missing."""
    kept = _without(files, STDLIB_LEFT_OUT, STDLIB_KEPT)
    return {**kept, "sitecustomize.py": SITECUSTOMIZE.read_bytes()}


def trim_numpy(files: dict[str, bytes]) -> dict[str, bytes]:
    """NumPy for a page: arrays, linalg, fft, random, testing."""
    return _without(files, NUMPY_LEFT_OUT, NUMPY_KEPT)


def _without(
    files: dict[str, bytes], left_out: Iterable[str], kept: Iterable[str]
) -> dict[str, bytes]:
    return {
        name: content
        for name, content in files.items()
        if _matches(name, kept) or not _matches(name, left_out)
    }


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
