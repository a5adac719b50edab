"""A generator's output is cut down to what the author has to mend."""

import pytest

from publish.complaints import complaints

MKDOCS = """INFO    -  Cleaning site directory
WARNING -  Doc file 'a.md' contains a link 'b.md', but the target is not found.
ERROR   -  Error reading page 'one-unit.md':
ERROR   -  one-unit.md:15: lab scalar-rnn: sequence: 'fibonaci' is not allowed

Aborted with a BuildError!
"""
CONFIGURATION = """ERROR   -  Config value 'theme': Unrecognised theme name: 'materal'.

Aborted with 1 configuration errors!
"""
BROKEN = """Build started
\x1b[33mWarning:\x1b[0m page does not exist
Traceback (most recent call last):
  File "x.py", line 1, in <module>
RuntimeError: Python error: LabError: a.md:3: lab x: there is no lab 'x'
Traceback (most recent call last):
  File "y.py", line 2
"""


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (
            MKDOCS,
            (
                "Doc file 'a.md' contains a link 'b.md', but the target is not found.\n"
                "one-unit.md:15: lab scalar-rnn: sequence: 'fibonaci' is not allowed"
            ),
        ),
        (CONFIGURATION, "Config value 'theme': Unrecognised theme name: 'materal'."),
        (BROKEN, "a.md:3: lab x: there is no lab 'x'"),
        ("Build started\n\x1b[33mWarning:\x1b[0m no page\n", "Warning: no page"),
        ("INFO    -  Documentation built in 0.5 seconds\n", ""),
        ("Traceback (most recent call last):\n  odd\n", ""),
    ],
)
def test_only_what_can_be_acted_upon_is_left(output: str, expected: str) -> None:
    assert complaints(output) == expected
