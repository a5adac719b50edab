"""`llms.txt`: the book in one plain file, for language models and for whoever prefers one.

The form is that of llmstxt.org: a title, a summary, and lists of links with a sentence each.
"""

from collections.abc import Iterable, Mapping

from publish.chapters import HOME, chapters, configuration, sections
from publish.heads import About

NOTE = """Every figure is computed by the same Python (NumPy only), at build and in the browser.
Text: CC BY 4.0. Code: MIT. Symbols are the same on every page: inputs x_t, hidden states h_t,
outputs y_t; weights W_xh, W_hh, W_hy; biases b_h, b_y."""


def overview(pages: Iterable[About]) -> str:
    """List the pages as the navigation does, with addresses as absolute as they are known."""
    known = {page.file: page for page in pages}
    known |= {f"{file.removesuffix('.md')}/index.md": page for file, page in known.items()}
    settings = configuration()
    first = known[HOME]
    parts = [f"# {settings['site_name']}", f"> {first.description}", NOTE]
    parts.append(_list("Chapters", chapters(), known))
    parts += [_list(title, files, known) for title, files in sections().items()]
    return "\n\n".join(parts) + "\n"


def _list(title: str, files: Mapping[str, str], known: Mapping[str, About]) -> str:
    links = (_link(name, known[file]) for file, name in files.items() if file in known)
    return "\n".join([f"## {title}", "", *links])


def _link(name: str, page: About) -> str:
    return f"- [{name}]({page.address or page.path}): {page.description}"
