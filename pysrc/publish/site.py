"""Build the site: pack the runtime, bundle the web files, render the pages, finish.

Each step is skipped when nothing it depends on has changed, so a build after a small edit is
quick. `serve` and the tests rely on that: they simply build again.
"""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from publish import deliveries, fonts, runtime, stamps
from publish.alone import alone
from publish.complaints import complaints
from publish.finish import finish, replaceable
from publish.policy import PolicyError
from publish.programs import ROOT, ProgramError, node, run
from publish.progress import StepError, Steps

WEB_MANIFEST = ROOT / "build" / "web" / "manifest.json"
LOCK = ROOT / "package-lock.json"
PRERENDERER = ROOT / "build" / "web" / "prerender.mjs"


@dataclass(frozen=True)
class Generator:
    """A site generator: what it is called, and the command that renders pages into a folder."""

    name: str
    python: Path
    arguments: tuple[str, ...]
    requirements: Path


MKDOCS = Generator(
    "mkdocs",
    Path(sys.executable),
    ("-m", "mkdocs", "build", "--strict"),
    ROOT / "requirements" / "build.txt",
)
ZENSICAL = Generator(
    "zensical",
    ROOT / ".venv-zensical" / "bin" / "python",
    ("-m", "zensical", "build", "--clean"),
    ROOT / "requirements" / "zensical.txt",
)


def build(site: Path, base_url: str = "", generator: Generator = MKDOCS) -> None:
    """Build the site into a folder. `base_url` is where it will be served, as far as that is known.

    Raises:
        StepError: one sentence saying which step failed, and why.
    """
    site = site.resolve()
    if not replaceable(site):
        raise StepError(
            f"--site must be a new folder, or one built before; {_shown(site)} is neither"
        )
    base_url = base_url and base_url.rstrip("/") + "/"
    with alone(ROOT / "build"):
        _build(site, base_url, generator)


def _build(site: Path, base_url: str, generator: Generator) -> None:
    steps = Steps(5)
    with steps.step("Python runtime for the browser") as say:
        runtime.pack(ROOT / "build" / "runtime", say)
    with steps.step("Models and texts"):
        deliveries.pack()
    with steps.step("Scripts and styles"):
        bundle()
    with steps.step(f"Pages ({generator.name})"):
        pages = _render(generator, site, base_url)
    with steps.step(f"Site in {_shown(site)}/"):
        try:
            finish(pages, site)
        except PolicyError as error:
            raise StepError(str(error)) from error


def _shown(site: Path) -> Path:
    return site.relative_to(ROOT) if site.is_relative_to(ROOT) else site


def bundle() -> None:
    """Bundle scripts, styles and the prerenderer, unless nothing they depend on has changed.

    The page's script knows the hash of every file it may ask for.
    """
    inputs = [
        ROOT / "web",
        ROOT / "build" / "runtime" / "manifest.json",
        deliveries.PACKED / deliveries.MANIFEST,
        fonts.pack(),
        LOCK,
        ROOT / "tsconfig.json",
    ]
    key = stamps.fingerprint(inputs)
    if not stamps.fresh("web", key, WEB_MANIFEST):
        stamps.forget("web")
        run("Bundling scripts and styles", [node(), "web/build.mjs"])
        stamps.remember("web", key)


def _render(generator: Generator, site: Path, base_url: str) -> Path:
    pages = ROOT / "build" / "pages" / site.name
    folders = [*(ROOT / name for name in ("docs", "overrides", "pysrc")), deliveries.PACKED]
    key = stamps.fingerprint(
        [*folders, ROOT / "mkdocs.yml", generator.requirements, LOCK, PRERENDERER],
        generator.name, base_url, os.environ.get("REPO_URL", ""),
    )  # fmt: skip
    name = f"pages-{site.name}"
    if not stamps.fresh(name, key, pages):
        stamps.forget(name)
        shutil.rmtree(pages, ignore_errors=True)
        _generate(generator, pages, base_url)
        stamps.remember(name, key)
    return pages


def _generate(generator: Generator, pages: Path, base_url: str) -> None:
    env = {
        "SITE_URL": base_url,
        "PAGES_DIR": str(pages.relative_to(ROOT)),
        "PYTHONPATH": str(ROOT / "pysrc"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    try:
        run("Rendering the pages", [generator.python, *generator.arguments], env)
    except ProgramError as error:
        raise StepError(complaints(error.output) or str(error)) from error
