"""Collect the licences of what a site carries from others, so that every copy of it has them.

THIRD_PARTY_NOTICES.md says what is where; the packages' own files hold the texts.
"""

import json
from pathlib import Path

from publish.programs import ROOT

NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"
PACKAGES = ROOT / "node_modules"
IN_THE_BROWSER = (
    "lit",
    "d3-scale",
    "d3-shape",
    "@noble/hashes",
    "katex",
    "@fontsource-variable/source-serif-4",
    "@fontsource-variable/inter",
    "@fontsource-variable/jetbrains-mono",
)


def licences() -> str:
    """Our own licences, the notices, and the full texts the packages come with."""
    parts = [file.read_text(encoding="utf-8") for file in (ROOT / "LICENSE", NOTICES)]
    return "\n".join([*parts, *(_text(PACKAGES / name) for name in IN_THE_BROWSER)])


def _text(package: Path) -> str:
    facts = json.loads((package / "package.json").read_text(encoding="utf-8"))
    title = f"{facts['name']} {facts['version']} ({facts['license']})"
    text = (package / "LICENSE").read_text(encoding="utf-8").strip()
    return f"\n{'=' * len(title)}\n{title}\n{'=' * len(title)}\n\n{text}\n"
