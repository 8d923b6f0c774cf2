"""The plan against the status of its technologies: what is late, through what, at what cost."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from techprio.arguments import validated
from techprio.dependencies.graph import DependencyGraph
from techprio.errors import InputError
from techprio.language import Text, joined, text
from techprio.model.monitoring import LightRule, Monitoring
from techprio.model.plan import Plan
from techprio.model.provenance import Provenance
from techprio.phasing.months import month_number, month_text
from techprio.phasing.progress import Expected, Outlook, Progress, check_status, read_progress

COLUMNS = (
    "technology", "sector", "lead_agency", "status", "state", "light", "start_planned", "start_expected",
    "operational_planned", "operational_expected", "months_late", "own_months", "through",
)  # fmt: skip


@validated
def monitor_plan(
    plan: Plan,
    status: pd.DataFrame,
    *,
    as_of: str | None = None,
    rule: LightRule = LightRule(),  # noqa: B008  frozen
) -> Monitoring:
    """Hold a plan against what became of its technologies.

    Parameters
    ----------
    plan : Plan
    status : DataFrame
        ``year, technology, status`` (not started, running, done, stopped), ``start, operational``
        (``YYYY-MM``, empty where unknown), ``spent_<fund>`` in the currency of the plan; the latest
        year of each technology counts, money is summed over the years.
    as_of : str, optional
        Month ``YYYY-MM`` of the report; by default the last month of the latest year of the status.
    rule : LightRule

    Returns
    -------
    Monitoring

    Raises
    ------
    InputError
        A status that contradicts itself or names unknown technologies, with every problem at once.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"sector": "s", "cost": [5, 10], "months": [6, 12]}, index=["Data", "Dairy"])
    >>> needs = pd.DataFrame({"technology": ["Dairy"], "requires": ["Data"]})
    >>> budgets = pd.DataFrame({"local": 5}, index=range(2026, 2031))
    >>> limits = tp.Resources.from_frame(
    ...     budgets, start="2026-01", end="2030-12", phases={"2026-2030": (2026, 2030)}
    ... )
    >>> values = pd.Series({"Data": 1.0, "Dairy": 2.0})
    >>> plan = tp.plan_phases(table, limits, values, dependencies=needs)
    >>> status = pd.DataFrame(
    ...     [(2026, "Data", "running", "2026-09", "", 4.0)],
    ...     columns=["year", "technology", "status", "start", "operational", "spent_local"],
    ... )
    >>> report = tp.monitor_plan(plan, status)
    >>> late = report.technologies.set_index("technology").loc["Data"]
    >>> late["state"], late["operational_planned"], late["operational_expected"], late["light"]
    ('late', '2026-06', '2027-02', 'red')
    """
    if status.empty:
        raise InputError(text("the status table is empty; it must have one row a technology and year"))
    check_status(status)
    month = as_of or f"{int(max(status['year'])):04d}-12"
    progress = read_progress(status, plan, month)
    names = tuple(str(name) for name in plan.placements.index)
    outlook = Outlook(plan, DependencyGraph(names, plan.edges, plan.bundles), month_number(month))
    expected = outlook.expect(progress)
    table = _table(outlook, progress, expected, rule)
    money = _money(plan, status, month)
    return Monitoring(
        as_of=month,
        technologies=table,
        delays=_delays(outlook, progress, expected),
        money=money,
        spending=_spending(plan, status, month),
        agencies=_agencies(table),
        rule=rule,
        labels=plan.labels,
        notes=(*_notes(progress, table, names), *_unstated(plan, money)),
        provenance=Provenance.of(f"monitor_plan(as_of={month!r}, rule={rule!r})"),
    )


def _table(
    outlook: Outlook,
    progress: dict[str, Progress],
    expected: dict[str, Expected],
    rule: LightRule,
) -> pd.DataFrame:
    rows = []
    for name in outlook.plan.placements.index:
        planned, found = outlook.planned(name), expected[name]
        reported = progress.get(name, Progress("not started"))
        late = None
        if planned is not None and found.operational is not None:
            late = found.operational - planned[1]
        state = _state(reported, planned, found, late)
        light = rule.light(state, late)
        agency = outlook.plan.agencies.get(name, "")
        start, operational = (month_text(m) for m in planned) if planned else ("", "")
        rows.append(
            (name, outlook.plan.placements.loc[name, "sector"], agency, reported.status, state, light, start,
             _text(found.start), operational, _text(found.operational), pd.NA if late is None else late,
             found.own, found.through)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"months_late": "Int64", "own_months": "Int64"})


def _state(reported: Progress, planned: tuple[int, int] | None, found: Expected, late: int | None) -> str:
    if reported.status in ("stopped", "done"):
        return reported.status
    if planned is None and reported.status == "not started":
        return "not planned"
    if found.operational is None:
        return "blocked"
    if found.own > 0:
        return "late"
    return "at risk" if (late or 0) > 0 else "on time"


def _text(month: int | None) -> str:
    return "" if month is None else month_text(month)


def _delays(outlook: Outlook, progress: dict[str, Progress], expected: dict[str, Expected]) -> pd.DataFrame:
    """Let each technology slip alone, all others keeping their planned months, and see what moves."""
    calm = Outlook(outlook.plan, outlook.graph, month_number(outlook.plan.resources.start) - 1)
    planned = calm.expect({})
    rows = []
    for cause, found in expected.items():
        if outlook.planned(cause) is None or not (
            found.own > 0 or progress.get(cause, _WAITING).status == "stopped"
        ):
            continue
        alone = calm.expect({cause: _alone(progress.get(cause, _WAITING), found)})
        for name, then in alone.items():
            before = planned[name].operational
            if name == cause or before is None:
                continue
            if then.operational is None:
                rows.append((cause, name, pd.NA))
            elif then.operational > before:
                rows.append((cause, name, then.operational - before))
    return pd.DataFrame(rows, columns=["cause", "technology", "months"]).astype({"months": "Int64"})


_WAITING = Progress("not started")


def _alone(reported: Progress, found: Expected) -> Progress:
    """State the slip of one technology as a fact, without what others do to it."""
    if reported.status in ("stopped", "done"):
        return reported
    if reported.status == "running":
        return Progress(
            "running", reported.start, found.operational if not found.through else reported.operational
        )
    return Progress("not started", found.start)


def _money(plan: Plan, status: pd.DataFrame, month: str) -> pd.DataFrame:
    rows = []
    spending = plan.spending[plan.spending["period"] <= month]
    years = sorted({*spending["period"].str[:4].astype(int), *status["year"].astype(int)})
    for fund in plan.resources.funds:
        column = f"spent_{fund.id}"
        stated = _is_stated(status, column)
        for year in years:
            due = (spending["fund"] == fund.id) & (spending["period"].str[:4].astype(int) == year)
            planned = float(spending.loc[due, "amount"].sum())
            spent = float(status.loc[status["year"] == year, column].sum()) if stated else float("nan")
            rows.append((fund.id, year, planned, spent, spent - planned))
    return pd.DataFrame(rows, columns=["fund", "year", "planned", "spent", "difference"])


def _is_stated(status: pd.DataFrame, column: str) -> bool:
    """Whether a status says anything of a spending; nothing said is not nothing spent."""
    return column in status and bool(status[column].notna().any())


def _spending(plan: Plan, status: pd.DataFrame, month: str) -> pd.DataFrame:
    columns = [name for fund in plan.resources.funds if _is_stated(status, name := f"spent_{fund.id}")]
    due = plan.spending[plan.spending["period"] <= month].groupby("technology")["amount"].sum()
    spent = status.set_index("technology")[columns].sum(axis=1).groupby(level=0).sum()
    table = pd.DataFrame({"planned": due, "spent": spent}).fillna(0.0).astype(float)
    if not columns:
        table["spent"] = float("nan")
    table["difference"] = table["spent"] - table["planned"]
    order = [name for name in plan.placements.index if name in table.index]
    return table.loc[order].rename_axis("technology").reset_index()


def _unstated(plan: Plan, money: pd.DataFrame) -> Iterator[Text]:
    """Name the funds of which the status states no spending, so that nothing can be held against the plan."""
    due = money[money["planned"] > 0]
    silent = [
        fund for fund in dict.fromkeys(due["fund"]) if due.loc[due["fund"] == fund, "spent"].isna().all()
    ]
    if silent:
        names = joined((plan.resources.fund(fund).label for fund in silent), ", ")
        yield text("no spending of {funds} is stated, so it is not held against the plan", funds=names)


def _agencies(table: pd.DataFrame) -> pd.DataFrame:
    lit = table[table["light"] != ""]
    counts = lit.groupby(["lead_agency", "light"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["green", "yellow", "red"], fill_value=0)
    counts["technologies"] = counts.sum(axis=1)
    return counts.rename_axis(columns=None).reset_index()


def _notes(progress: dict[str, Progress], table: pd.DataFrame, names: tuple[str, ...]) -> list[Text]:
    notes = []
    silent = [name for name in names if name not in progress]
    planned = set(table.loc[table["operational_planned"] != "", "technology"])
    if silent := [name for name in silent if name in planned]:
        notes.append(
            text(
                "{count} planned technologies have no status; they are taken as not started",
                count=len(silent),
            )
        )
    started = table[(table["operational_planned"] == "") & table["status"].isin(["running", "done"])]
    if len(started):
        notes.append(
            text("begun though the plan leaves them out: {names}", names=", ".join(started["technology"]))
        )
    return notes
