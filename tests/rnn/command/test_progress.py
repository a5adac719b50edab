"""Progress: one line that changes on a terminal, a line now and then in a log."""

import io

import pytest

from rnn.command.progress import CLEAR, Display, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_terminal_has_one_line_that_is_drawn_over(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    clock, out = Clock(), Terminal()
    display = Display(out, clock)
    display.show(lambda: "step 1")
    clock.now += 0.05
    display.show(lambda: pytest.fail("too soon"))
    clock.now += 0.06
    display.show(lambda: "step 3, and more than fits on this line")
    display.keep("Done.")
    display.keep("Saved.")
    drawn = f"{CLEAR}step 1{CLEAR}step 3, and more th{CLEAR}Done.\nSaved.\n"
    assert out.getvalue() == drawn


def test_a_log_has_a_line_every_ten_seconds_and_when_there_is_news():
    clock, out = Clock(), io.StringIO()
    display = Display(out, clock)
    for second in range(25):
        clock.now = 100.0 + second
        display.show(lambda second=second: f"second {second}")
    display.show(lambda: "judged", now=True)
    assert out.getvalue() == "second 0\nsecond 10\nsecond 20\njudged\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (754.0, "12:34"), (3723.0, "1:02:03")],
)
def test_a_duration_as_a_clock_shows_it(seconds, words):
    assert duration(seconds) == words


def test_a_dumb_terminal_gets_a_log(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    out = Terminal()
    display = Display(out)
    display.show(lambda: "step 1")
    display.keep("Done.")
    assert out.getvalue() == "step 1\nDone.\n"


@pytest.mark.parametrize("error", [BrokenPipeError(), OSError(28, "No space left on device")])
def test_when_nobody_reads_it_falls_silent(error):
    class Closed(io.StringIO):
        written = 0

        def write(self, text: str) -> int:
            self.written += 1
            raise error

    out = Closed()
    display = Display(out)
    display.keep("first")
    display.show(lambda: "second", now=True)
    assert (display.closed, out.written) == (True, 1)
