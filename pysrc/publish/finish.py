"""Make a generator's pages into the site: hashed names, runtime, models and the security policy.

The same step follows MkDocs and Zensical. The new site is put together beside the old one and then
takes its place, so a reader (or a broken build) never meets half a site.
"""

import json
import os
import re
import shutil
from pathlib import Path

from publish import deliveries
from publish.chapters import configuration
from publish.covers import cover
from publish.embed import embeds
from publish.formula_fonts import cut_formula_fonts
from publish.heads import about, complete
from publish.licences import licences
from publish.lighter import lighter
from publish.overview import overview
from publish.passages import gathered
from publish.policy import policy, protect
from publish.programs import ROOT

WEB = ROOT / "build" / "web"
RUNTIME = ROOT / "build" / "runtime"
DELIVERIES = deliveries.PACKED
_MANIFEST = shutil.ignore_patterns(deliveries.MANIFEST)  # the page's script has it
MARK = ".nojekyll"  # GitHub Pages takes the files as they are; and we know our own sites by it
PLAIN_NAME = re.compile(r'((?:src|href)="?[^"\s>]*assets/)(unrolled\.(?:js|css))(?=["\s>])')


def replaceable(site: Path) -> bool:
    """Whether nothing of anybody's is lost when a site takes this folder's place."""
    if not site.exists() or ROOT / "build" in site.parents:  # all that is in there is a product
        return True
    return site.is_dir() and ((site / MARK).is_file() or not any(site.iterdir()))


def finish(pages: Path, site: Path) -> None:
    """Assemble `site` from a generator's output, the web assets, packed runtime and models."""
    fresh = site.with_name(f"{site.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(pages, fresh)
    shutil.copytree(WEB / "assets", fresh / "assets", dirs_exist_ok=True)
    version = json.loads((RUNTIME / "manifest.json").read_text(encoding="utf-8"))["version"]
    shutil.copytree(RUNTIME / version, fresh / "runtime" / version, copy_function=_link)
    shutil.copytree(DELIVERIES, fresh, copy_function=_link, ignore=_MANIFEST, dirs_exist_ok=True)
    (fresh / MARK).touch()
    (fresh / "licences.txt").write_text(licences(), encoding="utf-8")
    _finish_heads(fresh)
    _finish_pages(fresh)
    _replace(site, fresh)


def _finish_heads(site: Path) -> None:
    """Descriptions, cards, structured data and `llms.txt`, for every page but the missing one."""
    listed = []
    for path in sorted(site.rglob("index.html")):
        page = path.read_text(encoding="utf-8")
        it = about(page, path.relative_to(site).as_posix())
        path.write_text(complete(page, it), encoding="utf-8")
        listed.append(it)
        if it.address:  # without one, nobody is told where the picture is
            picture = site / "assets" / "cards" / it.picture
            picture.parent.mkdir(parents=True, exist_ok=True)
            picture.write_bytes(cover(it.title, it.description, configuration()["site_name"]))
    (site / "llms.txt").write_text(overview(listed), encoding="utf-8")


def _finish_pages(site: Path) -> None:
    names = json.loads((WEB / "manifest.json").read_text(encoding="utf-8"))
    paths = [path.relative_to(site) for path in sorted(site.rglob("*.html"))]
    texts = {path: (site / path).read_text(encoding="utf-8") for path in paths}
    pages = {path: gathered(lighter(text, site)) for path, text in texts.items()}
    pages |= dict(embeds(pages))
    cut_formula_fonts(site / "assets" / "fonts", pages.values())
    content = policy(pages.values())
    for path, page in pages.items():
        named = PLAIN_NAME.sub(lambda match: match[1] + names[match[2]], page)
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(protect(named, content, str(path)), encoding="utf-8")


def _link(source: str, target: str) -> None:
    """Runtime and models are megabytes that never change: a second name costs nothing."""
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def _replace(site: Path, fresh: Path) -> None:
    old = site.with_name(f"{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)
