"""A class and a frame for every table of the prose, at build time.

The theme's script looks for tables without a class once the page has been painted, puts each into a
frame that scrolls, and so makes the browser lay the article out again; without JavaScript a wide
table has no frame at all. Its style sheet asks `table:not([class])`, which costs more than it says:
whenever a class changes anywhere, all below it must be styled anew, on a long chapter ten times.
"""

import re

PLAIN = re.compile(r"<table>(.*?)</table>", re.DOTALL)
FRAMED = (
    '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">'
    r'<table class="data">\1</table></div></div>'
)


def framed(page: str) -> str:
    """The page with each table that has no attribute in the theme's frame, and of our class."""
    return PLAIN.sub(FRAMED, page)


def by_class(styles: str) -> str:
    """The theme's style sheet, asking for the class instead of for none."""
    return styles.replace("table:not([class])", "table.data")
