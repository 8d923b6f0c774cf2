"""The statements of technologies as the page holds them: each sentence once, filled in by the script.

Both languages of all statements would take a fifth of the page; names and turns of phrase repeat. So a
statement is kept as the tree of sentences that it is, over a list of words in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from techprio.language import LANGUAGES, Language, Text, translate

_PLACE = re.compile(r"\{(\w+)\}")
_ALONE = "{words}"


class Packed:
    """Sentences as nodes over shared words.

    A node is a text that is the same in both languages, the number of its words, or that number with the
    nodes of its places.

    Examples
    --------
    >>> from techprio.language import text
    >>> packed = Packed()
    >>> packed.node(text("{first} {second}", first=text("weight"), second="F1"))
    [0, {'first': 1, 'second': 'F1'}]
    >>> packed.words[1]
    ['trọng số', 'weight']
    """

    def __init__(self) -> None:
        self.words: list[list[str]] = []
        self._numbers: dict[tuple[str, ...], int] = {}

    def node(self, words: Any) -> Any:
        """Return the node of some words."""
        return self._node(words)[0]

    def _node(self, words: Any) -> tuple[Any, tuple[str, ...]]:
        """Return the node of some words, and what the script makes of it in each language."""
        if isinstance(words, Text) and words.values:
            sentences = tuple(translate(words.template, one) for one in LANGUAGES)
            number = self._number(sentences)
            places = {name: self._node(value) for name, value in words.values.items()}
            said = tuple(
                _with_places(sentence, {name: both[at] for name, (_, both) in places.items()})
                for at, sentence in enumerate(sentences)
            )
            if said == tuple(map(words.render, LANGUAGES)):
                return [number, {name: node for name, (node, _) in places.items()}], said
        both = tuple(_said(words, one) for one in LANGUAGES)
        return both[0] if len(set(both)) == 1 else self._number(both), both

    def _number(self, both: tuple[str, ...]) -> int:
        if both not in self._numbers:
            self._numbers[both] = len(self.words)
            self.words.append(list(both))
        return self._numbers[both]


def packed_statements(said: Mapping[str, Text]) -> dict[str, Any]:
    """Return the statements for the page: ``words`` in both languages, and a node a technology."""
    packed = Packed()
    nodes = {name: packed.node(words) for name, words in said.items()}
    return {"words": packed.words, "nodes": nodes}


def _with_places(sentence: str, places: Mapping[str, str]) -> str:
    """Return what the script makes of a sentence and the words of its places."""
    return _PLACE.sub(lambda found: places[found[1]], sentence)


def _said(words: Any, language: Language) -> str:
    return Text(_ALONE, {"words": words}).render(language)
