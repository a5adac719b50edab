"""A lab on a page of its own: the same element, the same assets from two folders further down."""

from pathlib import Path

from publish.embed import embeds

PAGE = """<html><head><meta charset="utf-8"><title>One unit - Unrolled</title>
<link rel="icon" href="../assets/favicon.svg">
<link rel="stylesheet" href="../assets/stylesheets/main.css">
<link rel="next" href="../unrolled/">
<link rel="preload" href="../assets/fonts/a.woff2" as="font">
<script>material()</script></head><body>
<p>Prose.</p>
<rnn-lab id="first" data-lab="scalar-rnn"><div class="lab-title" id="t">One &amp; one</div>
<rnn-share><p class="share-alone"><a href="embed/first/">alone</a></p></rnn-share>
<template>{"a": 1}</template></rnn-lab>
<rnn-lab id="second" data-lab="gates"><div class="lab-title">Gates</div></rnn-lab>
<script src="../assets/javascripts/bundle.js"></script>
<script src="../assets/unrolled.js" type="module"></script></body></html>"""


def made() -> dict[Path, str]:
    return dict(embeds({Path("one-unit/index.html"): PAGE, Path("about/index.html"): "<p>no</p>"}))


def test_every_lab_gets_a_page_below_its_own() -> None:
    assert list(made()) == [
        Path("one-unit/embed/first/index.html"),
        Path("one-unit/embed/second/index.html"),
    ]


def test_it_holds_the_lab_and_nothing_of_the_book_around_it() -> None:
    first = made()[Path("one-unit/embed/first/index.html")]
    assert '<rnn-lab id="first" data-lab="scalar-rnn">' in first
    assert '<template>{"a": 1}</template></rnn-lab>' in first
    assert "Prose." not in first
    assert "material()" not in first
    assert "bundle.js" not in first
    assert "embed/first" not in first
    assert "<title>One &amp; one - Unrolled</title>" in first


def test_its_assets_and_its_chapter_are_two_folders_up() -> None:
    first = made()[Path("one-unit/embed/first/index.html")]
    for asset in (
        *('href="../../../assets/stylesheets/main.css"', 'href="../../../assets/fonts/a.woff2"'),
        *('src="../../../assets/unrolled.js"', 'href="../../../assets/favicon.svg"'),
    ):
        assert asset in first
    assert 'rel="next"' not in first
    assert '<a href="../../" target="_blank" rel="noopener">One unit</a>' in first
    assert 'data-book="../../"' in first


def test_a_lab_of_the_first_page_finds_its_assets_too() -> None:
    pages = {Path("index.html"): PAGE.replace("../assets", "assets")}
    first = dict(embeds(pages))[Path("embed/first/index.html")]
    assert 'src="../../assets/unrolled.js"' in first
