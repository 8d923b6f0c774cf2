"""The sectors of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import pandas as pd

from techprio.file_names import portable_name
from techprio.language import NO_LABEL, Label, text
from techprio.model.checks import Checks, as_mapping, as_written, check_fields, check_named_once, set_field
from techprio.model.fields import Field


@dataclass(frozen=True)
class Sector:
    """A sector of the study.

    Parameters
    ----------
    code : str
    label : Label or str
        Empty: the code.
    folder : str
        Of its files; empty: the code in small letters.
    cross : bool
        Whether it is a group that serves several sectors, and no sector of the plan.
    lead : str
        Lead agency.

    Examples
    --------
    >>> Sector("ENE", "Energy").folder
    'ene'
    """

    code: Annotated[
        str,
        Field(
            "Mã ngành", "Code", ("duy nhất trong bộ dữ liệu", "once in the study"), kind="id", example="AGR"
        ),
    ]
    label: Annotated[
        Label,
        Field("Tên ngành", "Name", required=False, like="code", example="{vi: Nông nghiệp, en: Agriculture}"),
    ] = NO_LABEL
    folder: Annotated[
        str,
        Field(
            "Thư mục",
            "Folder",
            (
                "thư mục chứa technologies.csv và scores.csv của ngành",
                "folder with technologies.csv and scores.csv of the sector",
            ),
            required=True,
            example="agriculture",
        ),
    ] = ""
    cross: Annotated[
        bool,
        Field(
            "Dùng chung liên ngành",
            "Cross-sector",
            (
                "true: nhóm dùng chung, không phải ngành của Kế hoạch",
                "true: a group that several sectors share, no sector of the plan",
            ),
        ),
    ] = False
    lead: Annotated[str, Field("Cơ quan đầu mối", "Lead agency")] = ""

    if TYPE_CHECKING:

        def __init__(
            self, code: str, label: Label | str = ..., folder: str = ..., cross: bool = ..., lead: str = ...
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check the words, and fill label and folder from the code."""
        checks = Checks(text("the sector {name} cannot be used", name=as_written(self.code)))
        check_fields(checks, self)
        checks.check()
        set_field(self, "folder", self.folder or portable_name(str(self.code).lower()))


def checked_sectors(checks: Checks, given: object, named: pd.Series) -> tuple[Sector, ...]:
    """Return the sectors, those of the technologies where none are given, each known once."""
    if (
        isinstance(given, str)
        or not isinstance(given, Sequence)
        or not all(isinstance(s, Sector) for s in given)
    ):
        checks.add("sectors", as_written(given), text("a sequence of {kind}", kind="Sector"))
        return ()
    sectors = tuple(given) or tuple(Sector(code) for code in dict.fromkeys(map(str, named)))
    codes = [sector.code for sector in sectors]
    check_named_once(checks, "sectors", codes)
    for code in dict.fromkeys(named[~named.isin(codes)]):
        checks.unknown(text("{noun}, {name}", noun=text("technologies"), name="sector"), code, codes)
    return sectors


def named_sectors(checks: Checks, given: object, cross: object, technologies: object) -> tuple[Sector, ...]:
    """Return sectors with their names; empty where only the technologies name them."""
    names = as_mapping({} if given is None else given)
    if names is None:
        checks.add("sectors", as_written(given), text("a mapping by name"))
        return ()
    if isinstance(cross, str) or not isinstance(cross, Sequence):
        checks.add("cross", as_written(cross), text("a sequence of {kind}", kind="str"))
        return ()
    if not names and isinstance(technologies, pd.DataFrame) and "sector" in technologies:
        names = {str(code): "" for code in technologies["sector"].dropna()}
    for code in cross:
        if code not in names:
            checks.unknown("cross", code, names)
    return tuple(Sector(str(code), label, cross=code in cross) for code, label in names.items())
