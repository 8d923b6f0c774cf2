"""Words as wide as their letters: a face of a font gives each letter, and each pair that stands closer, once.

Matplotlib shapes every string anew whenever it measures or draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import ft2font
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Signs that stand one after the other, from the first to before the end of each row: no marks that join
# the letter before them, none without a width, no scripts whose letters are joined.
_PLAIN = ((0x20, 0x7F), (0xA0, 0xAD), (0xAE, 0x250), (0x1E00, 0x1F00), (0x2010, 0x2028), (0x2030, 0x205F),
          (0x20A0, 0x20C0), (0x2190, 0x2300))  # fmt: skip
_EM = 1000  # dots in which letters are measured, so that rounding to 1/64 of one is nothing
# matplotlib before 3.10 has plain numbers
_UNHINTED: Any = ft2font.LoadFlags.NO_HINTING if hasattr(ft2font, "LoadFlags") else 2
_UNFITTED: Any = ft2font.Kerning.UNFITTED if hasattr(ft2font, "Kerning") else 1


@dataclass(frozen=True)
class _Letter:
    """A letter; lengths in ems."""

    advance: float
    ascent: float
    descent: float
    corners: NDArray[np.float64]
    codes: NDArray[np.uint8]


class _Letters(dict[str, _Letter]):
    """The letters of a face, each read when it comes first."""

    def __init__(self, font: Any) -> None:
        self._font = font

    def __missing__(self, letter: str) -> _Letter:
        glyph = self._font.load_char(ord(letter), flags=_UNHINTED)
        corners, codes = self._font.get_path()
        advance, (_, low, _, high) = glyph.linearHoriAdvance / 65536, glyph.bbox
        made = _Letter(advance / _EM, high / 64 / _EM, -low / 64 / _EM, np.asarray(corners) / _EM, codes)
        self[letter] = made
        return made


class _Kerning(dict[tuple[str, str], float]):
    """How much farther apart two letters stand than their advances say, in ems; below 0 when closer."""

    def __init__(self, font: Any) -> None:
        self._font = font

    def __missing__(self, pair: tuple[str, str]) -> float:
        left, right = (self._font.get_char_index(ord(letter)) for letter in pair)
        made = self[pair] = self._font.get_kerning(left, right, _UNFITTED) / 64 / _EM
        return made


class Face:
    """One face of a font: widths and outlines of words in ems, not fitted to dots.

    Parameters
    ----------
    file : str
        The file of the font.
    """

    def __init__(self, file: str) -> None:
        font: Any = ft2font.FT2Font(file)
        font.set_size(_EM, 72)
        signs = font.get_charmap()
        self._plain = {
            chr(sign) for first, last in _PLAIN for sign in range(first, last + 1) if sign in signs
        }
        self._letters, self._kerning = _Letters(font), _Kerning(font)

    def sets(self, words: str) -> bool:
        """Whether the face has all the signs of the words, and they stand one after the other."""
        return self._plain.issuperset(words)

    def width(self, words: str) -> float:
        """Return the width of words in ems."""
        letters = self._letters
        return sum([letters[letter].advance for letter in words]) + sum(
            map(self._kerning.__getitem__, pairwise(words))
        )

    def extent(self, words: str) -> tuple[float, float, float]:
        """Return the width of words, their height, and what of it is below the line, in ems."""
        letters = [self._letters[letter] for letter in set(words)]
        descent = max([one.descent for one in letters], default=0.0)
        return self.width(words), max([one.ascent for one in letters], default=0.0) + descent, descent

    def outline(self, words: str) -> Path | None:
        """Return the outline of words in ems, from the left end of their line; None without any ink."""
        corners, codes, x = [], [], 0.0
        nearer = [0.0, *map(self._kerning.__getitem__, pairwise(words))]
        for letter, kerning in zip(words, nearer, strict=False):
            one = self._letters[letter]
            if len(one.codes):
                corners.append(one.corners + np.array([x + kerning, 0.0]))
                codes.append(one.codes)
            x += kerning + one.advance
        return Path(np.concatenate(corners), np.concatenate(codes)) if corners else None


@cache
def _face(file: str) -> Face:
    return Face(file)


def face_of(font: FontProperties) -> Face:
    """Return the face of a font, which keeps the letters that were read."""
    return _face(str(findfont(font)))


def width_of(words: str, font: FontProperties) -> float:
    """Return the width of words in points."""
    face = face_of(font)
    if face.sets(words):
        return face.width(words) * font.get_size_in_points()
    width: float = TextToPath().get_text_width_height_descent(words, font, False)[0]
    return width
