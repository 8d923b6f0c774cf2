"""The tables of a catalogue brought into one form: names, columns with their defaults, references."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from techprio.language import Text, text
from techprio.model.checks import Checks, as_written, is_name, to_numbers
from techprio.model.criteria import CriteriaTree, Criterion
from techprio.model.matrix import GREATEST
from techprio.model.prerequisites import LONGEST_LAG, Timing
from techprio.model.rows import check_columns, none_if_empty
from techprio.model.two_languages import forms_of, said_twice

Function = Literal["enabling", "production_or_application"]
PlanNaming = Literal["literal", "class", "none"]
Status = Literal["none", "pilot", "partial", "operational"]
Action = Literal["renew", "replace", "transfer", "new"]
Evidence = Literal["A", "B", "C", "D"]
Kind = Literal["hard", "soft"]

#: Short names that a table of technologies may use for the columns of ``technologies.csv``.
SHORT_NAMES = {
    "cost": "capex_mode", "cost_low": "capex_low", "cost_high": "capex_high",
    "months": "lead_mode", "months_low": "lead_low", "months_high": "lead_high",
    "name": "name_vi", "trl": "trl_local",
}  # fmt: skip
#: What a column of technologies holds where it is left out; cost and lead time have no default.
TECHNOLOGY_DEFAULTS: dict[str, Any] = {
    "name_vi": "", "name_en": "", "short_vi": "", "short_en": "", "summary_vi": "", "summary_en": "",
    "family": "",
    "function": "production_or_application", "plan_naming": "none", "plan_clauses": "",
    "trl_global": None, "trl_local": 0, "status": "none",
    "capex_low": None, "capex_mode": None, "capex_high": None, "capex_basis": "",
    "lead_low": None, "lead_mode": None, "lead_high": None, "lead_basis": "",
    "staff": 0.0, "action": "", "lead_agency": "", "partners": "", "sources": "", "sector": "all",
}  # fmt: skip
SCORE_DEFAULTS: dict[str, Any] = {
    "technology": "", "criterion": "", "value": None, "low": None, "high": None,
    "evidence": "D", "source": "", "note": "", "note_vi": "", "note_en": "",
}  # fmt: skip
DEPENDENCY_DEFAULTS: dict[str, Any] = {
    "technology": "", "requires": "", "kind": "hard", "timing": "FS", "lag_months": 0, "share": None,
    "one_of": "", "confidence": None, "reason": "", "reason_vi": "", "reason_en": "",
}  # fmt: skip
SOURCE_DEFAULTS: dict[str, Any] = {
    "citation": "", "citation_vi": "", "citation_en": "", "url": "", "year": None, "kind": "",
}  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "function": get_args(Function), "plan_naming": get_args(PlanNaming), "status": get_args(Status),
    "action": get_args(Action), "evidence": get_args(Evidence), "timing": get_args(Timing),
}  # fmt: skip
_WHOLE = ("trl_global", "trl_local", "lag_months")
_LIMITS: dict[str, tuple[float, float]] = {
    "trl_global": (0, 9), "trl_local": (0, 9), "share": (0, 1), "confidence": (0, 1),
    "lag_months": (-LONGEST_LAG, LONGEST_LAG), "staff": (0, np.inf),
    **{f"{name}_{which}": (0, np.inf) for name in ("capex", "lead") for which in ("low", "mode", "high")},
}  # fmt: skip


def technology_table(checks: Checks, given: object) -> pd.DataFrame:
    """Return the technologies with every column, the sector last; index ``id``."""
    place = text("technologies")
    if not isinstance(given, pd.DataFrame):
        checks.add(place, as_written(given), text("a DataFrame with one row a technology"))
        return pd.DataFrame({"sector": []}, index=pd.Index([], name="id"))
    frame = _named_index(given).rename(columns=SHORT_NAMES)
    check_columns(checks, frame.columns, place=place)
    names = [str(name) if not isinstance(name, str) else name for name in frame.index]
    _check_ids(checks, place, names)
    frame.index = pd.Index(names, name="id", dtype="str")
    if checks.problems:
        return frame.assign(sector=frame.get("sector", "all"))
    if "name" in given and "name_en" not in frame:
        frame = frame.assign(name_en=frame["name_vi"])
    if "name_vi" not in frame:
        frame = frame.assign(name_vi=frame.get("name_en", pd.Series(names, frame.index)))
    shares = {str(name): 0.0 for name in frame if str(name).startswith("fund_")}
    frame = _filled(checks, place, frame, {**TECHNOLOGY_DEFAULTS, **shares})
    for name in ("capex", "lead"):
        frame = _with_spread(checks, place, frame, f"{name}_low", f"{name}_mode", f"{name}_high")
    for share in shares:
        _check_limits(checks, place, frame, share, (0, 1))
    unnamed = frame["name_vi"] == ""
    frame["name_vi"] = frame["name_vi"].mask(unnamed, frame["name_en"].where(frame["name_en"] != "", names))
    order = [*(name for name in TECHNOLOGY_DEFAULTS if name != "sector"), *shares]
    rest = [name for name in frame if name not in order and name != "sector"]
    return frame[[*order, *rest, "sector"]]


def score_table(
    checks: Checks, given: object, technologies: Collection[str], criteria: CriteriaTree
) -> pd.DataFrame:
    """Return the scores, one row a statement, with every column, checked against tree and technologies."""
    place = text("scores")
    frame = _table(checks, place, given, ("technology", "criterion", "value"), SCORE_DEFAULTS)
    if frame.empty:
        return frame
    _check_known(checks, place, frame, "technology", technologies)
    scored = {leaf.id: leaf for leaf in criteria.leaves if leaf.field in ("", "survey")}
    _check_known(checks, place, frame, "criterion", list(scored))
    _check_once(checks, place, frame, ["technology", "criterion"])
    for row in frame.index[frame["value"].isna()]:
        checks.add(_row(place, frame, row), text("nothing"), text("a finite number"))
    frame = _with_spread(checks, place, frame, "low", "value", "high")
    _check_scales(checks, place, frame, scored)
    _check_one_form(checks, place, frame, "note")
    return frame


def long_scores(checks: Checks, scores: object, low: object, high: object) -> pd.DataFrame | None:
    """Return scores as one row a statement: a wide table and its spread so, a long one as it is."""
    if not isinstance(scores, pd.DataFrame):
        if scores is not None:
            checks.add("scores", as_written(scores), text("a DataFrame"))
        return None
    spreads = {name: spread for name, spread in (("low", low), ("high", high)) if spread is not None}
    if {"technology", "criterion", "value"} <= set(scores.columns):
        for name, spread in spreads.items():
            allowed = text("nothing beside a long table; give it a column there")
            checks.add(name, as_written(spread), allowed)
        return scores
    wide = scores.set_index("technology") if "technology" in scores else scores
    parts = {"value": wide}
    for name, spread in spreads.items():
        if isinstance(spread, pd.DataFrame):
            parts[name] = spread.set_index("technology") if "technology" in spread else spread
        else:
            checks.add(name, as_written(spread), text("a DataFrame like that of the values"))
    for name, part in parts.items():
        if not (part.index.is_unique and part.columns.is_unique):
            checks.add(name, text("names that stand twice"), text("each name once"))
        elif not (set(part.index) == set(wide.index) and set(part.columns) == set(wide.columns)):
            checks.add(name, text("other names"), text("the technologies and criteria of the scores"))
    if checks.problems:
        return None
    columns = {name: part.reindex(index=wide.index, columns=wide.columns) for name, part in parts.items()}
    grid = pd.MultiIndex.from_product([wide.index, wide.columns], names=["technology", "criterion"])
    rows = {name: part.to_numpy(dtype=object).ravel() for name, part in columns.items()}
    return pd.DataFrame(rows, grid).infer_objects().dropna(subset="value").reset_index()


def check_complete(
    checks: Checks, scores: pd.DataFrame, technologies: pd.DataFrame, criteria: CriteriaTree, missing: str
) -> None:
    """Note each technology without a score on a criterion, and criteria whose column is not there."""
    leaves = criteria.leaves
    for leaf in leaves:
        for column in (leaf.field, leaf.field_low, leaf.field_high):
            if column and column != "survey" and column not in technologies:
                checks.unknown(text("criterion {name}", name=repr(leaf.id)), column, technologies.columns)
    scored = [leaf for leaf in leaves if leaf.field in ("", "survey")]
    if checks.problems or not scored:
        return
    there = set(zip(scores["technology"], scores["criterion"], strict=True))
    for leaf in scored:
        lacking = [name for name in technologies.index if (name, leaf.id) not in there]
        if lacking and missing == "error":
            proposal = text("give the score, or set missing: full_range in the study")
            found = text("no score of {technologies}", technologies=_some(lacking))
            allowed = text("one score for each technology and criterion")
            checks.add(text("criterion {name}", name=repr(leaf.id)), found, allowed, proposal)
        elif lacking and leaf.scale is None:
            found = text("no score of {technologies}", technologies=_some(lacking))
            allowed = text("a declared scale, which stands in for a missing score")
            checks.add(text("criterion {name}", name=repr(leaf.id)), found, allowed)


def dependency_table(checks: Checks, given: object, technologies: Collection[str]) -> pd.DataFrame:
    """Return what technologies require, one row an edge, with every column."""
    place = text("dependencies")
    frame = _table(checks, place, given, ("technology", "requires"), DEPENDENCY_DEFAULTS)
    if frame.empty:
        return frame
    for column in ("technology", "requires"):
        _check_known(checks, place, frame, column, technologies)
    for row, word in frame.loc[~frame["kind"].isin(get_args(Kind)), "kind"].items():
        checks.unknown(_row(place, frame, row, "kind"), word, get_args(Kind))
    _check_once(checks, place, frame, ["technology", "requires", "one_of"])
    _check_one_form(checks, place, frame, "reason")
    return frame


def source_table(checks: Checks, given: object) -> pd.DataFrame:
    """Return the sources with every column; index ``id``."""
    place = text("sources")
    if given is None or (isinstance(given, pd.DataFrame) and given.empty):
        empty = _filled(checks, place, pd.DataFrame(columns=list(SOURCE_DEFAULTS)), SOURCE_DEFAULTS)
        return empty.rename_axis(index="id")
    if not isinstance(given, pd.DataFrame):
        checks.add(place, as_written(given), text("a DataFrame with one row a source"))
        return pd.DataFrame()
    frame = given.set_index("id") if "id" in given else given.rename_axis(index="id")
    _check_ids(checks, place, list(frame.index))
    frame = _filled(checks, place, frame, SOURCE_DEFAULTS)
    _check_one_form(checks, place, frame, "citation")
    return frame


def _named_index(given: pd.DataFrame) -> pd.DataFrame:
    column = next((name for name in ("id", "technology") if name in given), None)
    return given.copy() if column is None else given.set_index(column)


def _table(
    checks: Checks, place: Text, given: object, needed: Sequence[str], defaults: Mapping[str, Any]
) -> pd.DataFrame:
    if given is None or (isinstance(given, pd.DataFrame) and given.empty):
        return _filled(checks, place, pd.DataFrame(columns=list(defaults)), defaults)
    if not isinstance(given, pd.DataFrame):
        checks.add(place, as_written(given), text("a DataFrame"))
        return pd.DataFrame(columns=list(defaults))
    before = len(checks.problems)
    check_columns(checks, given.columns, needed=needed, place=place)
    if len(checks.problems) > before:
        return pd.DataFrame(columns=list(defaults))
    frame = _filled(checks, place, _named_rows(given.reset_index(drop=True)), defaults)
    frame = frame.reset_index(drop=True)
    rest = [name for name in frame if name not in defaults]
    return frame[[*defaults, *rest]]


def _named_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return scores with technology and criterion as the names of the rows, where these are unique."""
    if not {"technology", "criterion"} <= set(frame):
        return frame
    names = frame["technology"].astype(str) + " " + frame["criterion"].astype(str)
    return frame.set_axis(pd.Index(names, dtype=object)) if names.is_unique else frame


