"""Priority lists by sector, role, action and agency, as printed tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from techprio.display.quantities import NUMBER, Column, Table
from techprio.language import Text, text
from techprio.model.acceptability import CLASS_WORDS, PRIORITY_CLASS, RANK_HIGH, RANK_LOW
from techprio.model.catalog import (
    ACTION,
    COST,
    EVIDENCE_SHARE,
    NAME_EN,
    NAME_VI,
    PARTNERS,
    SECTOR,
    SECTOR_NAME,
    TECHNOLOGY,
    TECHNOLOGY_NAME,
)
from techprio.model.explanation import STATEMENT
from techprio.model.known_names import group_name
from techprio.model.monitoring import LEAD_AGENCY
from techprio.model.plan import OPERATIONAL, REASON, START
from techprio.model.ranking import PRIORITY, RANK, RANK_RANGE, SCORE
from techprio.model.resources import PHASE
from techprio.model.roles import (
    CERTAINTY,
    ROLE,
    ROLE_BY_RULE,
    ROLE_REASON,
    SCOPE,
    SCOPE_WORDS,
    UNLOCKED_VALUE,
    WATCH_REASON,
)
from techprio.model.run import RunData
from techprio.model.sectors import Sector
from techprio.reporting.lists import priority_table
from techprio.reporting.master_list import what_priority_is
from techprio.reporting.plan_tables import certainty_columns
from techprio.reporting.sentences import run_sentences
from techprio.reporting.words import ACTION_NAMES, currency, role_name, role_with_certainty
from techprio.robustness.certainty_of_places import run_classes
from techprio.robustness.deciding import run_deciding

#: Actions that change what is there.
RENEWED = ("renew", "replace", "transfer")


def printed_priorities(run: RunData) -> pd.DataFrame:
    """Return the priority lists under the keys of the quantities, codes as the words of readers."""
    frame = priority_table(run)
    certainty = run.roles.table.loc[frame["id"]]
    return frame.astype(object).where(frame.notna(), None).assign(
        technology=frame["id"],
        sector_name=[run.study.catalog.sector(code).label for code in frame["sector"]],
        name=list(map(run.study.catalog.label, frame["id"])),
        role_code=frame["role_final"],
        rule_code=frame["role"],
        action_code=frame["action"],
        class_code=frame["priority_class"],
        priority=frame["priority"].map({"yes": "✓"}).fillna(""),
        priority_class=[CLASS_WORDS.get(word, "") for word in frame["priority_class"]],
        role=list(map(role_name, frame["role"])),
        role_final=list(map(role_name, frame["role_final"])),
        scope=[SCOPE_WORDS.get(scope, "") for scope in certainty["scope"]],
        certainty=certainty["certainty"].to_numpy(),
        role_reason=certainty["role_reason"].to_numpy(),
        watch_reason=certainty.get("watch_reason", pd.Series("", certainty.index)).to_numpy(),
        carried=frame["unlocked_value"],
        phase=[phase or text("not placed") for phase in frame["phase"]],
        action=[ACTION_NAMES.get(action, action) for action in frame["action"]],
        partners=frame["partners"].astype(str).str.replace(";", "; "),
        rank_range=[
            "" if pd.isna(low) else f"{int(low)}-{int(high)}"
            for low, high in zip(frame["rank_low"], frame["rank_high"], strict=True)
        ],
    )  # fmt: skip


def technology_list(run: RunData) -> Table:
    """Return all technologies with every figure of theirs, the names in both languages."""
    columns = [
        Column(TECHNOLOGY, 7.5),
        Column(NAME_VI, 34, language="vi"),
        Column(NAME_EN, 34, language="en"),
        Column(SECTOR_NAME, 18),
        Column(RANK, 6),
        Column(SCORE, 7.5, bar=True),
        Column(RANK_LOW, 7.5),
        Column(RANK_HIGH, 7.5),
        Column(run_classes(run).chance, 9, bar=True),
        Column(PRIORITY, 7),
        Column(PRIORITY_CLASS, 9),
        Column(ROLE_BY_RULE, 11),
        CERTAINTY,
        Column(UNLOCKED_VALUE, 8.5),
        Column(PHASE, 10.5),
        Column(START, 8.5),
        OPERATIONAL,
        *certainty_columns(run),
        Column(COST.per(currency(run)), 9.5),
        Column(REASON, 32),
        Column(LEAD_AGENCY, 17),
        Column(EVIDENCE_SHARE, 8.5),
        Column(ACTION, 12),
        Column(PARTNERS, 34),
        Column(ROLE, 12),
    ]
    title, frame = text("All technologies by sector and rank"), printed_priorities(run)
    name = text("All technologies")
    return Table.from_frame("technologies", title, columns, frame, notes=_notes(run), name=name)


def _notes(run: RunData) -> tuple[Text, ...]:
    illustrative = text("Illustrative data: to be replaced by official figures before any official use.")
    return (
        *([illustrative] if run.study.illustrative else []),
        what_priority_is(run.study),
        text(
            "Rank, 5-95%: the ranks between which a technology stays "
            "in nine of ten draws of weights and scores."
        ),
        text(
            "Unlocked value: what the technology makes possible, its own value included; "
            "nothing is counted twice."
        ),
    )


def sector_list(run: RunData, frame: pd.DataFrame, sector: Sector) -> Table:
    """Return the priority list of one sector with certainty, role, phase and reason."""
    columns = [
        Column(RANK, 6),
        Column(TECHNOLOGY, 8),
        Column(TECHNOLOGY_NAME, 33),
        Column(SCORE, 7),
        RANK_RANGE,
        Column(run_classes(run).chance, 7.5),
        Column(PRIORITY_CLASS, 13),
        Column(ROLE, 12),
        Column(PHASE, 11),
        Column(OPERATIONAL, 9),
        *certainty_columns(run),
        Column(REASON, 34),
        Column(EVIDENCE_SHARE, 8),
    ]
    title = text("Priority list: {sector}", sector=sector.label)
    chosen = frame[frame["sector"] == sector.code]
    chosen = chosen.assign(
        role_final=list(
            map(role_with_certainty, chosen["role_code"], chosen["rule_code"], chosen["certainty"])
        )
    )
    return Table.from_frame(f"list-{sector.code}", title, columns, chosen, name=sector.label)


def classes_table(run: RunData) -> Table:
    """Return what is firmly priority, and what is contested on both sides of the cut."""
    classes = run_classes(run)
    groups = [tuple(map(group_name, names)) for names in classes.table["in_favor"]]
    classes = replace(classes, table=classes.table.assign(in_favor=groups))
    table = classes.tables()["classes"]
    return replace(table, notes=(*table.notes, *classes.questions()), name=text("Firm and contested"))


def deciding_table(run: RunData) -> Table:
    """Return the contested ones on both sides of the line, with what decides between them."""
    return replace(run_deciding(run).tables()["deciding"], name=text("What decides"))


def statements_table(run: RunData) -> Table:
    """Return what is said of each technology, in the order of the lists."""
    sectors = run.study.catalog.technologies["sector"]
    rows = [(str(sectors[name]), name, words) for name, words in run_sentences(run).items()]
    columns = [Column(SECTOR, 7), Column(TECHNOLOGY, 9), Column(STATEMENT, 120)]
    title = text("Each technology in one paragraph")
    return Table.of("statements", title, columns, rows, name=text("Statements"))


def role_lists(frame: pd.DataFrame) -> Iterator[tuple[str, Table]]:
    """Give platform, core, encouraged (without those that are priority) and watched technologies."""
    titles = {
        "platform": text("Platform technologies"),
        "core": text("Core technologies"),
        "encouraged": text("Technologies encouraged for innovation"),
        "watch": text("Technologies to watch, not to begin now"),
    }
    columns = [
        SECTOR,
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 40),
        Column(SCOPE, 12),
        *(CERTAINTY, UNLOCKED_VALUE, PRIORITY_CLASS),
        Column(PHASE, 11),
        Column(ROLE_REASON, 20),
    ]
    watched = [*columns[:-2], Column(WATCH_REASON, 60), columns[-1]]
    for role, title in titles.items():
        chosen = frame[frame["role_code"] == role]
        if role == "encouraged":
            chosen = chosen[chosen["priority"] == ""]
        if role != "watch" or len(chosen):
            shown = watched if role == "watch" else columns
            yield role, Table.from_frame(f"role-{role}", title, shown, chosen)


def actions_table(frame: pd.DataFrame) -> Table:
    """Return what to renew, replace or transfer in first: firmly priority before contested, then by chance.

    What is firmly not priority, and new investments, which renew nothing, are counted and not listed.
    """
    renewed = frame[frame["action_code"].isin(RENEWED)]
    first = renewed[renewed["class_code"].isin(["firm", "contested"])]
    place = first["class_code"].map({"firm": 0, "contested": 1})
    first = first.assign(place=place, chance=-first["p_top"].astype(float))
    first = first.sort_values(["place", "chance", "sector", "rank"], kind="stable")
    first = first.assign(number=range(1, len(first) + 1))
    columns = [
        Column(NUMBER, 8),
        Column(ACTION, 13),
        Column(SECTOR, 9),
        Column(TECHNOLOGY, 10),
        Column(TECHNOLOGY_NAME, 42),
        *(RANK, PRIORITY_CLASS),
        Column(PHASE, 11),
    ]
    notes = (
        text(
            "Rule: to be renewed, replaced or transferred in; first what is firmly priority, then what is "
            "contested, by its probability; {left} more are firmly not priority.",
            left=len(renewed) - len(first),
        ),
    )
    title = text("Technologies to renew, replace or transfer first")
    return Table.from_frame("actions", title, columns, first, notes=notes)


def agencies_table(frame: pd.DataFrame) -> Table:
    """Return who leads what with whom, and until when."""
    columns = [
        Column(LEAD_AGENCY, 22),
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 38),
        Column(PARTNERS, 36),
        *(START, OPERATIONAL),
    ]
    frame = frame.sort_values(["lead_agency", "sector", "rank"], kind="stable")
    return Table.from_frame("agencies", text("Who leads, who takes part, until when"), columns, frame)
