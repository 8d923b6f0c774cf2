"""What experts are asked about: the part of a study that forms need, before it has an answer."""

from __future__ import annotations

from pathlib import Path

from techprio.arguments import validated
from techprio.errors import DataFileError
from techprio.inputs.catalog import technology_frame
from techprio.inputs.criteria import read_criteria
from techprio.inputs.diagnostics import Diagnostics, UnknownNames
from techprio.inputs.numbers import Locale
from techprio.inputs.records import read_record
from techprio.inputs.sectors import read_sectors
from techprio.inputs.shipped import find_study
from techprio.inputs.study_file import StudyFile
from techprio.inputs.study_tree import study_tree
from techprio.inputs.technologies import read_technologies
from techprio.model.catalog import Catalog
from techprio.model.study import Study

_NAMES = ("", "id", "name_vi", "name_en")


@validated
def read_asked(path: str | Path, *, locale: Locale | None = None) -> Study:
    """Read title, criteria, sectors and technologies of a study; all else may still be missing.

    Judgments and scores come from the forms, so that a study that waits for them can be asked about.

    Parameters
    ----------
    path : str or Path
        As of :func:`read_study`.
    locale : {"vi", "en"}, optional
        How its tables write numbers.

    Returns
    -------
    Study
        Without judgments, scores and resources; every criterion weighs the same. For forms only.

    Raises
    ------
    DataFileError
        With every problem of what is read.

    Examples
    --------
    >>> asked = read_asked("lai-chau")
    >>> len(asked.catalog.technologies), len(asked.catalog.scores), asked.judgments
    (90, 0, None)
    """
    diagnostics = Diagnostics()
    tree = study_tree(find_study(path), diagnostics, locale)
    value = tree.document("study")
    if value is None:
        raise DataFileError(diagnostics.problems)
    reading = read_record(value, StudyFile)
    part = tree.document("criteria")
    criteria = None if part is None else read_criteria(part.node, part.file, diagnostics)
    sectors = read_sectors(reading)
    # Of a technology only its name is asked about: what its other columns hold is looked at later.
    aside = Diagnostics()
    other = study_tree(find_study(path), aside, locale)
    technologies = read_technologies(other, sectors, None, None, UnknownNames("S305", None))
    files = {other.name_of("technologies", sector.code) for sector in sectors}
    problems = [one for one in aside.problems if one.file in files and one.field in _NAMES]
    if diagnostics.problems or problems or criteria is None:
        raise DataFileError([*diagnostics.problems, *problems])
    frame = technology_frame(technologies)[["sector", "name_vi", "name_en"]]
    leaves = [leaf.id for leaf in criteria.tree.leaves]
    values = reading.build(sectors=())
    return Study(
        Catalog(criteria.tree, sectors, frame, missing="full_range"),
        weights=dict.fromkeys(leaves, 1 / len(leaves)),
        id=values["id"],
        title=values["title"],
        inputs=other.files.digests | tree.files.digests,
        files=dict(sorted((other.files.contents | tree.files.contents).items())),
        locale=tree.given_locale or "",
    )
