"""Collect the licences of what a site carries from others, so that every copy of it has them.

THIRD_PARTY_NOTICES.md says what is where; the packages' own files hold the texts.
"""

import json
from importlib.metadata import distribution
from pathlib import Path

from publish.programs import ROOT

NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"
PACKAGES = ROOT / "node_modules"
IN_THE_BROWSER = (
    "lit",
    "d3-scale",
    "d3-shape",
    "@noble/hashes",
    "idb-keyval",
    "katex",
    *(f"@codemirror/{name}" for name in ("state", "view", "language", "commands")),
    *("@codemirror/autocomplete", "@codemirror/lang-python", "@lezer/highlight"),
    "@fontsource-variable/source-serif-4",
    "@fontsource-variable/inter",
    "@fontsource-variable/jetbrains-mono",
)
# What those bring along into the bundle.
THEIR_PARTS = (
    *("lit-html", "lit-element", "@lit/reactive-element"),
    *("d3-array", "d3-color", "d3-format", "d3-interpolate", "d3-path", "d3-time"),
    *("d3-time-format", "internmap"),
    *("@codemirror/streamparser", "@lezer/common", "@lezer/lr", "@lezer/python"),
    *("@marijn/find-cluster-break", "crelt", "style-mod", "w3c-keyname"),
)
OURS = ("LICENSE", "LICENSE-PROSE.md")


def licences() -> str:
    """Our own licences, the notices, and the full texts the packages come with."""
    files = [*(ROOT / name for name in OURS), NOTICES]
    parts = [file.read_text(encoding="utf-8") for file in files]
    packages = (*IN_THE_BROWSER, *THEIR_PARTS)
    return "\n".join([*parts, *(_text(PACKAGES / name) for name in packages), _material()])


def _material() -> str:
    """The theme, whose style sheets and scripts every page uses."""
    theme = distribution("mkdocs-material")
    text = theme.read_text("licenses/LICENSE")
    if text is None:
        raise FileNotFoundError("mkdocs-material comes without licenses/LICENSE")
    return _titled(f"mkdocs-material {theme.version} (MIT)", text)


def _text(package: Path) -> str:
    facts = json.loads((package / "package.json").read_text(encoding="utf-8"))
    title = f"{facts['name']} {facts['version']} ({facts['license']})"
    (text,) = [*package.glob("LICENSE"), *package.glob("LICENCE")]
    return _titled(title, text.read_text(encoding="utf-8"))


def _titled(title: str, text: str) -> str:
    return f"\n{'=' * len(title)}\n{title}\n{'=' * len(title)}\n\n{text.strip()}\n"
