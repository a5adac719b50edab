"""Take the README's picture of the laboratory.

PYTHONPATH=pysrc:. .venv/bin/python -m tests.browser.screenshot

It opens the site in `site/` (`make build` makes it), trains the one unit for a moment, and looks.
"""

import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from publish.server import serve
from tests.browser.chromium import launch
from tests.browser.lab import Lab

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "assets" / "one-unit.png"


def main() -> None:
    server = serve(ROOT / "site", base="/unrolled/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 1400}, color_scheme="light")
        page.goto(f"http://127.0.0.1:{server.server_port}/unrolled/one-unit/")
        lab = Lab(page).load()
        lab.control("preset").select_option("alternating")
        lab.wait_for("s.preset === 'alternating'")
        lab.choose("pace", "slow")
        lab.press("train")
        lab.wait_for("s.figures.losses.series[0].y.data.at(-1) < 0.2")
        lab.press("train")
        lab.wait_for("!s.running")
        lab.page.mouse.move(0, 0)
        page.evaluate("() => document.activeElement.blur()")
        lab.root.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 60)")
        lab.root.screenshot(path=PICTURE, animations="disabled")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
