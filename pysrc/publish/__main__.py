"""The commands: `python -m publish build`, `serve`, `zensical`, `check`, `format`."""

import argparse
import os
import sys
from pathlib import Path

from publish.programs import ROOT
from publish.progress import StepError


def main() -> int:
    """Run one command; print one sentence and return 1 if it fails."""
    parser = argparse.ArgumentParser(prog="python -m publish", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in (
        ("build", "the site, with MkDocs"),
        ("zensical", "the site, with Zensical"),
    ):
        command = commands.add_parser(name, help=f"build {words}")
        command.add_argument(
            "--base-url",
            default=os.environ.get("SITE_URL", ""),
            help="where it will be served (default: the environment's SITE_URL)",
        )
        command.add_argument(
            "--site", default="site" if name == "build" else "site-zensical", help="the folder"
        )
    serve = commands.add_parser("serve", help="build, serve, and build again on every change")
    serve.add_argument("--port", type=int, default=8000)
    commands.add_parser("check", help="format, lint, types, and the tests that need no browser")
    commands.add_parser("format", help="format the sources")
    try:
        return run(parser.parse_args())
    except (StepError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
        return 130


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked. Each command imports what it needs: a check needs no MkDocs."""
    if chosen.command == "serve":
        from publish.serve import serve_book

        serve_book(ROOT / "site", chosen.port)
    elif chosen.command in ("check", "format"):
        from publish import checks

        return checks.check() if chosen.command == "check" else checks.tidy()
    else:
        from publish.site import MKDOCS, ZENSICAL, build

        generator = MKDOCS if chosen.command == "build" else ZENSICAL
        build(ROOT / Path(chosen.site), chosen.base_url, generator)
    return 0


if __name__ == "__main__":
    sys.exit(main())
