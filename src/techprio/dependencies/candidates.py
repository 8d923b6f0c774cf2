"""Sectors without a platform: which technologies come closest, and what would have to need them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.catalog import Catalog
from techprio.model.roles import Roles

COLUMNS = ["sector", "technology", "enabling", "margin", "missing"]


@validated
def platform_candidates(roles: Roles, catalog: Catalog, *, count: int = 2) -> pd.DataFrame:
    """Return, for each sector of the plan without a platform, the technologies that come closest to one.

    Parameters
    ----------
    roles : Roles
    catalog : Catalog
        What the roles were found in.
    count : int
        Candidates a sector.

    Returns
    -------
    DataFrame
        ``sector, technology, enabling, margin`` (of the loss of its own sector for an enabling technology,
        of the breadth for any other; 1 is on the line) and ``missing``: the fewest technologies of the
        sector, found greedily by value, that would have to need it for the line to be reached; empty for
        what is not enabling. No row for a sector with a platform of its own.

    Raises
    ------
    InputError
        Roles of other technologies than the catalogue has, or a count below 1.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> found = platform_candidates(tp.classify_roles(study), study.catalog, count=1)
    >>> found[["sector", "technology"]].values.tolist()
    [['AGR', 'AGR01'], ['PRO', 'PRO12']]
    """
    if count < 1:
        raise InputError.argument("count", found=count, allowed=text("a whole number, 1 or more"))
    table, technologies = roles.table, catalog.technologies
    if set(map(str, table.index)) != set(map(str, technologies.index)):
        allowed = text("roles of the technologies of the catalogue")
        raise InputError.argument("roles", found=len(table), allowed=allowed)
    function = technologies.get("function", pd.Series("", index=technologies.index))
    needed_by: dict[str, list[str]] = {}
    for technology, requires in zip(roles.edges["technology"], roles.edges["requires"], strict=True):
        needed_by.setdefault(str(requires), []).append(str(technology))
    rows = []
    for sector in catalog.sectors:
        own = table[table["sector"] == sector.code]
        if sector.cross or not len(own) or (own["role_final"] == "platform").any():
            continue
        enabling = function.reindex(own.index) == "enabling"
        margin = own["own_loss_margin"].where(enabling, own["breadth_margin"])
        order = margin.sort_values(ascending=False, kind="stable").index[:count]
        for name in order:
            short = (roles.settings.own_sector - own.loc[name, "own_loss"]) * own["own_value"].sum()
            missing = _missing(str(name), own["own_value"], needed_by, short) if enabling[name] else ()
            rows.append((sector.code, str(name), bool(enabling[name]), float(margin[name]), missing))
    return pd.DataFrame(rows, columns=COLUMNS)


def _missing(
    name: str, values: pd.Series, needed_by: Mapping[str, Iterable[str]], short: float
) -> tuple[str, ...]:
    """Return who would have to need a technology until what hangs on it has grown by ``short``."""
    hangs = {*_reached(name, needed_by), name}
    found: list[str] = []
    for other in values.sort_values(ascending=False, kind="stable").index:
        if short <= 0:
            break
        if str(other) in hangs or name in _reached(str(other), needed_by):
            continue
        fresh = ({*_reached(str(other), needed_by), str(other)} - hangs) & set(map(str, values.index))
        hangs |= fresh
        short -= float(values[sorted(fresh)].sum())
        found.append(str(other))
    return tuple(found) if short <= 0 else ()


def _reached(name: str, needed_by: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all that needs a technology, over any number of steps."""
    found: set[str] = set()
    todo = [name]
    while todo:
        fresh = set(needed_by.get(todo.pop(), ())) - found
        found |= fresh
        todo += sorted(fresh)
    return found
