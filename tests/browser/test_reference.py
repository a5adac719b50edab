"""The reference as it is built: every public name can be linked to, with its source below it."""

import ast
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_accessibility import AXE, FIND_VIOLATIONS
from tests.browser.walk import DOCS, page_paths
from tests.publish.test_reference import modules, public_names


@pytest.fixture(scope="module")
def reference(site: Path) -> str:
    return "".join(page.read_text(encoding="utf-8") for page in site.glob("api/*/index.html"))


def test_every_public_name_stands_in_the_reference(reference: str) -> None:
    missing = [
        f"{module}.{name}"
        for module, file in modules().items()
        for name, _ in public_names(ast.parse(file.read_text(encoding="utf-8")).body)
        if f'id="{module}.{name}"' not in reference
    ]
    assert missing == []


def test_a_type_in_a_signature_is_a_link_and_the_source_is_there(reference: str) -> None:
    assert 'href="#rnn.arrays.Weights"' in reference
    assert "pysrc/rnn/cells/lstm.py" in reference
    assert "<autoref" not in reference


def test_axe_finds_no_violation_on_the_other_pages(page: Page) -> None:
    """Two of them are among `page_paths`, and show every colour; of these the middle is looked at.

    Signatures and sources are taken out first: thousands of words, and the same on every page.
    """
    take_out = "() => document.querySelectorAll('.highlight, details').forEach(e => e.remove())"
    where = [".md-content", {"rules": {"color-contrast": {"enabled": False}}}]
    paths = {f"api/{path.stem}/" for path in (DOCS / "api").glob("*.md") if path.stem != "index"}
    for path in sorted(paths - {*page_paths()}):
        page.goto(path, wait_until="domcontentloaded")
        page.evaluate(take_out)
        page.evaluate(AXE.read_text())
        assert page.evaluate(FIND_VIOLATIONS, where) == [], path
