"""The server answers as GitHub Pages does."""

import gzip
import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.server import Handler, Server, serve


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    site = tmp_path / "site"
    (site / "page").mkdir(parents=True)
    (site / "index.html").write_text("home " * 100, encoding="utf-8")
    (site / "404.html").write_text("missing", encoding="utf-8")
    (site / "page" / "index.html").write_text("page", encoding="utf-8")
    (site / "other.html").write_text("other", encoding="utf-8")
    (site / "a b.mjs").write_text("export {};", encoding="utf-8")
    (site / "code.wasm").write_bytes(b"\0asm" * 50)
    (site / "lib.whl").write_bytes(b"PK" * 50)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    running = serve(site, base="/unrolled/")
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))  # soon stopped
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def ask(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=names)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/unrolled/page/", 200, b"page"),
        ("/unrolled/page/?q=1", 200, b"page"),
        ("/unrolled/other", 200, b"other"),
        ("/unrolled/a%20b.mjs", 200, b"export {};"),
        ("/unrolled/none/deep/", 404, b"missing"),
        ("/", 404, b"missing"),
        ("/other.html", 404, b"missing"),
        ("/unrolled/../secret.txt", 404, b"missing"),
        ("/unrolled/%2e%2e/secret.txt", 404, b"missing"),
        ("/unrolled/page/../../../secret.txt", 404, b"missing"),
        ("/unrolled/%00", 404, b"missing"),
    ],
)
def test_what_is_found_and_what_is_not(server: Server, path: str, status: int, body: bytes) -> None:
    response, got = ask(server, path)
    assert (response.status, got) == (status, body)


@pytest.mark.parametrize(
    ("path", "target"), [("/unrolled", "/unrolled/"), ("/unrolled/page", "/unrolled/page/")]
)
def test_a_folder_is_redirected_to_its_slash(server: Server, path: str, target: str) -> None:
    response, _ = ask(server, path)
    assert (response.status, response.getheader("Location")) == (301, target)


@pytest.mark.parametrize(
    ("path", "kind", "compressed"),
    [
        ("/unrolled/", "text/html; charset=utf-8", True),
        ("/unrolled/a%20b.mjs", "application/javascript; charset=utf-8", True),
        ("/unrolled/code.wasm", "application/wasm", True),
        ("/unrolled/lib.whl", "application/octet-stream", False),
    ],
)
def test_types_and_compression(server: Server, path: str, kind: str, compressed: bool) -> None:
    plain, body = ask(server, path)
    packed, small = ask(server, path, Accept_Encoding="gzip, br")
    assert plain.getheader("Content-Type") == kind
    assert plain.getheader("Content-Encoding") is None
    assert (packed.getheader("Content-Encoding") == "gzip") is compressed
    assert (gzip.decompress(small) if compressed else small) == body
    assert packed.getheader("Cache-Control") == "max-age=600"


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    tag = ask(server, "/unrolled/")[0].getheader("ETag")
    response, body = ask(server, "/unrolled/", If_None_Match=str(tag))
    assert (response.status, body) == (304, b"")


def test_head_sends_no_body(server: Server) -> None:
    response, body = ask(server, "/unrolled/", "HEAD")
    assert (response.status, body) == (200, b"")
    assert response.getheader("Content-Length") == "500"


def test_a_browser_that_goes_away_is_no_error_and_a_mistake_of_ours_is_told(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for error, told in [(BrokenPipeError("gone"), False), (KeyError("mistake"), True)]:

        def fail(self: Handler, path: str, error: Exception = error) -> Path | None:
            raise error

        monkeypatch.setattr(Handler, "_file", fail)
        with pytest.raises(http.client.RemoteDisconnected):
            ask(server, "/unrolled/")
        assert (type(error).__name__ in capsys.readouterr().err) is told


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
