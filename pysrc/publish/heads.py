"""What a page says of itself to who reads only its head: search engines, and where it is shared.

A description, a card with a picture, and structured data (schema.org). Addresses must be absolute
there, so where the site's own address is not known they are left out.
"""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from publish.chapters import chapters, configuration

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
ADDRESS = re.compile(r'<link rel="canonical" href="([^"]*)">')
MINUTES = re.compile(
    r'class="reading-time" data-minutes="(\d+)"|data-minutes="(\d+)" class="reading-time"'
)
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
LONGEST, SHORTEST = 200, 60  # characters of a description that is taken from the page's own text
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class About:
    """A page, told in a few words. `address` is empty where it is not known."""

    path: str  # inside the site: one-unit/index.html
    title: str
    description: str
    address: str
    minutes: int

    @property
    def file(self) -> str:
        """Its Markdown file, as far as it has one of that name."""
        folder = self.path.removesuffix("index.html").rstrip("/")
        return f"{folder}.md" if folder else "index.md"

    @property
    def picture(self) -> str:
        """The name of the picture that stands for it."""
        return f"{self.file.removesuffix('.md').replace('/', '-')}.png"


def about(page: str, path: str) -> About:
    """Read what a built page says of itself."""
    site: str = configuration()["site_name"]
    title = TITLE.search(page)
    said, address, time = DESCRIPTION.search(page), ADDRESS.search(page), MINUTES.search(page)
    description = html.unescape(said[1]) if said else ""
    if path != "index.html" and description in ("", configuration()["site_description"]):
        description = _first_words(page) or description
    return About(
        path=path,
        title=html.unescape(title[1]).strip().removesuffix(f" - {site}") if title else site,
        description=description,
        address=address[1] if address else "",
        minutes=int(time[1] or time[2]) if time else 0,
    )


def _first_words(page: str) -> str:
    """The first paragraph that says something, cut at the end of a sentence or a word."""
    body = page.partition("<h1")[2]
    texts = (" ".join(html.unescape(TAG.sub("", text)).split()) for text in PARAGRAPH.findall(body))
    text = next((text for text in texts if len(text) >= SHORTEST), "")
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    sentence = cut.rfind(". ")
    return cut[: sentence + 1] if sentence >= SHORTEST else f"{cut.rpartition(' ')[0]} …"


def complete(page: str, it: About) -> str:
    """Write into the head what `about` found."""
    said = f'<meta name="description" content="{html.escape(it.description)}">'
    page = DESCRIPTION.sub(lambda _: said, page, count=1)
    facts = {
        "og:type": "website" if it.path == "index.html" else "article",
        "og:site_name": configuration()["site_name"],
        "og:title": it.title,
        "og:description": it.description,
        "og:locale": "en",
    }
    if it.address:
        facts |= {
            "og:url": it.address,
            "og:image": picture_address(it),
            "og:image:type": "image/png",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": f"The title “{it.title}” above a recurrent network drawn through time",
        }
    tags = [
        f'<meta property="{name}" content="{html.escape(value)}">' for name, value in facts.items()
    ]
    tags.append(
        f'<meta name="twitter:card" content="{"summary_large_image" if it.address else "summary"}">'
    )
    data = json.dumps(structured(it), ensure_ascii=False).replace("</", "<\\/")
    tags.append(f'<script type="application/ld+json">{data}</script>')
    return page.replace("</title>", "</title>\n" + "\n".join(tags), 1)


def home(it: About) -> str:
    """The address of the site, taken from a page's own."""
    return it.address.removesuffix(it.path.removesuffix("index.html"))


def picture_address(it: About) -> str:
    """Where the picture of a page is."""
    return f"{home(it)}assets/cards/{it.picture}"


def structured(it: About) -> dict[str, Any]:
    """The page as schema.org's vocabulary has it: the course, one of its lessons, or an article."""
    site: str = configuration()["site_name"]
    authors = {"@type": "Organization", "name": configuration()["site_author"]}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "name": it.title,
        "description": it.description,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": LICENCE,
    }
    if it.address:
        data |= {"url": it.address, "image": picture_address(it)}
    if it.path == "index.html":
        parts = [_part(title, file, it) for file, title in chapters().items()]
        return data | {"@type": "Course", "name": site, "provider": authors, "hasPart": parts}
    data |= {"headline": it.title, "author": authors}
    if it.file not in chapters():
        return data | {"@type": "TechArticle"}
    course = {"@type": "Course", "name": site} | ({"url": home(it)} if it.address else {})
    return data | {
        "@type": ["Article", "LearningResource"],
        "learningResourceType": "interactive lesson",
        "position": 1 + list(chapters()).index(it.file),
        "isPartOf": course,
        **({"timeRequired": f"PT{it.minutes}M"} if it.minutes else {}),
    }


def _part(title: str, file: str, it: About) -> dict[str, str]:
    address = {"url": f"{home(it)}{file.removesuffix('.md')}/"} if it.address else {}
    return {"@type": "LearningResource", "name": title, **address}
