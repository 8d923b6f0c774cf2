"""What a run has found, as the documents print it: kept with a result, so that nothing is computed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
import pandas as pd

from techprio.errors import DataFileError, Problem
from techprio.kept_files import check_seal, read_kept, sealed
from techprio.language import LANGUAGES, Label, Language, Text, text
from techprio.model.criteria import Criterion
from techprio.model.explanation import is_ahead, split_of
from techprio.model.report_material import TABLES
from techprio.model.run import RunData, derived
from techprio.model.study import Study
from techprio.reporting.lists import evidence_shares, priority_table
from techprio.reporting.passed_limits import passed_limits
from techprio.reporting.words import joined, printed_notes

FIGURES = "figures.json"
"""The file of a result that keeps them."""
_FORM = 4
_STRONG = 2  # criteria that the line of a technology names
_SENTENCES = ("notes", "passed")


@dataclass(frozen=True)
class Figures:
    """The figures of a run that documents print.

    Parameters
    ----------
    study : str
        Id of the study.
    version : str
        Of techprio.
    draws, top, experts : int
    inputs : mapping of str to str
        SHA-256 of the files that were read.
    standing : DataFrame
        Index technology, in the order of the lists: ``sector, rank, priority, class, p_top, rank_low,
        rank_high, error, role, role_rule, certainty, own_loss, evidence, phase, start, operational,
        straddles, cost, lead_agency, why_vi, why_en, reason_vi, reason_en``; ``why`` for those of
        priority only; rank, probability and error are missing for what a gate kept out.
    pairs : DataFrame
        ``sector, first, second, ahead``: share of the trials in which the first is ahead of the second.
    losses : DataFrame
        ``technology, sector, share``: part of the value of a sector that is lost without the technology.
    spending : DataFrame
        ``technology, year, fund, amount``.
    budget : DataFrame
        ``fund, phase, year, limit, used, cumulative_limit, cumulative_used, hard``.
    people : DataFrame
        ``year, available, needed``, cumulative.
    staff : DataFrame
        ``technology, year, people``: people who must be there from that year on.
    heads : DataFrame
        ``vi, en, share``: the heads of the criteria and their shares of the weight.
    groups : tuple of str
        Of experts.
    notes : tuple of Label
        What the run warns of.
    passed : tuple of Label
        Which limits the plan passes.
    has_plan : bool
    """

    study: str
    version: str
    draws: int
    top: int
    experts: int
    inputs: Mapping[str, str]
    standing: pd.DataFrame
    pairs: pd.DataFrame
    losses: pd.DataFrame
    spending: pd.DataFrame
    budget: pd.DataFrame
    people: pd.DataFrame
    staff: pd.DataFrame
    heads: pd.DataFrame
    groups: tuple[str, ...]
    notes: tuple[Label, ...]
    passed: tuple[Label, ...]
    has_plan: bool

    def json(self) -> bytes:
        """Return the file that keeps the figures."""
        kept: dict[str, Any] = {"form": _FORM}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, pd.DataFrame):
                table = value.reset_index() if field.name == "standing" else value
                rows = table.astype(object).where(table.notna(), None).to_numpy().tolist()
                value = {"columns": [str(name) for name in table], "rows": rows}
            elif field.name in _SENTENCES:
                value = [list(note) for note in value]
            kept[field.name] = dict(value) if isinstance(value, Mapping) else value
        return sealed(kept)

    def check(self, study: Study, folder: Path) -> None:
        """Refuse a study that is another one, or whose figures would be others.

        Parameters
        ----------
        study : Study
            With what people have written since; that may differ.
        folder : Path
            Of the result, for the message.

        Raises
        ------
        DataFileError
            With each file of the study that was changed, that is new or that is gone.
        """
        if study.id != self.study:
            found, allowed = text("the result of {id}", id=self.study), text("a result of {id}", id=study.id)
            raise DataFileError([Problem("S301", str(folder), "", "id", found, allowed)])
        before, now = _computed_from(self.inputs), _computed_from(study.inputs)
        changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
        allowed = text(
            "the file from which the result was computed; texts and tables for documents may differ"
        )
        proposal = text("run the study again with this version")
        problems = [
            Problem(
                "S301", name, "", "", text("changed since {folder}", folder=folder.name), allowed, proposal
            )
            for name in changed
        ]
        if problems:
            raise DataFileError(problems)


def _computed_from(inputs: Mapping[str, str]) -> dict[str, str]:
    """Return the files that figures depend on, by the end of their names, with their digests."""
    written = {f"{name}.csv" for name in (*TABLES, "status")} | {"letterhead.yaml"}
    return {
        name: digest
        for name, digest in inputs.items()
        if not name.startswith("texts/") and name.rpartition("/")[2] not in written
    }


@derived
def figures_of(run: RunData) -> Figures:
    """Return the figures of a run.

    Parameters
    ----------
    run : RunData
    """
    plan, study = run.plan, run.study
    weights = run.weights.overall
    heads = [
        (*head.label, float(sum(weights.get(leaf, 0.0) for leaf in _leaves(head))))
        for head in study.criteria.heads
    ]
    judged = study.judgments
    nothing = pd.DataFrame
    spending = nothing(columns=["technology", "year", "fund", "amount"])
    staff = nothing(columns=["technology", "year", "people"])
    budget = nothing(
        columns=["fund", "phase", "year", "limit", "used", "cumulative_limit", "cumulative_used", "hard"]
    )
    people = nothing(columns=["year", "available", "needed"])
    if plan is not None:
        spending = _by_year(plan.spending, ["technology", "year", "fund"], "amount")
        staff = _by_year(plan.staff, ["technology", "year"], "people")
        budget = plan.budget_use.reset_index(drop=True)[list(budget)]
        people = plan.staff_use.reset_index(drop=True)[list(people)]
    return Figures(
        study=study.id,
        version=run.provenance.version,
        draws=int(study.robustness.draws),
        top=int(study.ranking.top),
        experts=0 if judged is None else len(judged.experts),
        inputs=dict(study.inputs),
        standing=_standing(run),
        pairs=_pairs(run),
        losses=_losses(run),
        spending=spending,
        budget=budget,
        people=people,
        staff=staff,
        heads=pd.DataFrame(heads, columns=["vi", "en", "share"]),
        groups=() if judged is None else tuple(judged.groups),
        notes=_labels(printed_notes(run)),
        passed=_labels(passed_limits(plan)),
        has_plan=plan is not None,
    )


def _labels(sentences: Iterable[Text]) -> tuple[Label, ...]:
    return tuple(Label(one.render("vi"), one.render("en")) for one in sentences)


def _leaves(head: Criterion) -> list[str]:
    return [head.id] if not head.children else [id for child in head.children for id in _leaves(child)]


def _by_year(frame: pd.DataFrame, keys: list[str], value: str) -> pd.DataFrame:
    dated = frame.assign(year=frame["period"].astype(str).str[:4].astype(int))
    return dated.groupby(keys, sort=False)[value].sum().reset_index()


def _standing(run: RunData) -> pd.DataFrame:
    table = priority_table(run).set_index("id")
    names = list(table.index)
    errors = {
        name: float(value)
        for drawn in run.acceptability.values()
        for name, value in drawn.standard_error().items()
    }
    evidence, lost = evidence_shares(run).to_dict(), run.roles.table["own_loss"].to_dict()
    straddles = {} if run.plan is None else run.plan.placements["straddles"].to_dict()
    why = _why(run, list(table.index[table["priority"] == "yes"]))
    return pd.DataFrame(
        {
            "sector": table["sector"],
            "rank": table["rank"],
            "priority": table["priority"] == "yes",
            "class": table["priority_class"],
            "p_top": table["p_top"],
            "rank_low": table["rank_low"],
            "rank_high": table["rank_high"],
            "error": [errors.get(name) for name in names],
            "role": table["role_final"],
            "role_rule": table["role"],
            "certainty": table["certainty"],
            "own_loss": [float(lost[name]) for name in names],
            "evidence": [float(evidence[name]) for name in names],
            "phase": table["phase"],
            "start": table["start"],
            "operational": table["operational"],
            "straddles": [bool(straddles.get(name, False)) for name in names],
            "cost": table["cost"].astype(float),
            **{f"why_{one}": [_said(why.get(name), one) for name in names] for one in LANGUAGES},
            "lead_agency": table["lead_agency"].fillna("").astype(str),
            "reason_vi": [reason.render("vi") for reason in table["reason"]],
            "reason_en": [reason.render("en") for reason in table["reason"]],
        },
        index=pd.Index(names, name="technology"),
    )


def _said(words: Text | None, language: Language) -> str:
    return "" if words is None else words.render(language)


def _why(run: RunData, names: list[str]) -> dict[str, Text]:
    """Return, in a line, on what each technology of priority is ahead of the first that is not."""
    found = {}
    for ranking in run.rankings.values():
        order = list(map(str, ranking.order))
        inside = [name for name in order if name in names]
        others = [name for name in order if name not in names] or order[-1:]
        split, _ = split_of(ranking)
        place = ranking.matrix.alternatives.index
        for name in inside:
            if name == others[0]:
                continue
            pair = (name, others[0]) if is_ahead(ranking, name, others[0]) else (others[0], name)
            parts = split(*map(place, pair))
            largest = np.argsort(-parts, kind="stable")[:_STRONG]
            strong = [ranking.matrix.criteria[one] for one in largest if parts[one] > 0]
            labels = [ranking.matrix.labels.get(one, one) for one in strong]
            if labels:
                found[name] = text("stronger in: {criteria}", criteria=joined(labels))
    return found


def _pairs(run: RunData) -> pd.DataFrame:
    rows = []
    for code, drawn in run.acceptability.items():
        names, shares = list(drawn.pairwise.index), drawn.pairwise.to_numpy(dtype=float)
        above = zip(*np.triu_indices(len(names), 1), strict=True)
        rows += [(code, names[a], names[b], float(shares[a, b])) for a, b in above]
    return pd.DataFrame(rows, columns=["sector", "first", "second", "ahead"])


def _losses(run: RunData) -> pd.DataFrame:
    lost = run.roles.knockout.rename_axis(index="technology").reset_index()
    shares = lost.melt("technology", var_name="sector", value_name="share")
    listed = shares[shares["share"] >= run.roles.settings.theta].reset_index(drop=True)
    return listed.astype({"technology": str, "sector": str})


def read_figures(folder: Path, version: str = "") -> Figures:
    """Return the figures of a result folder.

    Parameters
    ----------
    folder : Path
        As ``techprio run`` has written it.
    version : str
        Of techprio now; empty takes a result of any version that keeps its figures in this form.

    Raises
    ------
    DataFileError
        No result, one of another version, or a file that was changed.
    """
    path = folder / FIGURES
    allowed = text("the folder of a result, with the figures that techprio run has kept")
    proposal = text("run the study again: techprio run STUDY --out {folder}", folder=folder.name)
    kept = read_kept(path, _Kept, code="T102", allowed=allowed, proposal=proposal)
    found, now = (text("a result of version {version}", version=one) for one in (kept["version"], version))
    if version and kept["version"] != version:
        raise DataFileError([Problem("T102", str(path), "", "", found, now, proposal)])
    if kept["form"] != _FORM:
        found = text("figures in another form, as they were kept before")
        now = text("figures in the form in which techprio run keeps them now")
        raise DataFileError([Problem("T102", str(path), "", "", found, now, proposal)])
    check_seal(path, kept, code="T102", proposal=proposal)
    return _restored(kept)


class _Kept(TypedDict):
    """What is looked at before the seal."""

    version: str
    form: int


def _restored(kept: Mapping[str, Any]) -> Figures:
    values: dict[str, Any] = {}
    for field in fields(Figures):
        value = kept[field.name]
        if isinstance(value, dict) and {"columns", "rows"} == set(value):
            value = pd.DataFrame(value["rows"], columns=value["columns"])
        values[field.name] = value
    values["standing"] = values["standing"].set_index("technology")
    values["groups"] = tuple(values["groups"])
    for name in _SENTENCES:
        values[name] = tuple(Label(*one) for one in values[name])
    return Figures(**values)
