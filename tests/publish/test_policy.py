"""The policy: every inline script hashed, on every page, before anything else."""

import base64
import hashlib

import pytest

from publish.policy import PolicyError, inline_scripts, policy, protect


def source(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_only_scripts_that_stand_in_the_page_and_run_are_hashed() -> None:
    page = """<script>a < b && "</b>"</script><script src="x.js"></script>
      <script type="application/json">{}</script><SCRIPT type=module>c()</SCRIPT>
      <template>&lt;script&gt;no()&lt;/script&gt;</template>"""
    assert inline_scripts(page) == ['a < b && "</b>"', "c()"]


def test_the_policy_holds_the_scripts_of_all_pages_once() -> None:
    content = policy(["<script>a</script>", "<script>a</script><script>b\n</script>"])
    assert content.count("sha256-") == 2
    assert source("a") in content
    assert source("b\n") in content


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    directives = dict(part.split(" ", 1) for part in policy([]).split("; "))
    assert directives["default-src"] == "'self'"
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert directives["worker-src"] == "'self' blob:"
    assert directives["connect-src"] == "'self'"
    assert directives["object-src"] == directives["frame-src"] == "'none'"
    assert not any("http" in value or "*" in value for value in directives.values())
    assert "'unsafe-inline'" not in directives["script-src"]


def test_it_stands_right_after_the_charset() -> None:
    page = '<head>\n<meta charset="utf-8">\n<script>a</script>'
    assert protect(page, "default-src 'self'").startswith(
        '<head>\n<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'self'\">\n<script>"
    )


def test_a_page_without_a_charset_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"odd\.html: no <meta charset>"):
        protect("<head></head>", "default-src 'self'", "odd.html")
