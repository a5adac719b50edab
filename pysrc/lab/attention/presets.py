"""Dates worth looking at, and what each one shows."""

from lab.kit.declaration import Preset

PRESETS = (
    Preset(
        name="month-first",
        label="Month first",
        values={},
        note="Written from the top down. For the year it looks at the year, for the month at the "
        "name, for the day at the figure: nobody told it which is which.",
    ),
    Preset(
        name="weekday",
        label="With a weekday",
        values={"date": "MONDAY, THE 3RD OF MAY 1999"},
        note="Capitals, a weekday, an ordinal, an “of”. Most of it is not needed, and the columns "
        "of what is not needed stay pale.",
    ),
    Preset(
        name="spelled",
        label="The day in words",
        values={"date": "the twenty-first of September 1984"},
        note="There is no 2 and no 1 to copy: both figures of the day are made from a word.",
    ),
    Preset(
        name="points",
        label="Between points",
        values={"date": "03.05.1999"},
        note="Only figures. Between points the day comes first, so the pattern runs from right "
        "to left.",
    ),
    Preset(
        name="two-figures",
        label="A year of two figures",
        values={"date": "May 3, '49"},
        note="The century stands nowhere. It follows a rule that the network met only in "
        "examples: 50 to 99 are 19.., 00 to 49 are 20... Change 49 to 50.",
    ),
    Preset(
        name="strokes",
        label="Beyond it: strokes",
        values={"date": "05/13/1999"},
        note="The 13th of May, as it is written in the United States. A day and a month between "
        "strokes were left out of the learning, since Britain has them the other way about. It "
        "answers all the same, and wrongly.",
    ),
    Preset(
        name="no-such-day",
        label="Beyond it: no such day",
        values={"date": "31 February 1999"},
        note="It rewrites; it knows no calendar, and it is certain.",
    ),
    Preset(
        name="too-early",
        label="Beyond it: too early",
        values={"date": "14 July 1789"},
        note="It learned years from 1950 to 2049. Outside them it is wrong, and nearly certain "
        "all the same.",
    ),
    Preset(
        name="typing-error",
        label="Beyond it: a typing error",
        values={"date": "3rd of Arpil 1999"},
        note="It never met a word with two letters changed over, and reads it rightly: an “A” and "
        "a “p” nearby are enough.",
    ),
    Preset(
        name="no-date",
        label="Beyond it: no date at all",
        values={"date": "hello"},
        note="It never learned to say that there is nothing to read. Step through the writing and "
        "see how unsure it is.",
    ),
    Preset(
        name="from-nothing",
        label="Train one from nothing",
        values={"reader": "own"},
        note="A smaller network with random weights. Press Train and watch the matrix: first it "
        "looks everywhere a little, then it finds its places.",
    ),
)
