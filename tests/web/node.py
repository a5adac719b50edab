"""Run the page's own modules in Node, where no page is needed: a second instead of a browser."""

import json
import subprocess
from pathlib import Path
from typing import Any

from publish.programs import ROOT, node

RUN = Path(__file__).with_name("run.mjs")


def run(script: str) -> Any:
    """What a TypeScript module prints as JSON. It imports as a file in `web` would."""
    done = subprocess.run(
        [node(), RUN],
        cwd=ROOT,
        input=script,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
