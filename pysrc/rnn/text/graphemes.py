"""What a reader calls one letter may be several characters; a label must never show half of one.

The model reads code points. A figure that labels them asks here where letters begin and end:
'é' may be e and an accent, a flag is two letters of a country, a family is joined by invisible
joiners.

This is the useful part of Unicode's grapheme clusters (UAX #29, revision 45, section 3.1, rules
GB3 to GB13), made from what `unicodedata` knows. Left out: letters that attach to the one after
them (GB9b, Prepend) and consonant clusters of Indian scripts (GB9c), where clusters come out
shorter than Unicode's; and which symbols are pictures (GB11) is told by category and block.
"""

import unicodedata
from itertools import pairwise

import numpy as np

from rnn.arrays import IntArray

JOINER = "\u200d"
"""The zero-width joiner, which makes one picture of several."""
# Attached to the character before, although their category does not say so: non-joiner, Thai and
# Lao am, halfwidth voicing marks; skin tones; tags.
ATTACHED = frozenset(
    "\u200c\u200d\u0e33\u0eb3\uff9e\uff9f"
    + "".join(map(chr, [*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)]))
)
"""What belongs to the character before, although its category does not say so."""
PICTURES_BY_BLOCK = frozenset("‼⁉〰〽↔⤴⤵#*")
"""Signs that a picture may be made of and that stand in other blocks."""
FIRST_SYLLABLE = 0xAC00
"""The first of the Hangul syllables."""
LAST_SYLLABLE = 0xD7A3
"""The last of the Hangul syllables."""
FINALS = 28
"""How many final consonants a Hangul syllable may have, none among them."""


def graphemes(text: str) -> list[str]:
    """The letters of `text` as a reader counts them; joined they are the text again."""
    starts = [*cluster_starts(text), len(text)]
    return [text[a:b] for a, b in pairwise(starts)]


def cluster_of(text: str) -> IntArray:
    """For each code point the number of the letter it belongs to, a vector."""
    begins = np.zeros(len(text), np.intp)
    begins[cluster_starts(text)] = 1
    numbers: IntArray = np.cumsum(begins) - 1
    return numbers


def cluster_starts(text: str) -> list[int]:
    """Where each letter begins, in code points."""
    if text.isascii() and "\r" not in text:  # nothing in it attaches to anything
        return list(range(len(text)))
    starts: list[int] = []
    flags = 0  # regional indicators seen in a row
    picture = False  # the cluster is a picture, perhaps with marks
    before = ""
    for place, character in enumerate(text):
        if not before or _breaks(before, character, flags, picture=picture):
            starts.append(place)
            flags = 0
            picture = _is_picture(character)
        flags = flags + 1 if _is_flag(character) else 0
        picture = picture and (_is_attached(character) or _is_picture(character))
        before = character
    return starts


def _breaks(before: str, after: str, flags: int, *, picture: bool) -> bool:
    if before.isascii() and after.isascii():
        return (before, after) != ("\r", "\n")  # GB3; otherwise nothing in ASCII attaches
    if _is_control(before) or _is_control(after):  # GB4, GB5
        return True
    if _is_attached(after):  # GB9, GB9a
        return False
    if before == JOINER and picture and _is_picture(after):  # GB11
        return False
    if _is_flag(before) and _is_flag(after):  # GB12, GB13
        return flags % 2 == 0
    return _sound(after) not in _FOLLOWERS.get(_sound(before), ())  # GB6, GB7, GB8


def _is_control(character: str) -> bool:
    if character in ATTACHED:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")


def _is_attached(character: str) -> bool:
    return character in ATTACHED or unicodedata.category(character) in ("Mn", "Me", "Mc")


def _is_picture(character: str) -> bool:
    if _is_flag(character):
        return False
    return unicodedata.category(character) == "So" or character in PICTURES_BY_BLOCK


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _sound(character: str) -> str:
    """L, V or T for a leading, vowel or trailing letter, LV or LVT for a syllable, else nothing."""
    point = ord(character)
    if FIRST_SYLLABLE <= point <= LAST_SYLLABLE:
        return "LVT" if (point - FIRST_SYLLABLE) % FINALS else "LV"
    for sound, ranges in _LETTERS.items():
        if any(low <= point <= high for low, high in ranges):
            return sound
    return ""


_LETTERS = {
    "L": ((0x1100, 0x115F), (0xA960, 0xA97C)),
    "V": ((0x1160, 0x11A7), (0xD7B0, 0xD7C6)),
    "T": ((0x11A8, 0x11FF), (0xD7CB, 0xD7FB)),
}
_FOLLOWERS = {
    "L": ("L", "V", "LV", "LVT"),
    "LV": ("V", "T"),
    "V": ("V", "T"),
    "LVT": ("T",),
    "T": ("T",),
}