def _filled(checks: Checks, place: Text, frame: pd.DataFrame, defaults: Mapping[str, Any]) -> pd.DataFrame:
    """Give a table every column, empty cells their default; words and numbers of their kind."""
    columns: dict[Any, Any] = {name: frame[name] for name in frame}
    for name, default in defaults.items():
        if name in columns:
            filled = _texts if isinstance(default, str) else _numbers
            columns[name] = filled(checks, place, columns[name], name, default)
        else:
            kind: Any = float if default is None else type(default)
            columns[name] = pd.Series([default] * len(frame), frame.index, dtype=kind)
    return pd.DataFrame(columns, index=frame.index)


def _texts(checks: Checks, place: Text, column: pd.Series, name: str, default: str) -> pd.Series:
    cells = [default if none_if_empty(cell) is None else cell for cell in column.tolist()]
    if set(map(type, cells)) - {str}:
        for row, cell in zip(column.index, cells, strict=True):
            if not isinstance(cell, str | list | tuple):
                checks.add(_cell(place, row, name), as_written(cell), text("a text"))
        cells = [";".join(map(str, cell)) if isinstance(cell, list | tuple) else cell for cell in cells]
    if name in _CHOICES:
        allowed = (*_CHOICES[name], default)
        for row, cell in zip(column.index, cells, strict=True):
            if cell not in allowed:
                checks.unknown(_cell(place, row, name), cell, _CHOICES[name])
    return pd.Series(cells, column.index, dtype="str", name=column.name)


