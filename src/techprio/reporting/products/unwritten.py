"""What the documents of the plan still lack of a study: texts and tables that only people can write."""

from __future__ import annotations

from techprio.language import Language
from techprio.model.study import Study

_TABLES = ("legal", "goals", "tasks", "policies", "indicators", "provinces", "swot")
_SECTIONS = (
    "necessity", "process", "context", "feasibility", "orientation", "policies", "support", "monitoring",
    "current-state", "proposals",
)  # fmt: skip


def unwritten(study: Study, language: Language) -> tuple[str, ...]:
    """Return the files that the documents would take and that say nothing yet.

    Examples
    --------
    >>> import techprio as tp
    >>> unwritten(tp.example("lai-chau"), "vi")[:2]
    ('goals.csv', 'tasks.csv')
    """
    material = study.material
    names = [] if material.letterhead is not None else ["letterhead.yaml"]
    names += [f"{name}.csv" for name in _TABLES if not len(material.table(name))]
    names += [f"texts/{name}.{language}.md" for name in _SECTIONS if not material.text(name, language)]
    return tuple(names)
