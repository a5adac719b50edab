"""The built site as files: no broken link, and a head that tells each page from the others."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from publish import links
from publish.chapters import chapters, configuration
from publish.policy import inline_scripts
from tests.browser.conftest import BASE

STRUCTURED = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """Every page of the book, by its path; a laboratory alone, to be framed elsewhere, is none."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("index.html")
        if "embed" not in path.parts
    }


def content(page: str, name: str) -> str:
    (found,) = re.findall(f'<meta (?:name|property)="{name}" content="([^"]*)"', page)
    return str(found)


def test_no_link_inside_the_site_is_broken(site: Path) -> None:
    assert links.broken(site) == []


def test_links_that_lead_out_are_secure(site: Path) -> None:
    out = links.outside(site)
    assert len(out) > 20
    assert [target for target in out if not target.startswith("https://")] == []


def test_every_page_has_a_title_and_a_description_of_its_own(pages: dict[str, str]) -> None:
    titles = Counter(re.findall(r"<title>(.*?)</title>", page)[0] for page in pages.values())
    assert [title for title, times in titles.items() if times > 1] == []
    said = {path: content(page, "description") for path, page in pages.items()}
    assert [path for path, words in said.items() if not 20 <= len(words) <= 300] == []
    assert [words for words, times in Counter(said.values()).items() if times > 1] == []
    assert configuration()["site_description"] not in said.values()


def test_every_page_has_a_card_with_a_picture(
    pages: dict[str, str], site: Path, server: str
) -> None:
    for path, page in pages.items():
        picture = content(page, "og:image")
        assert picture.startswith(f"{server}assets/cards/")
        assert (site / picture.removeprefix(server)).stat().st_size < 60_000
        assert content(page, "og:url") == server + path.removesuffix("index.html")
        assert content(page, "twitter:card") == "summary_large_image"


def test_structured_data_is_json_and_no_script_that_runs(pages: dict[str, str]) -> None:
    kinds = Counter()
    for page in pages.values():
        (text,) = STRUCTURED.findall(page)
        data = json.loads(text)
        assert data["@context"] == "https://schema.org"
        kinds[str(data["@type"])] += 1
        assert not any("schema.org" in script for script in inline_scripts(page))
    assert kinds["Course"] == 1
    assert kinds["['Article', 'LearningResource']"] >= 11


def test_sitemap_and_overview_list_every_page(
    pages: dict[str, str], site: Path, server: str
) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert set(listed) == {server + path.removesuffix("index.html") for path in pages}
    overview = (site / "llms.txt").read_text(encoding="utf-8")
    assert f"]({server}one-unit/): " in overview
    assert f"]({server}api/cells/): " in overview


def test_the_missing_page_names_everything_from_the_sites_own_path(site: Path) -> None:
    page = (site / "404.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src)="([^"#][^"]*)"', page)
    assert [name for name in named if not name.startswith((BASE, "https://"))] == []
    assert 'content="noindex"' in page


def test_the_search_knows_the_book_and_not_how_it_was_made(site: Path) -> None:
    """Nor what a laboratory holds, nor every signature of the reference."""
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    places = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert {"", "one-unit/", "glossary/", "faq/", "api/"} <= places
    assert [place for place in places if re.match(r"decisions/.|api/.|.*embed/", place)] == []
    texts = " ".join(entry["text"] for entry in index["docs"])
    assert "data-control" not in texts
    assert "minutes to read" not in texts
    assert "accepted, november" not in texts.lower()
    assert len(json.dumps(index)) < 400_000


def test_the_search_leads_to_the_section_that_holds_a_word(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    holding = [
        entry["location"] for entry in index["docs"] if "described such walls" in entry["text"]
    ]
    assert holding == ["bptt/#the-loss-as-a-landscape"]
    before_sections = {
        entry["location"]: entry["text"] for entry in index["docs"] if "#" not in entry["location"]
    }
    for chapter in chapters():
        assert len(before_sections[chapter.replace(".md", "/")]) < 1500, chapter
