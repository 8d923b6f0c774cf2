"""The earliest that prerequisites and readiness allow, for a whole study."""

from __future__ import annotations

from techprio.dependencies.chain import find_critical_chain
from techprio.dependencies.graph import catalog_graph
from techprio.model.critical_chain import CriticalChain
from techprio.model.study import Study
from techprio.phasing.data import lead_months, ready_months


def earliest_times(study: Study) -> CriticalChain | None:
    """Return earliest times, slack and the critical chain of a study; None without resources.

    Examples
    --------
    >>> import techprio as tp
    >>> found = earliest_times(tp.example("lai-chau"))
    >>> bool(found.table["earliest_end"].max() == found.months)
    True
    """
    if study.resources is None:
        return None
    technologies = study.catalog.technologies
    return find_critical_chain(
        catalog_graph(study.catalog),
        lead_months(technologies, study.resources),
        ready=ready_months(technologies, study.resources),
    )
