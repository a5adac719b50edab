"""A class and a frame for every table of the prose, at build time.

The theme's script looks for tables without a class once the page has been painted, puts each into a
frame that scrolls, and so makes the browser lay the article out again; without JavaScript a wide
table has no frame at all. Its style sheet asks `table:not([class])`, which costs more than it says:
whenever a class changes anywhere, all below it must be styled anew, on a long chapter ten times.
"""

import re

PLAIN = re.compile(r"<table>(.*?)</table>", re.DOTALL)
FRAMED = (
    '<div class="md-typeset__scrollwrap"{keys}><div class="md-typeset__table">'
    '<table class="data">{rows}</table></div></div>'
)
# A frame may scroll on a narrow screen: the keyboard must reach it, by a link in it or by itself.
KEYS = ' role="group" tabindex="0" aria-label="Table"'


def framed(page: str) -> str:
    """The page with each table that has no attribute in the theme's frame, and of our class."""

    def frame(table: re.Match[str]) -> str:
        return FRAMED.format(keys="" if "<a " in table[1] else KEYS, rows=table[1])

    return PLAIN.sub(frame, page)


def by_class(styles: str) -> str:
    """The theme's style sheet, asking for the class instead of for none."""
    return styles.replace("table:not([class])", "table.data")
