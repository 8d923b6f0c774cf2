"""The names and statements of technologies as the page holds them: each once, filled in by the script.

Both languages of all statements would take a fifth of the page; names and turns of phrase repeat. So a
statement is kept as the tree of sentences that it is, and each of its parts once for all technologies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from techprio.language import LANGUAGES, Language, Text, translate

_PLACE = re.compile(r"\{(\w+)\}")
_ALONE = "{words}"


class Packed:
    """Sentences as numbered parts over shared words.

    A part is the number of its words and what stands in each of their places, in the order of ``words``: a
    text that is the same in both languages, or the number of another part.

    Examples
    --------
    >>> from techprio.language import text
    >>> packed = Packed()
    >>> packed.part(text("{first} {second}", first=text("weight"), second="F1"))
    1
    >>> packed.parts
    [[0], [1, 0, 'F1']]
    >>> packed.words
    [['trọng số', 'weight'], ['{first} {second}', '{first} {second}', 'first', 'second']]
    """

    def __init__(self) -> None:
        self.words: list[list[str]] = []
        self.parts: list[list[int | str]] = []
        self._number_of_words: dict[tuple[str, ...], int] = {}
        self._number_of_part: dict[tuple[int | str, ...], int] = {}

    def part(self, words: Any) -> int | str:
        """Return the number of the part that some words are, or the words where both languages say them."""
        return self._part(words)[0]

    def _part(self, words: Any) -> tuple[int | str, tuple[str, ...]]:
        """Return the part of some words, and what the script makes of it in each language."""
        if isinstance(words, Text) and words.values:
            sentences = tuple(translate(words.template, one) for one in LANGUAGES)
            places = {name: self._part(value) for name, value in words.values.items()}
            said = tuple(
                _with_places(sentence, {name: both[at] for name, (_, both) in places.items()})
                for at, sentence in enumerate(sentences)
            )
            if said == tuple(map(words.render, LANGUAGES)):
                number = self._words((*sentences, *places))
                return self._kept((number, *(part for part, _ in places.values()))), said
        both = tuple(_said(words, one) for one in LANGUAGES)
        return both[0] if len(set(both)) == 1 else self._kept((self._words(both),)), both

    def _words(self, sentence: tuple[str, ...]) -> int:
        """Return the number of a sentence: in Vietnamese, in English, the names of its places."""
        return _numbered(sentence, self.words, self._number_of_words)

    def _kept(self, part: tuple[int | str, ...]) -> int:
        return _numbered(part, self.parts, self._number_of_part)


def _numbered(one: tuple[Any, ...], kept: list[Any], numbers: dict[tuple[Any, ...], int]) -> int:
    """Return the number of something, which is kept when it is met first."""
    if one not in numbers:
        numbers[one] = len(kept)
        kept.append(list(one))
    return numbers[one]


def _with_places(sentence: str, places: Mapping[str, str]) -> str:
    """Return what the script makes of a sentence and the words of its places."""
    return _PLACE.sub(lambda found: places[found[1]], sentence)


def _said(words: Any, language: Language) -> str:
    return Text(_ALONE, {"words": words}).render(language)
