"""A page's head: description, card, structured data; addresses only where they are known."""

import json
import re
from typing import Any

import pytest

from publish.heads import About, about, complete
from publish.overview import overview

PLAIN = """<head><meta charset="utf-8">
<meta name="description" content="{description}">{canonical}
<title>{title} - Unrolled</title></head>
<body><h1>{title}</h1><p class="reading-time" data-minutes="7">7 minutes to read</p>
<p>Accepted, November 2026.</p><p>{words}</p></body>"""
CANONICAL = '<link rel="canonical" href="https://example.org/book/{path}">'
SITE = "A book you can run: recurrent neural networks explained by figures that are alive."
WORDS = "The first paragraph of the page &amp; <em>what</em> it says to whoever has not read it."


def page(title: str = "One unit", description: str = "Five weights.", address: str = "") -> str:
    canonical = CANONICAL.format(path=address) if address else ""
    return PLAIN.format(title=title, description=description, canonical=canonical, words=WORDS)


def structured(text: str) -> dict[str, Any]:
    (data,) = re.findall(r'"application/ld.json">(.*?)</script>', text)
    found: dict[str, Any] = json.loads(data)
    return found


def test_a_lesson_is_a_part_of_the_course() -> None:
    text = page(address="one-unit/")
    done = complete(text, about(text, "one-unit/index.html"))
    data = structured(done)
    assert data["@type"] == ["Article", "LearningResource"]
    assert data["isPartOf"]["url"] == "https://example.org/book/"
    assert data["timeRequired"] == "PT7M"
    assert data["position"] == 2
    assert '<meta property="og:title" content="One unit">' in done
    assert "https://example.org/book/assets/cards/one-unit.png" in done
    assert 'content="summary_large_image"' in done
    assert done.index("og:title") < done.index("<body>")


def test_where_the_address_is_not_known_nothing_is_absolute() -> None:
    for path in ("index.html", "one-unit/index.html", "speed/index.html"):
        done = complete(page(), about(page(), path))
        said = done.replace("https://schema.org", "").replace("https://creativecommons.org", "")
        assert "://" not in said
        assert "og:image" not in done
        assert structured(done)["name"]


def test_the_home_page_lists_the_lessons() -> None:
    text = page(title="Unrolled", description=SITE, address="")
    assert about(text, "index.html").description == SITE
    data = structured(complete(text, about(text, "index.html")))
    assert data["@type"] == "Course"
    assert data["hasPart"][1]["name"] == "One unit"


@pytest.mark.parametrize("description", ["", SITE])
def test_a_page_without_a_description_gets_its_first_words(description: str) -> None:
    text = page(description=description)
    it = about(text, "decisions/0001-x/index.html")
    assert it.description.startswith("The first paragraph of the page & what it says")
    assert it.picture == "decisions-0001-x.png"
    assert f'content="{SITE}"' not in complete(text, it)


def test_what_a_page_says_cannot_leave_its_place() -> None:
    text = page(title="A &lt;/script&gt; &quot;title&quot;", address="x/")
    done = complete(text, about(text, "x/index.html"))
    assert structured(done)["name"] == 'A </script> "title"'
    assert done.count("</script>") == 1


def test_the_overview_lists_the_pages_as_the_navigation_does() -> None:
    pages = [
        About("index.html", "Unrolled", "A book.", "", 0),
        About("one-unit/index.html", "One unit", "Five weights.", "", 7),
        About("decisions/index.html", "Decisions", "Why.", "https://example.org/decisions/", 0),
    ]
    text = overview(pages)
    assert text.startswith("# Unrolled\n\n> A book.\n\n")
    assert "\n## Chapters\n\n- [One unit](one-unit/index.html): Five weights.\n" in text
    assert "- [Decisions](https://example.org/decisions/): Why.\n" in text
