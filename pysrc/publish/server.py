"""Serve a folder the way GitHub Pages does: under a sub-path, compressed, with its own 404 page.

`publish serve` and the browser tests use this one server, so what works here works there.
"""

import gzip
import hashlib
import sys
import urllib.parse
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = "127.0.0.1"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "application/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".xml"}


class Handler(BaseHTTPRequestHandler):
    """Answer GET and HEAD from a folder, below a base path."""

    protocol_version = "HTTP/1.1"  # connections stay open, as everywhere on the web

    def __init__(self, *arguments: object, folder: Path, base: str, cache: str, talk: bool) -> None:
        self.folder = folder
        self.base = base
        self.cache = cache
        self.talk = talk
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with the file, a redirect to its folder's slash, or 404.html."""
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        if path == self.base.rstrip("/") != "":
            self._redirect(self.base)
        elif not path.startswith(self.base) or (file := self._file(path)) is None:
            self._missing()
        elif file.is_dir():
            self._redirect(urllib.parse.quote(f"{path}/"))
        else:
            self._send(HTTPStatus.OK, file)

    do_HEAD = do_GET  # noqa: N815  (the base class finds it by this name)

    def _file(self, path: str) -> Path | None:
        """The file or folder for a path; None outside the folder, or if there is none."""
        if "\0" in path:  # no file system has such a name
            return None
        wanted = (self.folder / path.removeprefix(self.base)).resolve()
        if not wanted.is_relative_to(self.folder.resolve()):
            return None
        if path.endswith("/"):
            wanted /= "index.html"
        elif not wanted.exists():
            wanted = wanted.with_name(f"{wanted.name}.html")
        return wanted if wanted.exists() else None

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _missing(self) -> None:
        page = self.folder / "404.html"
        if page.is_file():
            self._send(HTTPStatus.NOT_FOUND, page)
        else:
            self._body(HTTPStatus.NOT_FOUND, b"Not found\n", {"Content-Type": "text/plain"})

    def _send(self, status: HTTPStatus, file: Path) -> None:
        facts = file.stat()
        tag = hashlib.sha256(f"{facts.st_mtime_ns} {facts.st_size}".encode()).hexdigest()[:16]
        headers = {
            "Content-Type": TYPES.get(file.suffix, "application/octet-stream"),
            "Cache-Control": self.cache,
            "ETag": f'W/"{tag}"',
        }
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == headers["ETag"]:
            self._body(HTTPStatus.NOT_MODIFIED, b"", headers)
            return
        body = file.read_bytes()
        if file.suffix in COMPRESSED:
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                headers["Content-Encoding"] = "gzip"
                body = compressed(body)
        self._body(status, body, headers)

    def _body(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        """Say nothing unless asked to: a page is dozens of requests."""
        if self.talk:
            super().log_message(format, *args)


@lru_cache(maxsize=64)
def compressed(body: bytes) -> bytes:
    """Compress as much as GitHub Pages does, once for the same bytes."""
    return gzip.compress(body, compresslevel=6, mtime=0)


class Server(ThreadingHTTPServer):
    """A server on this machine only."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away mid-answer is no error of ours; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(
    folder: Path, base: str = "/", port: int = 0, cache: str = "max-age=600", *, talk: bool = False
) -> Server:
    """Make a server for a folder; call `serve_forever` on it. Port 0 takes a free one.

    Args:
        folder: What to serve.
        base: The path it stands under, with a slash at both ends.
        port: The port, on 127.0.0.1.
        cache: The Cache-Control header. GitHub Pages sends max-age=600.
        talk: Print a line for every request.
    """
    handler = partial(Handler, folder=folder, base=base, cache=cache, talk=talk)
    return Server((HERE, port), handler)
