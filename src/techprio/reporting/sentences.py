"""The sentence of each technology, composed once: the same in list, workbook, document, page and terminal.

It says where the technology stands and how firmly, its role, its phase, what speaks for it, what holds it,
and what would change it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from techprio.language import Chance, Month, Percent, Text, joined, text
from techprio.model.acceptability import CLASS_WORDS
from techprio.model.checks import unknown_name
from techprio.model.explanation import AHEAD
from techprio.model.known_names import group_name
from techprio.model.priority_classes import PriorityClasses
from techprio.model.reference import PROFILE
from techprio.model.run import RunData, derived
from techprio.reporting.words import role_name
from techprio.robustness.certainty_of_places import run_classes
from techprio.robustness.deciding import run_deciding

Words = object


@derived
def run_sentences(run: RunData) -> dict[str, Text]:
    """Return the sentences of a run with the codes of technologies, as lists show them."""
    return technology_sentences(run)


def technology_sentences(run: RunData, *, codes: bool = True) -> dict[str, Text]:
    """Return the sentence of every technology of a run, in the order of the lists.

    Parameters
    ----------
    run : RunData
    codes : bool
        Whether names carry their codes, as in lists; documents go without.
    """
    composer = _Composer(run, codes=codes)
    return {name: composer.sentence(code, name) for code in run.rankings for name in _names(run, code)}


def technology_sentence(run: RunData, technology: str, *, codes: bool = True) -> Text:
    """Return the sentence of one technology.

    Raises
    ------
    InputError
        An unknown technology.
    """
    for code in run.rankings:
        if technology in _names(run, code):
            return _Composer(run, codes=codes).sentence(code, technology)
    raise unknown_name(text("technology"), technology, run.study.catalog.technologies.index)


def _names(run: RunData, code: str) -> list[str]:
    ranking = run.rankings[code]
    return [*map(str, ranking.order), *sorted(ranking.screened)]


class _Composer:
    """The tables of a run that sentences are made of, looked up once."""

    def __init__(self, run: RunData, *, codes: bool) -> None:
        self.run, self.codes = run, codes
        self.classes: PriorityClasses = run_classes(run)
        self.standing = self.classes.table.set_index("technology").to_dict("index")
        self.deciding = run_deciding(run).table.set_index("technology").to_dict("index")
        self.roles = run.roles.table.to_dict("index")

    def sentence(self, code: str, name: str) -> Text:
        """Return the parts of a sentence, one after the other."""
        parts = [self._standing(code, name), self._role(name), *self._phase(name)]
        if name in self.deciding and len(self.run.rankings[code].scores) > 1:
            row = self.deciding[name]
            parts += [*self._reasons(row), *self._changes(name, row)]
        joined = parts[0]
        for part in parts[1:]:
            joined = text("{first} {second}", first=joined, second=part)
        return joined

    def _name(self, technology: str) -> Words:
        label = self.run.study.catalog.label(technology)
        if not self.codes:
            return label if any(label) else technology
        return text("{name} ({code})", name=label, code=technology) if any(label) else technology

    def _listed(self, names: Sequence[str]) -> Words:
        """Return the names of criteria, which hold commas themselves."""
        by_id = self.run.study.criteria.by_id
        return joined(by_id[name].label if name in by_id else name for name in names)

    def _standing(self, code: str, name: str) -> Text:
        ranking, sector = self.run.rankings[code], self.run.study.catalog.sector(code).label
        named = self._name(name)
        if name in ranking.screened:
            return text("{name} is not ranked: {reason}.", name=named, reason=ranking.screened[name])
        if len(ranking.scores) == 1:
            return text(
                "{name} is the only candidate of {sector}: it has no rank to be certain of.",
                name=named,
                sector=sector,
            )
        place = text(
            "{name} is number {rank} of {count} in {sector}",
            name=named,
            rank=int(ranking.ranks[name]),
            count=len(ranking.scores),
            sector=sector,
        )
        row = self.standing.get(name)
        if row is None:
            return text("{words}.", words=place)
        places = {
            "place": place,
            "firmness": CLASS_WORDS[row["priority_class"]],
            "share": Chance(row["p_top"], 0),
            "error": Chance(row["standard_error"], 1),
        }
        if self.classes.rule == "top":
            said = text(
                "{place}, {firmness}: among the first {k} in {share} of the draws (standard error {error}).",
                k=self.classes.top,
                **places,
            )
        else:
            said = text(
                "{place}, {firmness}: it reaches the reference profile in {share} of the draws (standard "
                "error {error}).",
                **places,
            )
        if row["kept_out"]:
            return text("{before} A veto keeps it from firm: {veto}.", before=said, veto=row["kept_out"])
        return said

    def _role(self, name: str) -> Text:
        row = self.roles[name]
        role: Words = role_name(row["role_final"])
        if row["role_final"] != row["role"]:
            return text(
                "Role: {role}, decided by people ({reason}); by the rule {rule}.",
                role=role,
                reason=row["role_reason"],
                rule=role_name(row["role"]),
            )
        if pd.notna(row["certainty"]):
            share = Chance(float(row["certainty"]), 0)
            role = text("{role} (in {share} of the draws)", role=role, share=share)
        # Why it is not placed is said with the phase.
        why = row.get("watch_reason", "")
        if why and self.run.plan is not None and self.run.plan.placements["placed"].get(name, False):
            return text("Role: {role}; {reason}.", role=role, reason=why)
        return text("Role: {role}.", role=role)

    def _phase(self, name: str) -> list[Text]:
        plan = self.run.plan
        if plan is None or name not in plan.placements.index:
            return []
        row, reason = plan.placements.loc[name], plan.reasons[name]
        if not row["placed"]:
            screened = any(name in ranking.screened for ranking in self.run.rankings.values())
            return (
                [text("It has no phase.")]
                if screened
                else [text("It has no phase: {reason}.", reason=reason)]
            )
        places = {"phase": str(row["phase"]), "month": Month(str(row["operational"]))}
        return [text("Phase {phase}, operational {month}: {reason}.", reason=reason, **places)]

    def _reasons(self, row: Mapping[Any, Any]) -> list[Text]:
        against = str(row["against"])
        if not against:
            return [text("No candidate of its sector stands on the other side of the line.")]
        other: Words = text("the reference profile") if against == PROFILE else self._name(against)
        if row["equal"] and against != PROFILE:
            said = text(
                "It and {other}, the nearest on the other side of the line, are equal: neither is ahead in "
                "{bound} of the draws.",
                other=other,
                bound=Percent(AHEAD),
            )
        elif against == PROFILE:
            said = text("It is held against the reference profile.")
        else:
            said = text("The nearest on the other side of the line is {other}.", other=other)
        strong, weak = row["speaks_for"], row["speaks_against"]
        if strong:
            said = text("{before} For it: {strong}.", before=said, strong=self._listed(strong))
        if weak:
            said = text("{before} Against it: {weak}.", before=said, weak=self._listed(weak))
        return [said]

    def _changes(self, name: str, row: Mapping[Any, Any]) -> list[Text]:
        found = []
        sides = [list(map(group_name, row[key])) for key in ("groups_for", "groups_against")]
        if all(sides):
            favor, others = map(joined, sides)
            found.append(
                text(
                    "By the weights of {favor} alone it is priority, by those of {others} it is not.",
                    favor=favor,
                    others=others,
                )
            )
        if not row["score_of"]:
            return found
        criterion = self._listed([row["score_on"]])
        if str(row["score_of"]) != name:
            owner: Words = row["score_of"] if self.codes else self._name(str(row["score_of"]))
            criterion = text("{criterion} of {owner}", criterion=criterion, owner=owner)
        value = float(row["value"])
        if pd.notna(row["flips_at"]):
            other = float(row["flips_at"])
            found.append(
                text(
                    "It would change sides if {criterion} were {other} instead of {value}.",
                    criterion=criterion,
                    other=other,
                    value=value,
                )
            )
        else:
            found.append(
                text(
                    "No uncertain score alone changes its side; most moves {criterion}, now {value}, between "
                    "{low} and {high}.",
                    criterion=criterion,
                    value=value,
                    low=float(row["low"]),
                    high=float(row["high"]),
                )
            )
        return found
