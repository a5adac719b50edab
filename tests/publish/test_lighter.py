"""Before the first paint: one style sheet of the theme, none of mkdocstrings."""

from pathlib import Path

import pytest

from publish.lighter import lighter

SHEET = '<link rel="stylesheet" href="{up}assets/{name}">'
PAGE = (
    "<head>"
    + SHEET.format(up="../", name="stylesheets/main.1a.min.css")
    + "\n  "
    + SHEET.format(up="../", name="stylesheets/palette.2b.min.css")
    + SHEET.format(up="../", name="_mkdocstrings.css")
    + SHEET.format(up="../", name="unrolled.css")
    + "</head><table><tr><td>1</td></tr></table>"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "assets" / "stylesheets"
    folder.mkdir(parents=True)
    (folder / "main.1a.min.css").write_text("table:not([class]){}", encoding="utf-8")
    (folder / "palette.2b.min.css").write_text("b{}", encoding="utf-8")
    return tmp_path


def test_the_themes_two_sheets_become_one(site: Path) -> None:
    page = lighter(PAGE, site)
    assert page.count('rel="stylesheet"') == 2
    (joined,) = (site / "assets" / "stylesheets").glob("theme.*.min.css")
    assert f'href="../assets/stylesheets/{joined.name}"' in page
    assert joined.read_text(encoding="utf-8") == "table.data{}\nb{}"


def test_a_table_stands_in_the_themes_frame_and_has_the_class_that_its_sheet_asks_for(
    site: Path,
) -> None:
    page = lighter(PAGE, site)
    assert (
        '<div class="md-typeset__scrollwrap" role="group" tabindex="0" aria-label="Table">'
        '<div class="md-typeset__table">'
        '<table class="data"><tr><td>1</td></tr></table></div></div>'
    ) in page
    assert lighter(page, site).count("md-typeset__table") == 1


def test_a_table_with_a_link_is_reached_by_it(site: Path) -> None:
    page = lighter(PAGE.replace("<td>1</td>", '<td><a href="#x">1</a></td>'), site)
    assert '<div class="md-typeset__scrollwrap"><div' in page


def test_another_generators_page_stays_as_it_is(site: Path) -> None:
    page = (
        '<link rel=stylesheet href=assets/stylesheets/modern/main.css><script src="x.js"></script>'
    )
    assert lighter(page, site) == page
