"""A build replaces a whole folder, so it looks first at what it would take away."""

from pathlib import Path

import pytest

from publish import site as module
from publish.finish import MARK, replaceable
from publish.programs import ROOT
from publish.progress import StepError


@pytest.mark.parametrize(
    ("there", "may"), [(None, True), ([], True), ([MARK, "index.html"], True), (["mine.md"], False)]
)
def test_only_a_new_an_empty_or_a_built_folder_is_replaced(
    tmp_path: Path, there: list[str] | None, *, may: bool
) -> None:
    folder = tmp_path / "site"
    if there is not None:
        folder.mkdir()
        for name in there:
            (folder / name).touch()
    assert replaceable(folder) is may


def test_a_file_is_not_replaced_and_what_the_build_has_made_is(tmp_path: Path) -> None:
    (tmp_path / "site").touch()
    assert not replaceable(tmp_path / "site")
    assert replaceable(ROOT / "build" / "logs")


@pytest.mark.parametrize("folder", [".", "docs", "site/../docs", ".."])
def test_a_build_into_something_else_is_refused_before_anything_is_done(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_build", lambda *_: pytest.fail("it began to build"))
    with pytest.raises(StepError, match="must be a new folder, or one built before"):
        module.build(ROOT / folder)