def _numbers(checks: Checks, place: Text, column: pd.Series, name: str, default: Any) -> pd.Series:
    is_numeric = getattr(column.dtype, "kind", "O") in "iufb"
    cells = column if is_numeric else column.astype(object).map(none_if_empty)
    numbers = to_numbers(cells).to_numpy(copy=True)
    finite = np.isfinite(numbers)
    if not finite.all():
        for row in column.index[~finite & cells.notna().to_numpy()]:
            checks.add(_cell(place, row, name), as_written(column[row]), text("a finite number"))
    for spot in np.flatnonzero(finite & (np.abs(numbers) > GREATEST)):
        allowed = text("a finite number, no more than {most} in size", most=f"{GREATEST:g}")
        checks.add(_cell(place, column.index[spot], name), f"{numbers[spot]:g}", allowed)
    if default is not None:
        numbers[np.isnan(numbers)] = default
    least, most = _LIMITS.get(name, (-np.inf, np.inf))
    for spot in np.flatnonzero((numbers < least) | (numbers > most)):
        allowed = (
            text("a number from {least} to {most}", least=float(least), most=float(most))
            if np.isfinite(most)
            else text("a number from {least} on", least=float(least))
        )
        checks.add(_cell(place, column.index[spot], name), f"{numbers[spot]:g}", allowed)
    whole = name in _WHOLE and bool(((np.abs(numbers) < 2**53) & (numbers == np.round(numbers))).all())
    return pd.Series(numbers.astype(int) if whole else numbers, column.index, name=column.name)


