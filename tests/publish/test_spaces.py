"""A number and its unit share a line in prose; code stays as it is written."""

from markdown import Markdown


def render(text: str) -> str:
    return Markdown(extensions=["tables", "publish.spaces"]).convert(text)


def test_a_per_cent_sign_stays_with_its_number() -> None:
    page = render("At 35 % and *0.5 %* of [99 %](x).\n\n| 1 % |\n|---|\n| 2 % |")
    for number in ("35", "0.5", "99", "1", "2"):
        assert f"{number}\u00a0%" in page


def test_a_size_stays_with_its_number() -> None:
    assert "11\u00a0MB and 4 MBit" in render("11 MB and 4 MBit")


def test_code_and_other_spaces_stay() -> None:
    page = render("`7 % 3` is 1, a % sign.\n\n    8 % 3\n")
    assert "<code>7 % 3</code>" in page
    assert "8 % 3" in page
    assert "a % sign" in page


def test_a_short_command_is_kept_whole() -> None:
    page = render("`python -m rnn check` and `python -m rnn train book.txt --resume it`, `a b`")
    assert '<code class="whole">python -m rnn check</code>' in page
    assert page.count("whole") == 1
