"""Words that people give once, in whatever language, or in both: ``note``, or ``note_vi`` and ``note_en``."""

from __future__ import annotations

import pandas as pd

from techprio.language import Label


def forms_of(column: str) -> tuple[str, str, str]:
    """Return the columns in which the words of one may stand.

    Examples
    --------
    >>> forms_of("note")
    ('note', 'note_vi', 'note_en')
    """
    return column, f"{column}_vi", f"{column}_en"


def in_two_languages(table: pd.DataFrame, column: str) -> list[Label]:
    """Return the words of each row; what is given once, or in one language only, stands in for both.

    Parameters
    ----------
    table : DataFrame
    column : str

    Examples
    --------
    >>> table = pd.DataFrame({"note": ["", "GIS"], "note_vi": ["chè", ""], "note_en": ["tea", ""]})
    >>> [label.en for label in in_two_languages(table, "note")]
    ['tea', 'GIS']
    """
    given = _given(table, column)
    return [Label(vi or one or en, en or one or vi) for one, vi, en in given.itertuples(index=False)]


def _given(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the three columns of :func:`forms_of`, empty texts where nothing is given."""
    return table.reindex(columns=list(forms_of(column)), fill_value="").fillna("")


def lacks_a_language(table: pd.DataFrame, column: str) -> bool:
    """Whether some words of a table are given in one language only.

    Parameters
    ----------
    table : DataFrame
    column : str

    Examples
    --------
    >>> lacks_a_language(pd.DataFrame({"note_vi": ["chè", ""], "note_en": ["tea", ""]}), "note")
    False
    """
    once, vi, en = (words != "" for _, words in _given(table, column).items())
    return bool((once | (vi != en)).any())


def said_twice(table: pd.DataFrame, column: str) -> list[object]:
    """Return the rows that give words once and also in a language of their own.

    Parameters
    ----------
    table : DataFrame
    column : str

    Examples
    --------
    >>> said_twice(pd.DataFrame({"note": ["tea"], "note_vi": ["chè"], "note_en": [""]}, ["AGR01"]), "note")
    ['AGR01']
    """
    once, vi, en = (words != "" for _, words in _given(table, column).items())
    return list(table.index[once & (vi | en)])


def without_unused_forms(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return a table without the columns of the form that no row uses.

    Parameters
    ----------
    table : DataFrame
    column : str

    Examples
    --------
    >>> table = pd.DataFrame({"note": [""], "note_vi": ["chè"], "note_en": ["tea"]})
    >>> list(without_unused_forms(table, "note"))
    ['note_vi', 'note_en']
    """
    once, *both = (name for name in forms_of(column) if name in table)
    used = {name: bool(table[name].fillna("").ne("").any()) for name in (once, *both)}
    if any(used[name] for name in both):
        return table if used[once] else table.drop(columns=once)
    return table.drop(columns=both)
