"""How long a form takes, and how sectors can be split so that every score is asked of enough experts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from techprio.forms.questions import halves_of, judged_criteria, pairs_of, scores_of
from techprio.language import Text, text
from techprio.model.forms import Expert
from techprio.model.study import Study

PAIR_SECONDS, SCORE_SECONDS, HALF_SECONDS = 12, 8, 30
MOST_MINUTES = 30
LEAST_EXPERTS = 3  # answers that every score should get


class Load(NamedTuple):
    """Questions of a form and the minutes that they take."""

    pairs: int
    scores: int
    halves: int = 0

    @property
    def minutes(self) -> int:
        """Minutes for all questions, never below one."""
        halves = self.halves * HALF_SECONDS
        return _minutes(self.pairs * PAIR_SECONDS + self.scores * SCORE_SECONDS + halves)

    @property
    def words(self) -> Text:
        """Questions and minutes in words."""
        words = text(
            "{count} comparisons, about {minutes} min",
            count=self.pairs, minutes=_minutes(self.pairs * PAIR_SECONDS),
        )  # fmt: skip
        if self.halves:
            words = text(
                "{pairs} · {count} values, about {minutes} min",
                pairs=words, count=self.halves, minutes=_minutes(self.halves * HALF_SECONDS),
            )  # fmt: skip
        if self.scores:
            words = text(
                "{pairs} · {count} scores, about {minutes} min",
                pairs=words, count=self.scores, minutes=_minutes(self.scores * SCORE_SECONDS),
            )  # fmt: skip
        return words


def load_of(study: Study, expert: Expert, *, with_halves: bool = False) -> Load:
    """Return how many questions an expert is asked."""
    halves = len(halves_of(study)) if with_halves else 0
    return Load(len(pairs_of(study)), len(scores_of(study, expert)), halves)


def propose_split(study: Study, experts: Sequence[Expert]) -> dict[str, tuple[str, ...]]:
    """Split the sectors that are asked for over the experts: each to three or more, loads as even as can be.

    Parameters
    ----------
    study : Study
    experts : sequence of Expert
        Their sectors are all that is to be scored; an expert gets own sectors only, where three have
        them, and others otherwise.

    Returns
    -------
    dict of expert to sectors
        Empty where fewer than three experts score at all.
    """
    scoring = [expert for expert in experts if expert.sectors]
    if len(scoring) < LEAST_EXPERTS:
        return {}
    criteria = len(judged_criteria(study))
    work = {
        code: criteria * len(study.catalog.technologies_of(code))
        for code in dict.fromkeys(code for expert in scoring for code in expert.sectors)
    }
    able = {code: [e.code for e in scoring if code in e.sectors] for code in work}
    taken: dict[str, list[str]] = {expert.code: [] for expert in scoring}
    load = dict.fromkeys(taken, 0)
    # Sectors that few can score come first, then the large ones.
    for code in sorted(work, key=lambda one: (len(able[one]), -work[one])):
        rest = [name for name in taken if name not in able[code]]
        ranked = sorted(able[code], key=lambda name: load[name]) + sorted(rest, key=lambda name: load[name])
        for name in ranked[:LEAST_EXPERTS]:
            taken[name].append(code)
            load[name] += work[code]
    return {name: tuple(code for code in work if code in codes) for name, codes in taken.items()}


def load_lines(study: Study, experts: Sequence[Expert], *, with_halves: bool = False) -> list[Text]:
    """Say how long each form takes; above 30 minutes, propose a split."""
    loads: Mapping[str, Load] = {
        expert.code: load_of(study, expert, with_halves=with_halves) for expert in experts
    }
    lines = [text("{expert}: {load}", expert=code, load=load.words) for code, load in loads.items()]
    long = [code for code, load in loads.items() if load.minutes > MOST_MINUTES]
    if not long:
        return lines
    lines.append(text("above {most} minutes: {experts}", most=MOST_MINUTES, experts=", ".join(long)))
    split = propose_split(study, experts)
    pairs = len(pairs_of(study))
    criteria = len(judged_criteria(study))
    halves = len(halves_of(study)) if with_halves else 0
    after = {
        code: Load(pairs, criteria * sum(len(study.catalog.technologies_of(one)) for one in sectors), halves)
        for code, sectors in split.items()
    }
    if not split or max(load.minutes for load in after.values()) >= max(
        load.minutes for load in loads.values()
    ):
        lines.append(
            text(
                "no split of the sectors makes it shorter while each score has {least} answers; "
                "ask more experts", least=LEAST_EXPERTS,
            )
        )  # fmt: skip
        return lines
    lines.append(text("sectors so that every score is asked of at least {least}:", least=LEAST_EXPERTS))
    lines += [
        text("{expert}: {sectors} ({minutes} min)",
             expert=code, sectors=";".join(sectors) or "-", minutes=after[code].minutes)
        for code, sectors in split.items()
    ]  # fmt: skip
    return lines


def _minutes(seconds: int) -> int:
    return max(1, round(seconds / 60))
