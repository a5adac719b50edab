"""Lighthouse on every page, as a phone sees it: `python -m benchmarks.lighthouse [page ...]`.

The site is built as it is deployed and served under a sub-path. Speed is Lighthouse's own estimate
for a slow phone; on a machine that is busy it comes out too low. A page takes twenty seconds.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.harness import BASE, SITE, print_table
from publish.programs import ROOT, node, run
from publish.server import serve
from publish.site import build
from tests.browser.chromium import ARGUMENTS, launch
from tests.browser.walk import page_paths

VERSION = "12.8.2"  # 13 needs a newer Node
PACKAGES = ROOT / "build" / "bench-lighthouse"
TARGETS = {"performance": 90, "accessibility": 100, "best-practices": 100, "seo": 95}
MISSING = "404.html"  # answers 404 by design, so it is not measured
FACTS = {
    "first-contentful-paint": "paint",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "shift",
}


def main(pages: list[str] | None = None) -> bool:
    """Print a table of the scores, and what cost points; True if every page meets the targets."""
    program = installed()
    server = serve(SITE, base=BASE)
    address = f"http://127.0.0.1:{server.server_port}{BASE}"
    build(SITE, address)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows, remarks, met = [], [], True
    for path in pages or [path for path in page_paths() if path != MISSING]:
        report = measured(program, address + path)
        scores = {name: round(100 * report["categories"][name]["score"]) for name in TARGETS}
        met &= all(scores[name] >= target for name, target in TARGETS.items())
        facts = [report["audits"][name]["displayValue"] for name in FACTS]
        rows.append([path or "(home)", *map(str, scores.values()), *facts])
        print(" ".join(rows[-1]), flush=True)
        remarks += [f"{path or '(home)'}: {words}" for words in lost(report, scores)]
    server.shutdown()
    print_table("Lighthouse, mobile", ["page", *TARGETS, *FACTS.values()], rows)
    print("\n".join(["", *remarks]))
    return met


def installed() -> Path:
    """Lighthouse, in a folder of its own: it brings two hundred packages, and no test needs it."""
    program = PACKAGES / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        PACKAGES.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm", path=f"{Path(node()).parent}{os.pathsep}{os.environ['PATH']}")
        options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(PACKAGES)]
        run("Installing Lighthouse", [npm or "npm", "install", *options, f"lighthouse@{VERSION}"])
    return program


def measured(program: Path, address: str) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    flags = " ".join(["--headless=new", *ARGUMENTS])
    done = subprocess.run(
        [node(), program, address, "--quiet", "--output=json", f"--chrome-flags={flags}"],
        env={**os.environ, "CHROME_PATH": chromium()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed on {address}: {done.stderr.strip()[-500:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def chromium() -> str:
    """The path of the Chromium that the tests start."""
    with sync_playwright() as started:
        browser = launch(started)
        browser.close()
        own = started.chromium.executable_path
    found = own if Path(own).exists() else shutil.which("chromium") or shutil.which("google-chrome")
    return found or "chromium"


def lost(report: dict[str, Any], scores: dict[str, int]) -> list[str]:
    """The audits that cost a category its points."""
    found = []
    for name, target in TARGETS.items():
        if scores[name] >= target:
            continue
        weights = {ref["id"]: ref["weight"] for ref in report["categories"][name]["auditRefs"]}
        for audit in report["audits"].values():
            score = audit.get("score")
            if weights.get(audit["id"]) and score is not None and score < 0.9:
                found.append(f"{name}: {audit['title']} ({audit.get('displayValue', '')})")
    return found


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
