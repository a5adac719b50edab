"""A reader's text on its way to Python: named, checked for depth, cut before its last expression.

In a browser the parser does not refuse what nests too deeply for its stack: the engine dies. So
depth is counted first, by the tokenizer, which has no such limit.
"""

import io
import linecache
import tokenize
from contextlib import suppress
from dataclasses import dataclass
from types import CodeType

# In Pyodide parsing fails for good at some 130 brackets, or at 600 operators in a row.
MOST_BRACKETS, MOST_OPERATORS = 80, 400
MOST_CHARACTERS = 200_000
_NAMES: set[str] = set()

_SKIPPED = (tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER)


@dataclass(frozen=True)
class Source:
    """A text, and the name that tracebacks give it: `cell 2`."""

    name: str
    text: str

    def compiled(self) -> tuple[CodeType, CodeType | None]:
        """The code, and that of the expression it ends in, whose value is worth showing.

        Raises:
            SyntaxError: if Python does not understand it.
            ValueError: if it is too long or nested too deeply.
        """
        self._remember()
        if len(self.text) > MOST_CHARACTERS:
            raise ValueError(
                f"the code may have at most {MOST_CHARACTERS:,} characters; got {len(self.text):,}"
            )
        start = _last_statement(self.text)
        lines = self.text.splitlines(keepends=True)
        before, last = "".join(lines[:start]), "".join(lines[start:])
        if not last.strip():
            return self._code(self.text, "exec"), None
        ending = None
        with suppress(SyntaxError):  # on its own line, so that an error names the line it stands on
            ending = self._code("\n" * start + last.rstrip(), "eval")
        return self._code(before if ending else self.text, "exec"), ending

    def _code(self, text: str, mode: str) -> CodeType:
        code: CodeType = compile(text, self.name, mode, dont_inherit=True)
        return code

    def _remember(self) -> None:
        """Let tracebacks show the lines."""
        lines = self.text.splitlines(keepends=True)
        linecache.cache[self.name] = (len(self.text), None, lines, self.name)
        _NAMES.add(self.name)


def is_readers(filename: str) -> bool:
    """True for a name under which a reader's text was compiled."""
    return filename in _NAMES


def _last_statement(text: str) -> int:
    """The line, from 0, where the last statement at the left edge begins; refuse what is too deep.

    What the tokenizer cannot read is left to the compiler, which explains it better.
    """
    start, begins, depth, operators = 0, True, 0, 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in _SKIPPED:
                continue
            if token.type == tokenize.NEWLINE:
                begins, operators = True, 0
                continue
            if begins and token.type not in (tokenize.INDENT, tokenize.DEDENT):
                start = token.start[0] - 1 if token.start[1] == 0 else start
                begins = False
            if token.type == tokenize.OP:
                depth += (token.string in "([{") - (token.string in ")]}")
                operators += token.string not in "()[]{},:="
            operators += token.string in ("not", "and", "or", "lambda", "if", "await")
            if depth > MOST_BRACKETS:
                raise ValueError(f"brackets may nest {MOST_BRACKETS} deep; line {token.start[0]}")
            if operators > MOST_OPERATORS:
                raise ValueError(
                    f"a statement may have {MOST_OPERATORS} operators; line {token.start[0]}"
                )
    except (tokenize.TokenError, SyntaxError):
        return len(text.splitlines())
    return start
