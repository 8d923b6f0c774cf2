"""Headings and words of the tables on the screen, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.language import Language, Text, text

HEADINGS: Mapping[str, Text] = {
    "criterion": text("criterion"),
    "name": text("name"),
    "node": text("node"),
    "local": text("local weight"),
    "overall": text("overall weight"),
    "expert": text("expert"),
    "group": text("group"),
    "cluster": text("cluster"),
    "n": text("items"),
    "lambda_max": text("lambda max"),
    "ci": text("CI"),
    "cr": text("CR"),
    "gci": text("GCI"),
    "complete": text("complete"),
    "kind": text("kind"),
    "verdict": text("verdict"),
    "preferred": text("preferred"),
    "other": text("other"),
    "strength": text("strength of preference"),
    "error": text("error"),
    "implied": text("implied"),
    "proposed_preferred": text("proposed: preferred"),
    "proposed_other": text("proposed: other"),
    "proposed_strength": text("proposed: strength"),
    "cr_after": text("CR after"),
    "clears": text("clears"),
    "top_changes": text("change among the first"),
    "similarity": text("similarity"),
    "expert_weight": text("expert's weight"),
    "panel_weight": text("panel's weight"),
    "experts": text("experts"),
    "consensus": text("consensus"),
    "band": text("band"),
    "kendall_w": text("Kendall's W"),
    "p_value": text("p-value"),
    "value_ahead": text("value of the first"),
    "value_behind": text("value of the second"),
    "weight": text("weight"),
    "part": text("part of the difference"),
}
WORDS: Mapping[str, Text] = {
    "consistent": text("consistent"),
    "look again": text("look again"),
    "trivial": text("trivial"),
    "not defined": text("not defined"),
    "very low": text("very low"),
    "low": text("low"),
    "moderate": text("moderate"),
    "high": text("high"),
    "very high": text("very high"),
    "expert": text("expert"),
    "panel": text("panel"),
}


def told(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return the table with headings and words for people; names and numbers stay as they are."""
    said = table.copy()
    for name in said.columns.intersection(["verdict", "band", "kind"]):
        said[name] = [WORDS[word].render(language) if word in WORDS else word for word in said[name]]
    for name in said.columns[[pd.api.types.is_bool_dtype(kind) for kind in said.dtypes]]:
        said[name] = said[name].map({True: text("yes").render(language), False: text("no").render(language)})
    return said.rename(columns={key: HEADINGS[key].render(language) for key in said if key in HEADINGS})
