"""An assessment as lines for the screen."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.cli.screen import shorten, table_lines
from techprio.language import Language, Text, format_number, format_percent, text
from techprio.model.assessment import STATUS_WORDS, Assessment
from techprio.survey.tables import class_status

SIDES = {
    "strength": text("strength"),
    "weakness": text("weakness"),
    "opportunity": text("opportunity"),
    "threat": text("threat"),
}


def survey_lines(assessment: Assessment, tables: Mapping[str, pd.DataFrame], language: Language) -> list[str]:
    """Lay out sectors, levels, potential, change and SWOT, each instrument apart, then what to know."""
    lines: list[str] = []
    for own in assessment.sectors["instrument"].unique():
        label = assessment.instrument.instrument_label(own).render(language)
        status = STATUS_WORDS[class_status(assessment, own)].render(language)
        lines += ["", f"{own}: {label}"]
        lines += _sector_lines(assessment, own, language)
        lines += ["", f"{text('firms by level').render(language)} ({status})"]
        lines += _level_lines(assessment, own, language)
    lines += _potential_lines(assessment, language)
    lines += _trend_lines(assessment, language)
    lines += _swot_lines(tables["swot"], language)
    return [*lines, "", *(f"! {note.render(language)}" for note in assessment.notes), ""]


def _heads(language: Language, *heads: Text) -> list[str]:
    return [head.render(language) for head in heads]


def _sector_lines(assessment: Assessment, own: str, language: Language) -> list[str]:
    heads = _heads(
        language,
        text("sector"),
        text("firms"),
        text("complete"),
        text("total, mean"),
        text("interval"),
        text("K"),
        text("mean of K"),
        text("level"),
    )
    body = []
    for _, row in assessment.sectors[assessment.sectors["instrument"] == own].iterrows():
        name = assessment.sector_label(row["sector"])
        interval = "–".join(_figure(row[end], language, 1) for end in ("total_low", "total_high"))
        body.append(
            [
                (text("{sector} (small sample)", sector=name) if row["small"] else name).render(language),
                str(row["firms"]),
                str(row["complete"]),
                _figure(row["total"], language, 1),
                interval,
                _figure(row["synchronization"], language, 2),
                _figure(row["mean_synchronization"], language, 2),
                _figure(row["level"], language, 0),
            ]
        )
    return table_lines(heads, body, right=range(1, 8))


def _level_lines(assessment: Assessment, own: str, language: Language) -> list[str]:
    levels = assessment.levels[assessment.levels["instrument"] == own]
    if levels.empty:
        return []
    ranks = sorted(levels["level"].unique())
    heads = [text("sector").render(language)]
    for rank in ranks:
        names = assessment.instrument.level_labels(int(rank)).values()
        heads.append(" ".join([str(rank), " / ".join(name.render(language) for name in names)]).strip())
    body = []
    for sector, rows in levels.groupby("sector", sort=False):
        counts = rows.set_index("level")
        cells = [
            f"{counts.loc[r, 'firms']} ({format_percent(counts.loc[r, 'share'], language)})" for r in ranks
        ]
        body.append([assessment.sector_label(str(sector)).render(language), *cells])
    return table_lines(heads, body, right=range(1, len(ranks) + 1))


def _potential_lines(assessment: Assessment, language: Language) -> list[str]:
    title = text("firms with high potential: {rule}", rule=assessment.rule.words).render(language)
    chosen = assessment.potential[assessment.potential["potential"]]
    share = text("share in {groups}", groups=", ".join(assessment.rule.groups))
    heads = _heads(
        language, text("firm"), text("sector"), text("instrument"), text("total"), share, text("K")
    )
    body = [
        [
            str(row["firm"]),
            str(row["sector"]),
            str(row["instrument"]),
            _figure(row["total"], language, 1),
            format_percent(float(row["attained"]), language),
            _figure(row["synchronization"], language, 2),
        ]
        for _, row in chosen.iterrows()
    ]
    return ["", title, *table_lines(heads, body, right=(3, 4, 5))]


def _trend_lines(assessment: Assessment, language: Language) -> list[str]:
    if assessment.trend.empty:
        return []
    heads = _heads(
        language, text("firm"), text("sector"), text("years"), text("change of points"), text("change of K")
    )
    body = [
        [
            str(row["firm"]),
            str(row["sector"]),
            f"{row['year_from']}–{row['year_to']}",
            _figure(row["change"], language, 1),
            _figure(row["synchronization_change"], language, 2),
        ]
        for _, row in assessment.trend.iterrows()
    ]
    return [
        "",
        text("firms surveyed in several years").render(language),
        *table_lines(heads, body, right=(3, 4)),
    ]


def _swot_lines(swot: pd.DataFrame, language: Language) -> list[str]:
    heads = _heads(language, text("sector"), text("side"), text("words"))
    body = [
        [str(row["sector"]), SIDES[row["side"]].render(language), shorten(str(row["text"]), 130)]
        for _, row in swot.iterrows()
    ]
    return ["", text("SWOT by sector").render(language), *table_lines(heads, body)]


def _figure(value: object, language: Language, decimals: int) -> str:
    return "–" if value is pd.NA else format_number(float(value), language, decimals)  # type: ignore[arg-type]  # checked
