"""The picture that stands for a page where it is shared: its title over a network through time.

Drawn with Pillow in the book's own fonts and colours. The network is real: one unit whose weights
are drawn from a seed made of the page's title reads a wave, and its memory colours the circles.
"""

import hashlib
from functools import cache
from io import BytesIO
from math import sin
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from publish import fonts
from publish.programs import ROOT
from rnn.activations import ACTIVATIONS
from rnn.one_unit import Weights, forward

CACHE = ROOT / "build" / "covers"
SIZE = (1200, 630)  # what Open Graph's readers expect
TWICE = 2  # circles and lines are drawn twice as large and made smaller, which smooths them
MARGIN, STEPS, RADIUS = 80, 8, 34
PAPER, INK, QUIET, HAIRLINE = "#fbfaf7", "#1d2129", "#5d6067", "#dddcda"
ACCENT, POSITIVE, NEGATIVE = "#4350d6", "#2166ac", "#b2182b"
COLOURS = 96  # of the palette: flat shapes and smooth letters need no more
Font = ImageFont.FreeTypeFont


def cover(title: str, words: str, line: str) -> bytes:
    """A page's picture as PNG, from the disk if it was drawn before.

    Args:
        title: The page's title.
        words: Its description, cut after three lines.
        line: What stands above the title, such as `Unrolled · 2`.
    """
    digest = hashlib.sha256("\0".join([title, words, line, _made_with()]).encode()).hexdigest()
    kept = CACHE / f"{digest[:24]}.png"
    if not kept.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(draw(title, words, line))
    return kept.read_bytes()


@cache
def _made_with() -> str:
    return Path(__file__).read_text("utf-8") + fonts.key()


def draw(title: str, words: str, line: str) -> bytes:
    """Draw it."""
    image = Image.new("RGB", (SIZE[0] * TWICE, SIZE[1] * TWICE), PAPER)
    _network(ImageDraw.Draw(image), title)
    image = image.resize(SIZE, Image.Resampling.LANCZOS)
    pen, wide = ImageDraw.Draw(image), SIZE[0] - 2 * MARGIN
    pen.text((MARGIN, 66), line, QUIET, _font("inter-latin-wght-normal", 28, 600))
    big = next(
        font
        for font in (_font("inter-latin-wght-normal", size, 700) for size in (84, 72, 60, 48))
        if font.size == 48 or len(wrapped(title, font, wide)) == 1
    )
    top = 124
    for row in wrapped(title, big, wide)[:2]:
        pen.text((MARGIN, top), row, INK, big)
        top += int(big.size * 1.15)
    serif, top = _font("source-serif-4-latin-wght-normal", 32, 400), top + 22
    for row in shortened(wrapped(words, serif, wide), 3):
        pen.text((MARGIN, top), row, QUIET, serif)
        top += 44
    with BytesIO() as out:
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()


def wrapped(text: str, font: Font, width: float) -> list[str]:
    """Break a text into lines that fit."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(lines: list[str], most: int) -> list[str]:
    """At most so many lines; the last says that there was more."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rpartition(' ')[0]} …"]


def _network(pen: ImageDraw.ImageDraw, title: str) -> None:
    """Circles in a row, joined by arrows; blue is positive, red negative, paper nothing."""
    seed = int.from_bytes(hashlib.sha256(title.encode()).digest()[:8])
    rng = np.random.default_rng(seed)
    w_x, w_h, phase = rng.uniform(0.7, 1.4), rng.uniform(-0.4, 1.2), rng.uniform(0.0, 6.0)
    weights = Weights(w_x=w_x, w_h=w_h, w_y=1.0, b_h=0.0, b_y=0.0)
    inputs = [sin(0.9 * step + phase) for step in range(STEPS)]
    hidden = forward(weights, inputs, ACTIVATIONS["tanh"]).hidden
    step = (SIZE[0] - 2 * MARGIN - 2 * RADIUS) / (STEPS - 1)
    y = SIZE[1] - 112
    for index, value in enumerate(hidden):
        x = MARGIN + RADIUS + index * step
        if index < STEPS - 1:
            _arrow(pen, (x + RADIUS + 8, y), (x + step - RADIUS - 8, y))
        _arrow(pen, (x, y + RADIUS + 38), (x, y + RADIUS + 8))
        colour = _mixed(POSITIVE if value > 0 else NEGATIVE, abs(value))
        _circle(pen, (x, y), RADIUS, ACCENT if index == STEPS - 1 else QUIET)
        _circle(pen, (x, y), RADIUS - (5 if index == STEPS - 1 else 3), colour)


def _mixed(colour: str, share: float) -> tuple[int, int, int]:
    paper, full = (
        np.array([int(each[at : at + 2], 16) for at in (1, 3, 5)]) for each in (PAPER, colour)
    )
    red, green, blue = np.rint(paper + (full - paper) * share).astype(int).tolist()
    return red, green, blue


def _circle(
    pen: ImageDraw.ImageDraw,
    middle: tuple[float, float],
    radius: float,
    colour: str | tuple[int, int, int],
) -> None:
    (x, y), r = middle, radius
    box = (TWICE * (x - r), TWICE * (y - r), TWICE * (x + r), TWICE * (y + r))
    pen.ellipse(box, colour)


def _arrow(pen: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float]) -> None:
    line = np.array([start, end]) * TWICE
    along = (line[1] - line[0]) / np.linalg.norm(line[1] - line[0])
    across = np.array([-along[1], along[0]])
    neck = line[1] - 20 * along
    pen.line([*line[0].tolist(), *neck.tolist()], QUIET, 5)
    tip = [line[1], neck + 11 * across, neck - 11 * across]
    pen.polygon([coordinate for point in tip for coordinate in point.tolist()], QUIET)


@cache
def _font(name: str, size: int, weight: int) -> Font:
    font = ImageFont.truetype(BytesIO(_unpacked(name)), size)
    font.set_variation_by_axes([weight])
    return font


@cache
def _unpacked(name: str) -> bytes:
    """One of the book's fonts as FreeType reads it, which here is not as woff2."""
    with TTFont(fonts.CUT / f"{name}.woff2") as packed, BytesIO() as plain:
        packed.flavor = None
        packed.save(plain)
        return plain.getvalue()
