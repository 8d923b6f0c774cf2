"""SWOT of each sector: what the survey shows, and what the analysts add."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import Percent, Text, text
from techprio.model.assessment import Assessment
from techprio.model.checks import Checks
from techprio.model.report_material import SIDES, swot_side

COLUMNS = ("sector", "side", "text", "origin", "instrument", "clear")


@validated
def swot_table(
    assessment: Assessment, texts: pd.DataFrame | None = None, *, sectors: Sequence[str] = ()
) -> pd.DataFrame:
    """Merge the computed strengths and weaknesses with the analysts' words.

    A strength or weakness of the survey is a difference from the province beyond chance (its interval of
    95 % leaves out zero) that no other form of the same sector contradicts; each stands in one line.
    Opportunities and threats lie outside the firms, so only analysts give them; they may add strengths and
    weaknesses too.

    Parameters
    ----------
    assessment : Assessment
    texts : DataFrame, optional
        Columns ``sector, side, text``; a side is strength, weakness, opportunity, threat, their first
        letters, or their Vietnamese names.
    sectors : sequence of str
        Known sectors besides those of the survey.

    Returns
    -------
    DataFrame
        ``sector, side, text, origin, instrument, clear``, by sector and side; ``origin`` is survey or
        analyst, ``text`` a :class:`~techprio.language.Text` where it is computed.

    Raises
    ------
    InputError
        Unknown sectors or sides, empty texts: all at once.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> assessment = tp.assess_survey(study.survey, study.instrument)
    >>> import pandas as pd
    >>> words = pd.DataFrame([("TOU", "O", "visitors from abroad")], columns=["sector", "side", "text"])
    >>> table = tp.survey.swot_table(assessment, words)
    >>> table.query("sector == 'TOU' and origin == 'analyst'")[["side", "text"]].values.tolist()
    [['opportunity', 'visitors from abroad']]
    """
    known = list(dict.fromkeys([*assessment.labels, *assessment.sectors["sector"], *sectors]))
    rows = _computed(assessment)
    if texts is not None:
        rows += _written(texts, known)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    order = pd.DataFrame({"sector": table["sector"].map(known.index), "side": table["side"].map(SIDES.index)})
    return table.loc[order.sort_values(["sector", "side"], kind="stable").index].reset_index(drop=True)


def _computed(assessment: Assessment) -> list[dict[str, object]]:
    clear = assessment.groups["clear"].fillna(False).astype(bool)
    groups = assessment.groups[(assessment.groups["side"] != "") & clear]
    sides = groups.groupby(["sector", "group"])["side"].transform("nunique")
    groups = groups[sides == 1]  # what one form calls a strength and another a weakness is neither
    groups = groups.reindex(groups["difference"].abs().sort_values(ascending=False, kind="stable").index)
    groups = groups.drop_duplicates(["sector", "group"])  # two forms that agree are one line
    return [
        {
            "sector": row["sector"],
            "side": row["side"],
            "text": _sentence(row, assessment),
            "origin": "survey",
            "instrument": row["instrument"],
            "clear": bool(row["clear"]),
        }
        for _, row in groups.iterrows()
    ]


def _sentence(row: pd.Series, assessment: Assessment) -> Text:
    return text(
        "{group}: {attained} of the points, province {province} ({instrument})",
        group=row["label"],
        attained=Percent(float(row["attained"]), 1),
        province=Percent(float(row["province"]), 1),
        instrument=row["instrument"],
    )


def _written(texts: pd.DataFrame, known: list[str]) -> list[dict[str, object]]:
    missing = tuple(name for name in ("sector", "side", "text") if name not in texts.columns)
    if missing:
        columns = tuple(map(str, texts.columns))
        raise InputError(
            text("the SWOT table lacks {missing}; it has {columns}", missing=missing, columns=columns)
        )
    checks, rows = Checks(text("the SWOT table cannot be used")), []
    for number, (_, line) in enumerate(texts.iterrows(), 1):
        side = swot_side(str(line["side"]))
        if line["sector"] not in known:
            checks.unknown(text("row {row}, {field}", row=number, field="sector"), line["sector"], known)
        if side is None:
            place = text("row {row}, {field}", row=number, field="side")
            checks.add(place, repr(line["side"]), text("{sides}, or S, W, O, T", sides=SIDES))
        if not str(line["text"]).strip() or line["text"] != line["text"]:
            place = text("row {row}, {field}", row=number, field="text")
            checks.add(place, text("nothing"), text("a sentence"))
        rows.append(
            {
                "sector": line["sector"],
                "side": side,
                "text": line["text"],
                "origin": "analyst",
                "instrument": "",
                "clear": True,
            }
        )
    checks.check()
    return rows
