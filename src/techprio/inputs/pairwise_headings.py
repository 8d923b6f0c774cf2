"""Which headings of a survey compare two criteria.

A heading is a pair when its two sides are criteria: joined by a word such as "vs", or by another sign when
the same names come again in other headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import networkx as nx

Pair = tuple[str, str]

_WORDS = re.compile(
    r"\s+(?:vs\.?|versus|against|compared (?:to|with)|so với|so voi|hay|hoặc|hoac|or)\s+|\s*(?:<->|<>|↔)\s*",
    re.I,
)
_SIGNS = (r"\s+[-–—]\s+", r"\s*/\s*", r"\s*\|\s*", r"\s*:\s*", "[_-]")
_NUMBERED = re.compile(r"^\s*(?:(?:q|c|câu|cau|question)\s*)?([0-9]+)\s*(?:[._):\-]\s*|\s)", re.I)
_BOXED = re.compile(r"\[([^\[\]]+)\](\s*[^\[\]]+?\s*)\[([^\[\]]+)\]$")
"""Two items, each in brackets: ``[cost] vs [jobs]``."""
_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")


def pairs_of_headings(headings: Sequence[str], criteria: Sequence[str] = ()) -> dict[int, Pair]:
    """Return the pair of each heading that compares two criteria, by its place.

    Parameters
    ----------
    headings : sequence of str
    criteria : sequence of str
        Criteria that are known; a reading of a heading as two of them goes before any other.

    Examples
    --------
    >>> pairs_of_headings(["respondent_id", "cost_jobs", "cost_air_quality", "jobs_air_quality"])
    {1: ('cost', 'jobs'), 2: ('cost', 'air_quality'), 3: ('jobs', 'air_quality')}
    >>> pairs_of_headings(["", "sex", "Cost vs Air quality"])
    {2: ('Cost', 'Air quality')}
    """
    known = {same_name(name): name for name in criteria}
    headings = ["" if _goes_on(words, headings[:place]) else words for place, words in enumerate(headings)]
    splits = {place: found for place, words in enumerate(headings) if (found := _splits(words, known))}
    splits = _without_frame(splits, known)
    sure = {place for place in splits if _WORDS.search(_asked(headings[place]))}
    names = Counter(
        name for found in splits.values() for name in {same_name(one) for pair in found for one in pair}
    )
    chosen = {place: _best(found, names) for place, found in splits.items()}
    pairs = {place: pair for place, pair in chosen.items() if pair}
    sure |= {place for place, pair in pairs.items() if _are(pair, known)}
    numbered = {place for place in pairs if _is_numbered(headings[place])}
    if len(numbered) > 1:
        sure |= numbered  # questions that are numbered like the others
    pairs = _linked(pairs, sure, len(headings))
    spelled: dict[str, str] = dict(known)
    return {
        place: (spelled.setdefault(same_name(left), left), spelled.setdefault(same_name(right), right))
        for place, (left, right) in sorted(pairs.items())
    }


def _goes_on(words: str, before: Sequence[str]) -> bool:
    """Whether a heading is one before it and a word more: ``A_B_degree`` beside ``A_B``."""
    return any(one and re.match(re.escape(one) + r"[\s_\-(.:]+\w", words) for one in before[-1:])


def same_name(name: str) -> str:
    """Return a name as names are compared: without case and doubled blanks."""
    return " ".join(name.casefold().split())


def _asked(words: str) -> str:
    """Return a heading without its number and without the question before its brackets.

    What is left must still name two things: ``C1 - C2`` is no question C1.
    """
    words = _BOXED.sub(r"\1\2\3", words)
    inside = _BRACKETS.search(words)
    whole = (inside[1] if inside else words).strip()
    rest = _NUMBERED.sub("", whole).strip()
    return rest if rest != whole and _names_two(rest) else whole


def _is_numbered(words: str) -> bool:
    inside = _BRACKETS.search(words)
    whole = (inside[1] if inside else words).strip()
    return bool(_NUMBERED.search(words)) and (inside is not None or _asked(words) != whole)


def _names_two(words: str) -> bool:
    return any(
        len([part for part in re.split(sign, words) if part.strip()]) > 1 for sign in (_WORDS, *_SIGNS)
    )


def _splits(words: str, known: Mapping[str, str]) -> list[Pair]:
    """Return the ways to read a heading as two different names."""
    asked = _asked(words)
    parts = [part.strip() for part in _WORDS.split(asked)]
    if len(parts) == 2:
        found = [(parts[0], parts[1])]
    else:
        found = []
        for sign in _SIGNS:
            cuts = list(re.finditer(sign, asked))
            found = [(asked[: cut.start()].strip(" ?"), asked[cut.end() :].strip(" ?")) for cut in cuts]
            found = [pair for pair in found if all(pair)]
            if found:
                break
    found = [pair for pair in found if all(pair) and same_name(pair[0]) != same_name(pair[1])]
    return [pair for pair in found if _are(pair, known)] or found


def _without_frame(splits: dict[int, list[Pair]], known: Mapping[str, str]) -> dict[int, list[Pair]]:
    """Take off the words that frame every pair, as in ``Side: A - B`` or ``A vs B (1-9)?``.

    They are taken for a frame when without them the headings name fewer things; a criterion that comes first
    in every heading, or a word with which every criterion begins, is none.
    """
    pairs = {place: found[0] for place, found in splits.items() if len(found) == 1}
    if len(pairs) < 3 or any(_are(pair, known) for pair in pairs.values()):
        return splits
    before = _shared([left for left, _ in pairs.values()])
    behind = _shared([right[::-1] for _, right in pairs.values()])
    bare = {place: (left, right) for place, (left, right) in pairs.items()}
    for head in _frames(before):
        for tail in _frames(behind):
            cut = {p: (a[head:].strip(), b[: len(b) - tail].strip()) for p, (a, b) in pairs.items()}
            if all(map(all, cut.values())) and _named(cut) < _named(bare):
                bare = cut
    return {place: [bare[place]] if place in bare else found for place, found in splits.items()}


def _shared(words: Sequence[str]) -> str:
    """Return the signs with which all words begin."""
    signs = [each[0] for each in zip(*words, strict=False)]
    same = [len(set(each)) == 1 for each in zip(*words, strict=False)]
    return "".join(signs[: same.index(False)] if False in same else signs)


def _frames(words: str) -> list[int]:
    """Return the lengths of what may be a frame: nothing, or words up to a blank or a sign."""
    return [0, *(at + 1 for at, sign in enumerate(words) if not sign.isalnum())]


def _named(pairs: Mapping[int, Pair]) -> int:
    return len({same_name(name) for pair in pairs.values() for name in pair})


def _are(pair: Pair, known: Mapping[str, str]) -> bool:
    return all(same_name(name) in known for name in pair)


def _best(found: Sequence[Pair], names: Counter[str]) -> Pair | None:
    """Return the reading whose names come most often in other headings; None when two are as good."""
    scores = [sorted(names[same_name(name)] for name in pair) for pair in found]
    best = max(scores)
    return found[scores.index(best)] if scores.count(best) == 1 else None


def _linked(pairs: dict[int, Pair], sure: set[int], headings: int) -> dict[int, Pair]:
    """Keep the pairs whose names come again in other pairs, and those that a pair so found leads to."""
    times = Counter(same_name(name) for pair in pairs.values() for name in pair)
    core = {
        place
        for place, pair in pairs.items()
        if place in sure or all(times[same_name(name)] > 1 for name in pair)
    }
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((same_name(left), same_name(right)) for place, (left, right) in pairs.items())
    if not core and pairs and len(pairs) >= headings - 1 and nx.is_connected(graph):
        return pairs  # every column but the first: a chain, or a single pair
    reached = {same_name(name) for place in core for name in pairs[place]}
    inside = {name for part in nx.connected_components(graph) if part & reached for name in part}
    return {place: pair for place, pair in pairs.items() if same_name(pair[0]) in inside}
