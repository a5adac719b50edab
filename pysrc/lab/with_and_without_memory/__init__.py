"""One sequence, two pasts: a window of values and a recurrent unit read both."""

from lab.with_and_without_memory.session import WithAndWithoutMemory

LAB = WithAndWithoutMemory
