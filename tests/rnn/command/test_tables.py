"""Tables: columns line up, and what a file says cannot move the cursor."""

from rnn.command.tables import printable, table


def test_columns_line_up():
    assert table([("a", "bb"), ("ccc", "d")]) == "a    bb\nccc  d"


def test_what_a_terminal_would_obey_is_shown_instead():
    assert table([("\x1b[2J", "b\r"), ("é", "\u202e")]) == "\\x1b[2J  b\\r\né        \\u202e"
    assert printable("plain €, 😀") == "plain €, 😀"
    assert printable("\ud800\x9b\n") == "\\ud800\\x9b\\n"
