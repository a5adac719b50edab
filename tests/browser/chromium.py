"""Find a Chromium that starts: Playwright's own where it is installed, else the machine's.

The set-up runs this file to learn whether it has to install one.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

# What Chromium would draw around each new page, though nobody sees it: half a second of computing.
_AROUND_THE_PAGE = (
    "InitialWebUI",
    "PreloadTopChromeWebUI",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFull",
    "WebUIOmniboxPopup",
    "WebUIReloadButton",
)
# What Playwright turns off; said again, because Chromium hears only the last such list.
_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "BlockOriginHeaderModificationOnRedirect",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "Translate",
    "AutoDeElevate",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
)
ARGUMENTS = [
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(_BY_PLAYWRIGHT + _AROUND_THE_PAGE)}",
]
# Optimise WebAssembly much later: a test starts Python and is gone before that would pay. Where a
# network is trained for a minute it does: there Chromium keeps its own measure.
QUICK_START = "--js-flags=--wasm-tiering-budget=1000000000"
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch(playwright: Playwright, *, much_to_compute: bool = False) -> Browser:
    """Start Chromium; raise RuntimeError saying what to do if there is none."""
    arguments = ARGUMENTS if much_to_compute else [*ARGUMENTS, QUICK_START]
    paths = [playwright.chromium.executable_path, *filter(None, map(shutil.which, INSTALLED))]
    problems = []
    for path in paths:
        if not Path(path).exists():
            continue
        try:
            return playwright.chromium.launch(executable_path=path, args=arguments)
        except Error as error:
            problems.append(f"{path}: {error.message.splitlines()[0]}")
    raise RuntimeError(f"no Chromium starts; run `make test`, which installs one {problems}")


if __name__ == "__main__":
    with sync_playwright() as started:
        try:
            launch(started).close()
        except RuntimeError as problem:
            sys.exit(str(problem))