def _with_spread(
    checks: Checks, place: Text, frame: pd.DataFrame, low: str, value: str, high: str
) -> pd.DataFrame:
    """Fill empty bounds with the value, and note where they do not hold it."""
    middle = frame[value].to_numpy()
    bounds = {name: frame[name].to_numpy() for name in (low, high)}
    bounds = {name: np.where(np.isnan(bound), middle, bound) for name, bound in bounds.items()}
    frame = frame.assign(**bounds)
    if checks.problems:
        return frame
    for row in frame.index[(bounds[low] > middle) | (middle > bounds[high])]:
        parts = {"low": low, "value": value, "high": high}
        shown = {part: float(frame.loc[row, name]) for part, name in parts.items()}
        numbers = text("{low}, {value}, {high}", **shown)
        checks.add(_row(place, frame, row), numbers, " <= ".join((low, value, high)))
    return frame


def _check_limits(
    checks: Checks, place: Text, frame: pd.DataFrame, name: str, limits: tuple[float, float]
) -> None:
    least, most = limits
    for row in frame.index[(frame[name] < least) | (frame[name] > most)]:
        allowed = text("a number from {least} to {most}", least=float(least), most=float(most))
        checks.add(_cell(place, row, name), f"{frame.loc[row, name]:g}", allowed)


