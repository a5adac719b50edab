"""The security policy every page carries: nothing from elsewhere, no script we did not write.

GitHub Pages sets no headers, so the policy stands in a meta tag. Inline scripts (Material has a
few) are allowed by hash, and every page lists the hashes of all pages: `navigation.instant` swaps
pages under the policy of the first.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser

CHARSET = re.compile(r'<meta charset="?utf-8"?\s*/?>', re.IGNORECASE)
SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
EXECUTED = {"", "module", "text/javascript", "application/javascript"}

DIRECTIVES = {
    "default-src": "'self'",  # 'none' would block Firefox's prefetch of <link rel=next>
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self' blob:",  # a worker made from a blob stands under this very policy
    "connect-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # figures place their marks by style attributes
    "img-src": "'self' data:",
    "font-src": "'self'",
    "object-src": "'none'",
    "frame-src": "'none'",
    "media-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'none'",
}


class PolicyError(Exception):
    """A page has no place for the policy."""


class _InlineScripts(HTMLParser):
    """Collect the text of scripts that stand in the page and that a browser would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        kind = (attributes.get("type") or "").strip().lower()
        if tag == "script" and "src" not in attributes and kind in EXECUTED:
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._text is not None:
            self.found.append("".join(self._text))
            self._text = None


def inline_scripts(page: str) -> list[str]:
    """The inline scripts of one page, exactly as they are written."""
    parser = _InlineScripts()
    for element in SCRIPT.findall(page):  # a page is long, and scripts are few
        parser.feed(element)
    parser.close()
    return parser.found


def policy(pages: Iterable[str]) -> str:
    """One policy for all pages, in the order browsers' consoles print it."""
    hashes = sorted({_hash(script) for page in pages for script in inline_scripts(page)})
    sources = {**DIRECTIVES, "script-src": " ".join([DIRECTIVES["script-src"], *hashes])}
    return "; ".join(f"{name} {value}" for name, value in sources.items())


def protect(page: str, content: str, name: str = "page") -> str:
    """Insert the policy before anything it has to govern: right after the charset.

    Raises:
        PolicyError: if the page names no charset.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    protected, places = CHARSET.subn(lambda match: f"{match[0]}{meta}", page, count=1)
    if not places:
        raise PolicyError(f"{name}: no <meta charset> to put the security policy behind")
    return protected


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
