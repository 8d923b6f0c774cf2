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
_STEP = re.compile(r"([MLCQZz])([^MLCQZz]*)")
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
                found.append((plain, _stepped(short) if plain == "d" else short))
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


def _stepped(outline: str) -> str:
    """Return an outline whose steps go from point to point, each said in the shortest way.

    Coordinates are tenths, so that steps add up to the same points.

    Examples
    --------
    >>> _stepped("M1 2L5 2L5 4L6 7.5z")
    'M1 2H5V4L6 7.5z'
    >>> _stepped("M100.5 20.9C103.4 20.9 110 3 110 30")
    'M100.5 20.9c2.9 0 9.5-17.9 9.5 9.1'
    """
    said: list[str] = []
    here = begin = (0, 0)
    for kind, numbers in _STEP.findall(outline):
        places = [round(10 * float(one)) for one in numbers.split()]
        if kind in "zZ":
            said.append("z")
            here = begin
            continue
        end = (places[-2], places[-1])
        if kind == "M":
            begin = end
            said.append("M" + _numbers(places))
        elif kind == "L" and end[1] == here[1]:
            said.append(min("H" + _numbers([end[0]]), "h" + _numbers([end[0] - here[0]]), key=len))
        elif kind == "L" and end[0] == here[0]:
            said.append(min("V" + _numbers([end[1]]), "v" + _numbers([end[1] - here[1]]), key=len))
        else:
            steps = [one - here[number % 2] for number, one in enumerate(places)]
            said.append(min(kind + _numbers(places), kind.lower() + _numbers(steps), key=len))
        here = end
    return "".join(said)


def _numbers(tenths: list[int]) -> str:
    """Return coordinates one after the other, parted only where they would run together."""
    words = ""
    for one in tenths:
        number = f"{one / 10:.1f}".removesuffix(".0").replace("0.", ".", one > -10 and one < 10)
        words += number if not words or number[0] == "-" else f" {number}"
    return words