def _check_scales(checks: Checks, place: Text, frame: pd.DataFrame, leaves: Mapping[str, Criterion]) -> None:
    scales = {name: leaf.scale for name, leaf in leaves.items() if leaf.scale is not None}
    ends = {name: (scale.lowest, scale.highest) for name, scale in scales.items()}
    free = (-np.inf, np.inf)
    lowest, highest = np.array([ends.get(name, free) for name in frame["criterion"].tolist()]).T[..., None]
    numbers = frame[["value", "low", "high"]].to_numpy()
    off = frame[((numbers < lowest) | (numbers > highest)).any(axis=1)]
    # In the order in which the criteria come in the table.
    for name in frame["criterion"].unique() if len(off) else ():
        for row, found in off.loc[off["criterion"] == name, ["value", "low", "high"]].iterrows():
            shown = ", ".join(f"{number:g}" for number in dict.fromkeys(found))
            least, most = ends[name]
            allowed = text("a number from {least} to {most}", least=least, most=most)
            checks.add(_row(place, frame, row), shown, allowed)


def _check_ids(checks: Checks, place: Text, names: Sequence[Any]) -> None:
    seen: set[str] = set()
    for name in names:
        if not is_name(name):
            checks.add(place, as_written(none_if_empty(name)), text("a name"))
        elif name in seen:
            checks.add(place, text("{name} twice", name=name), text("each name once"))
        seen.add(str(name))


def _check_known(
    checks: Checks, place: Text, frame: pd.DataFrame, column: str, known: Collection[str]
) -> None:
    for name in dict.fromkeys(frame.loc[~frame[column].isin(list(known)), column]):
        checks.unknown(text("{noun}, {name}", noun=place, name=column), name, known)


def _check_once(checks: Checks, place: Text, frame: pd.DataFrame, columns: Sequence[str]) -> None:
    for row in frame.index[frame[list(columns)].duplicated()]:
        found = text("{name} twice", name=", ".join(str(frame.loc[row, column]) for column in columns))
        checks.add(place, found, text("each pair once"))


def _check_one_form(checks: Checks, place: Text, frame: pd.DataFrame, column: str) -> None:
    """Note words that stand once and in a language of their own too: nobody could say which holds."""
    for row in said_twice(frame, column):
        checks.add(_row(place, frame, row, column), *twice_said(column))


def twice_said(column: str) -> tuple[Text, Text]:
    """Return what is found and what is allowed where words stand once and in a language of their own.

    Examples
    --------
    >>> [words.render("en") for words in twice_said("note")]
    ['note beside note_vi or note_en', 'note alone, or note_vi and note_en']
    """
    once, vi, en = forms_of(column)
    names = {"once": once, "vi": vi, "en": en}
    return text("{once} beside {vi} or {en}", **names), text("{once} alone, or {vi} and {en}", **names)


def _cell(place: Text, row: object, column: str) -> Text:
    where = str(row) if isinstance(row, str) else text("row {number}", number=int(row) + 1)  # type: ignore[call-overload]
    return text("{table}, {row}, {column}", table=place, row=where, column=column)


def _row(place: Text, frame: pd.DataFrame, row: object, column: str = "") -> Text:
    names = [str(frame.loc[row, name]) for name in ("technology", "criterion", "requires") if name in frame]
    where = " ".join(names) or str(row)
    if not column:
        return text("{noun}, {name}", noun=place, name=where)
    return text("{table}, {row}, {column}", table=place, row=where, column=column)


def _some(names: Iterable[str], most: int = 5) -> Text | str:
    listed = list(names)
    if len(listed) <= most:
        return ", ".join(listed)
    return text("{names} and {count} more", names=", ".join(listed[:most]), count=len(listed) - most)
