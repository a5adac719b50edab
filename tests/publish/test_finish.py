"""The finishing step: names, runtime and policy on every page, and never half a site."""

import json
from pathlib import Path

import pytest

from publish import finish as module
from publish.finish import finish
from publish.policy import PolicyError

PAGE = """<head><meta charset="utf-8">
<link rel="stylesheet" href="{up}assets/unrolled.css">
<script>here()</script></head>
<body><code>assets/unrolled.js"</code>
<script src="{up}assets/unrolled.js" type="module"></script></body>"""


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    web, runtime, pages = tmp_path / "web", tmp_path / "runtime", tmp_path / "pages"
    deliveries = tmp_path / "deliveries"
    for folder in (
        *(web / "assets" / "fonts", runtime / "abc", runtime / "old"),
        *(deliveries / "models", pages / "deep"),
    ):
        folder.mkdir(parents=True)
    (deliveries / "models" / "prose-1.safetensors").write_bytes(b"prose")
    (deliveries / "manifest.json").write_text("{}", encoding="utf-8")
    names = {"unrolled.js": "unrolled-1.js", "unrolled.css": "unrolled-2.css"}
    (web / "manifest.json").write_text(json.dumps(names), encoding="utf-8")
    (web / "assets" / "unrolled-1.js").touch()
    (web / "assets" / "fonts" / "a.woff2").touch()
    (runtime / "manifest.json").write_text('{"version": "abc"}', encoding="utf-8")
    (runtime / "abc" / "python_stdlib.zip").write_bytes(b"zip")
    (pages / "index.html").write_text(PAGE.format(up=""), encoding="utf-8")
    (pages / "deep" / "index.html").write_text(PAGE.format(up="../"), encoding="utf-8")
    monkeypatch.setattr(module, "WEB", web)
    monkeypatch.setattr(module, "RUNTIME", runtime)
    monkeypatch.setattr(module, "DELIVERIES", deliveries)
    return pages


def test_pages_name_the_hashed_assets_from_any_depth(pages: Path, tmp_path: Path) -> None:
    finish(pages, tmp_path / "site")
    deep = (tmp_path / "site" / "deep" / "index.html").read_text(encoding="utf-8")
    assert 'href="../assets/unrolled-2.css"' in deep
    assert 'src="../assets/unrolled-1.js" type="module"' in deep
    assert '<code>assets/unrolled.js"</code>' in deep
    assert deep.index("Content-Security-Policy") < deep.index("<link")


def test_the_site_holds_assets_and_the_runtime_of_this_version_only(
    pages: Path, tmp_path: Path
) -> None:
    finish(pages, tmp_path / "site")
    site = tmp_path / "site"
    assert (site / "licences.txt").is_file()
    assert (site / "assets" / "unrolled-1.js").is_file()
    assert (site / "assets" / "fonts" / "a.woff2").is_file()
    assert (site / "runtime" / "abc" / "python_stdlib.zip").read_bytes() == b"zip"
    assert [path.name for path in (site / "runtime").iterdir()] == ["abc"]
    assert [path.name for path in (site / "models").iterdir()] == ["prose-1.safetensors"]


def test_a_new_site_replaces_the_old_one_whole(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "gone.html").touch()
    finish(pages, tmp_path / "site")
    assert not (tmp_path / "site" / "gone.html").exists()
    assert not list(tmp_path.glob("site.*"))


def test_a_broken_page_leaves_the_old_site_alone(pages: Path, tmp_path: Path) -> None:
    finish(pages, tmp_path / "site")
    (pages / "odd.html").write_text("<head></head>", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"odd\.html"):
        finish(pages, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").is_file()
    assert not (tmp_path / "site" / "odd.html").exists()
