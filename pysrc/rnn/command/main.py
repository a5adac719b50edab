"""`python -m rnn train | sample | check | info | export`.

A mistake is told in one sentence on the standard error, and the exit code is 2.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from rnn.command import check, export, info, sample, train
from rnn.command.tables import printable

COMMANDS = {
    "train": (train, "learn to write like a text"),
    "sample": (sample, "let a trained model write"),
    "check": (check, "hold gradients against central differences"),
    "info": (info, "say what is in a model's file"),
    "export": (export, "take a model to PyTorch, or into one Python script"),
}
"""Every command by its name: what it does, and what is said of it."""
WRONG = 2
"""The exit code of bad input."""
INTERRUPTED = 130
"""The exit code of a command that was interrupted, as shells have it."""
MOST_SAID = 2000
"""The most characters of one message: a stranger's file may have much to say."""


class UsageError(ValueError):
    """The command line was not understood."""


class Parser(argparse.ArgumentParser):
    """Raises where argparse would print the usage and exit."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with argparse's own sentence."""
        raise UsageError(f"{message} (see {self.prog} --help)")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    whole = Parser(prog="python -m rnn", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, words) in COMMANDS.items():
        one = commands.add_parser(name, help=words, description=module.__doc__)
        one.formatter_class = argparse.RawDescriptionHelpFormatter
        module.add_options(one)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    _open_outputs()
    return _flushed(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        chosen = parser().parse_args(arguments)
        code: int = COMMANDS[chosen.command][0].run(chosen)
    except SystemExit as done:  # --help
        code = int(done.code or 0)
    except BrokenPipeError:  # whoever read our output has seen enough; `train` goes on by itself
        code = 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except (ValueError, MemoryError) as error:
        return _complain(str(error) or "there is not enough memory for this")
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        return _complain(f"{error.strerror or error}{where}")
    return code


def _open_outputs() -> None:
    """Where an output was closed (`>&-`) there is none: what is said goes nowhere instead."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - kept


def _flushed(code: int) -> int:
    """The exit code, after the last of the output has gone where it can."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would try again, and complain
        if not (code or isinstance(error, BrokenPipeError)):
            return _complain(f"the output could not be written: {error.strerror or error}")
    return code


def _complain(message: str) -> int:
    sentence = printable(" ".join(message.split()))
    if len(sentence) > MOST_SAID:
        sentence = f"{sentence[:MOST_SAID]} ..."
    print(f"{sentence[:1].upper()}{sentence[1:]}{'' if sentence[-1:] in '.!?' else '.'}",
          file=sys.stderr)  # fmt: skip
    return WRONG
