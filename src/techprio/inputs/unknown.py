"""Names that nobody declared, told once each however often they stand."""

from __future__ import annotations

from collections.abc import Collection

from techprio.errors import near_name
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.language import text


class UnknownNames:
    """Gather unknown names of one kind and report each once, at its first place.

    Parameters
    ----------
    code : str
        Code of the problem.
    known : collection of str, optional
        None when the file that declares the names could not be read: nothing is then unknown.
    lenient : collection of str
        Names that are not reported, because a fault elsewhere explains them.
    """

    def __init__(self, code: str, known: Collection[str] | None, *, lenient: Collection[str] = ()) -> None:
        self.code = code
        self.known = known
        self._quick = frozenset(known or ())
        self.lenient = lenient
        self._places: dict[str, list[tuple[Location, str]]] = {}

    def is_known(self, name: str | None, location: Location, field: str) -> bool:
        """Tell whether a name is known; note it when it is not. None is a cell already reported."""
        if self.known is None or name is None:
            return name is not None
        if name in self._quick:
            return True
        if name not in self.lenient:
            self._places.setdefault(name, []).append((location, field))
        return False

    def meant(self, name: str | None) -> str | None:
        """Return the name itself when it is known, or the nearest known one."""
        if name is None or self.known is None or name in self._quick:
            return name
        return near_name(name, list(self.known))

    def report(self, diagnostics: Diagnostics) -> None:
        """Hand the problems over."""
        for name, places in self._places.items():
            location, field = places[0]
            near = near_name(name, list(self.known or ()))
            found = text("{name}, in {count} rows", name=name, count=len(places)) if len(places) > 1 else name
            diagnostics.add(
                self.code,
                location,
                field=field,
                found=found,
                allowed=listed(tuple(self.known or ())) or "-",
                proposal=text("did you mean {name}?", name=near) if near else "",
            )
