"""Whether any plan keeps the limits and decisions of a study, before anything is ranked or planned."""

from __future__ import annotations

import pandas as pd

from techprio.model.study import Study
from techprio.phasing.case import make_case
from techprio.phasing.clashes import SECONDS, infeasible
from techprio.phasing.highs import solve_rows
from techprio.scoring import rank_study, screened_out, study_weights


def check_feasible(study: Study) -> None:
    """Refuse limits and decisions that no plan can keep; a search that stops refuses nothing.

    Parameters
    ----------
    study : Study

    Raises
    ------
    InfeasibleError
        With the rules that clash.

    Examples
    --------
    >>> import techprio as tp
    >>> check_feasible(tp.example("lai-chau"))
    """
    if study.resources is None:
        return
    excluded = screened_out(rank_study(study, study_weights(study))) if study.gates else {}
    alike = pd.Series(1.0, index=study.catalog.technologies.index)
    case = make_case(study.catalog, study.resources, alike, excluded=excluded)
    if solve_rows(case.rows, gap=1.0, time_limit=SECONDS).status == "infeasible":
        raise infeasible(case.data, case.model)
