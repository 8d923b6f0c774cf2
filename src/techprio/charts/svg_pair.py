"""A picture that was drawn in each language as one: what is alike stands once, the rest says its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from techprio.language import Language

_RULE = re.compile(r"\.([\w-]+)\{([^}]*)\}")
_CLIP = re.compile(r";?(clip-path:[^;]*)")
_POINTED = re.compile(r"url\(#([^)]+)\)")


class Looks:
    """The looks of all pictures of a page, each a class that its pictures share."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def named(self, rules: str) -> str:
        """Return the class of some rules."""
        return self._names.setdefault(rules, f"s{len(self._names)}")

    @property
    def style(self) -> str:
        """What stands in the head of the page."""
        return "".join(f".{name}{{{rules}}}" for rules, name in self._names.items())


def joined_markup(markups: Mapping[Language, str], *, name: str, caption: str, looks: Looks) -> str | None:
    """Return pictures of one chart, by language, as one ``<svg>`` element.

    Parameters
    ----------
    markups : mapping of language to str
        What :func:`techprio.charts.svg.svg_markup` returns, of two languages. What differs gets the attribute
        ``lang``; the page shows that of its language.
    name : str
        Begins the names of its own classes and parts.
    caption : str
        The ``id`` of the element of the page whose words a screen reader says.
    looks : Looks
        Of the page; what only this picture has stands in it.

    Returns
    -------
    str or None
        None where the pictures are not of one size.
    """
    roots = [fromstring(markup) for markup in markups.values()]
    if len({root.attrib["viewBox"] for root in roots}) > 1:
        return None
    names = _Names(name, looks)
    parts = [names.renamed(root) for root in roots]
    whole = Element("svg", {**roots[0].attrib, "class": name, "aria-labelledby": caption})
    del whole.attrib["aria-label"]
    if names.classes:
        look = SubElement(whole, "style")
        look.text = "".join(f".{one}{{{rules}}}" for rules, one in names.classes.items())
    whole.extend(_merged(parts[0], parts[1], tuple(markups)))
    return tostring(whole, encoding="unicode").replace(" />", "/>")


def svg_label(markup: str) -> str:
    """Return what a screen reader says of a picture."""
    return fromstring(markup).attrib["aria-label"]


class _Names:
    """One name for every look and every part, whatever each picture calls it."""

    def __init__(self, name: str, looks: Looks) -> None:
        self.name = name
        self.looks = looks
        self.classes: dict[str, str] = {}
        self.ids: dict[str, str] = {}

    def renamed(self, root: Element) -> list[Element]:
        """Return what stands in a picture, its looks apart, under the common names."""
        rules = dict(_RULE.findall(root[0].text or ""))
        ids: dict[str, str] = {}
        for holder in root.iter():
            if "id" in holder.attrib:
                inside = tostring(_without_id(holder), encoding="unicode").replace(root.attrib["class"], "")
                said = inside + rules.get(holder.get("class", ""), "")
                ids[holder.attrib["id"]] = self.ids.setdefault(said, f"{self.name}p{len(self.ids)}")

        def pointed(words: str) -> str:
            return _POINTED.sub(lambda found: f"url(#{ids[found[1]]})", words)

        for element in root.iter():
            for key, value in element.attrib.items():
                if key == "class" and value in rules:
                    element.attrib[key] = self._classes_of(pointed(rules[value]))
                elif key == "id":
                    element.attrib[key] = ids[value]
                elif key == "href":
                    element.attrib[key] = f"#{ids[value[1:]]}"
                else:
                    element.attrib[key] = pointed(value)
        return list(root)[1:]

    def _classes_of(self, rules: str) -> str:
        """Return the classes of an element: what points at a part of the picture is of the picture alone."""
        clipped = _CLIP.search(rules)
        shared = _CLIP.sub("", rules).removeprefix(";")
        if "url(" in shared:
            return self._own(rules)
        found = [self.looks.named(shared)] if shared else []
        return " ".join([*found, self._own(clipped[1])] if clipped else found)

    def _own(self, rules: str) -> str:
        return self.classes.setdefault(rules, f"{self.name}{len(self.classes)}")


def _without_id(element: Element) -> Element:
    copied = Element(
        element.tag, {key: value for key, value in element.attrib.items() if key not in ("id", "class")}
    )
    copied.extend(element)
    return copied


def _merged(one: Sequence[Element], other: Sequence[Element], languages: Sequence[str]) -> Iterator[Element]:
    """Give the elements of two pictures, those that both have once."""
    ours, theirs = ([tostring(element, encoding="unicode") for element in part] for part in (one, other))
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for kind, begin, end, start, stop in steps:
        if kind == "equal":
            yield from one[begin:end]
            continue
        for part, language in zip((one[begin:end], other[start:stop]), languages, strict=True):
            yield from _spoken(part, language)


def _spoken(elements: Sequence[Element], language: str) -> Iterator[Element]:
    """Give elements that are shown in one language only."""
    if len(elements) == 1 and elements[0].tag == "text":
        elements[0].set("lang", language)
        yield elements[0]
    elif elements:
        group = Element("g", {"lang": language})
        group.extend(elements)
        yield group
