"""A figure as the markup of a vector picture that stands inside a page.

The letters stay letters, so that the picture can be searched and enlarged. They are named as DejaVu
Sans, in which they were measured, or Verdana, which is as wide. What matplotlib writes is made
shorter: looks that repeat become classes, coordinates keep a tenth of a point.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: The gid of what is drawn but shown only when it is asked for; it becomes a class of that name.
ON_DEMAND = "on-demand"
_FONTS = "'DejaVu Sans',Verdana,sans-serif"
_INHERITED = f"stroke-linejoin:round;font-family:{_FONTS}"
_NUMBER = re.compile(r"-?\d+\.\d+")
_FAMILY = re.compile(r"(font-family:)?\s*'DejaVu Sans'[^;]*")
_NO_TURN = re.compile(r"rotate\(-?0 [^)]*\)\s*")
_MOVED = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")
_STEP = re.compile(r"([ML])(-?[\d.]+) (-?[\d.]+)|[A-Zz][^A-Zz]*")
_POINTED = re.compile(r"url\(#([^)]+)\)")


def svg_markup(figure: Figure, *, name: str, label: str) -> str:
    """Return a figure as an ``<svg>`` element without a date.

    Parameters
    ----------
    figure : Figure
    name : str
        Begins the names of its classes and parts, so that two pictures on a page keep theirs.
    label : str
        What a screen reader says.

    Returns
    -------
    str
        The same for the same figure.
    """
    from techprio.charts.renderers import markup_of

    root = ElementTree.fromstring(markup_of(figure))
    short = _Short(name)
    short.shorten(root)
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "width": root.attrib["width"],
        "class": name,
        "role": "img",
        "aria-label": label,
        "style": _INHERITED,
    }
    look = ElementTree.Element("style")
    look.text = "".join(f".{name}{place}{{{rules}}}" for rules, place in short.looks.items())
    root.insert(0, look)
    return ElementTree.tostring(root, encoding="unicode")


class _Short:
    """Shortens the elements of one picture; keeps the looks and names that it has met."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.looks: dict[str, int] = {}
        self.names: dict[str, str] = {}

    def shorten(self, element: ElementTree.Element) -> None:
        """Shorten an element and all that it holds."""
        element.tag = element.tag.rpartition("}")[2]
        element.tail = None
        if element.tag != "text" and element.tag != "tspan":
            element.text = None
        element.attrib = dict(self._attributes(element))
        inside: list[ElementTree.Element] = []
        for child in element:
            self.shorten(child)
            if child.tag == "g" and not child.attrib:
                inside += list(child)
            elif child.tag not in ("metadata", "style") and not (child.tag == "defs" and not len(child)):
                inside.append(child)
        element[:] = _joined(inside)

    def _attributes(self, element: ElementTree.Element) -> list[tuple[str, str]]:
        found = self._look(element)
        for key, value in element.attrib.items():
            plain = key.rpartition("}")[2]
            if plain == "id":
                if element.tag in ("clipPath", "path", "pattern", "symbol"):
                    found.append(("id", self._named(value)))
                elif value == ON_DEMAND:
                    found.append(("class", value))
            elif plain == "href":
                found.append(("href", f"#{self._named(value[1:])}"))
            elif plain in ("style", "clip-path"):
                continue
            elif plain == "transform":
                turned = _rounded(_NO_TURN.sub("", value).strip())
                placed = _MOVED.fullmatch(turned) if element.tag == "text" else None
                if placed:
                    found += [("x", placed[1]), ("y", placed[2])]
                else:
                    found += [("transform", turned)] if turned else []
            else:
                kept = self._pointed(value)
                short = kept if "url(" in kept or plain == "viewBox" else _rounded(kept)
                found.append((plain, _straight(short) if plain == "d" else short))
        return found

    def _named(self, name: str) -> str:
        return self.names.setdefault(name, f"{self.name}p{len(self.names)}")

    def _pointed(self, words: str) -> str:
        return _POINTED.sub(lambda one: f"url(#{self._named(one[1])})", words)

    def _look(self, element: ElementTree.Element) -> list[tuple[str, str]]:
        style = self._pointed(_FAMILY.sub("", element.attrib.get("style", "")))
        rules = [rule.strip().replace(": ", ":") for rule in style.split(";")]
        clipped = self._pointed(element.attrib.get("clip-path", ""))
        kept = ";".join(rule for rule in rules if rule and rule != "text-anchor:start")
        kept += f";clip-path:{clipped}" if clipped else ""
        return [("class", f"{self.name}{self.looks.setdefault(kept, len(self.looks))}")] if kept else []


def _joined(elements: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """Return the elements, outlines of one look that follow each other as one."""
    kept: list[ElementTree.Element] = []
    for one in elements:
        if kept and _is_outline(one) and _is_outline(kept[-1]) and one.get("class") == kept[-1].get("class"):
            kept[-1].attrib["d"] += one.attrib["d"]
        else:
            kept.append(one)
    return kept


def _is_outline(element: ElementTree.Element) -> bool:
    return element.tag == "path" and element.attrib.keys() == {"class", "d"}


def _rounded(words: str) -> str:
    """Return coordinates with a decimal at most, without spaces that do not part numbers."""
    shorter = _NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), words)
    return re.sub(r"\s*([MLCQZz])\s*", r"\1", re.sub(r"\s+", " ", shorter)).strip()


def _straight(outline: str) -> str:
    """Return an outline with what goes straight across or down said by one coordinate.

    Examples
    --------
    >>> _straight("M1 2L5 2L5 4L6 7z")
    'M1 2H5V4L6 7z'
    """
    said, x, y = [], "", ""
    for step in _STEP.finditer(outline):
        kind, to_x, to_y = step.groups()
        if kind == "L" and to_y == y:
            said.append(f"H{to_x}")
        elif kind == "L" and to_x == x:
            said.append(f"V{to_y}")
        else:
            said.append(step[0])
        x, y = (to_x, to_y) if kind else ("", "")
    return "".join(said)
