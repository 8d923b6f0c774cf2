"""What is written after a round: the tables, and the page to each expert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.csv_text import csv_bytes, frame_csv
from techprio.errors import InputError, file_reason
from techprio.forms.round_folder import A_ROUND, KEY, RECORD
from techprio.forms.rounds import LEAST_SHOWN
from techprio.forms.tables import consistency_of, statements_of
from techprio.kept_files import files_listed, sealed
from techprio.language import Language, Text, resolve_language, text
from techprio.model.forms import Expert, ReturnedForms
from techprio.model.judgments import Judgments
from techprio.model.scale import Scale
from techprio.model.study import Study
from techprio.reporting.files import free_folder, put_files
from techprio.reporting.word.feedback import Feedback, feedback_bytes
from techprio.study.kept_answers import RESULTS, mark_of_words
from techprio.weighting.analytic_hierarchy import ahp
from techprio.weighting.consistency import ACCEPTED_RATIO
from techprio.weighting.revise import best_single_revision

FAR = 2.0  # steps from the median


@validated
def save_forms(
    study: Study,
    experts: Sequence[Expert],
    forms: ReturnedForms,
    folder: str | Path,
    *,
    language: Language | None = None,
) -> list[Path]:
    """Write what came back, and the page to each expert; what an earlier reading left there goes.

    Parameters
    ----------
    study, experts, forms
    folder : path
    language : {"vi", "en"}, optional

    Returns
    -------
    list of Path

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> import tempfile
    >>> from pathlib import Path
    >>> sent = Path(tempfile.mkdtemp()) / "round-1"
    >>> experts = [tp.forms.Expert("e1", "An", "agencies")]
    >>> _ = tp.forms.make_forms(study, experts, sent)
    >>> found = tp.forms.collect_forms(study, experts, sent, sent)
    >>> sorted(path.name for path in tp.forms.save_forms(study, experts, found, sent.parent / "results-1"))[
    ...     :4
    ... ]
    ['answers.csv', 'blocks.csv', 'comparisons.csv', 'doubtful.csv']
    """
    language = resolve_language(language)
    target = free_folder(folder)
    if (target / KEY).exists():
        raise InputError(
            text("{folder}: forms were made there; allowed: another folder for the results", folder=target)
        )
    before = files_listed(target / RECORD, code="T101", allowed=A_ROUND)
    frames = {
        "judgments": forms.judgments,
        "comparisons": forms.comparisons,
        "answers": forms.answers,
        "progress": forms.progress,
        "doubtful": forms.doubtful,
        "files": forms.files,
        "suggestions": forms.suggestions,
        "blocks": forms.blocks,
        "verdict": forms.verdict,
    }
    if len(forms.halves):
        frames["halves"] = forms.halves
    files = {f"{name}.csv": frame_csv(frame, language=language) for name, frame in frames.items()}
    for sector, scores in forms.scores.groupby("sector", sort=False):
        folder_name = study.catalog.sector(str(sector)).folder or str(sector)
        files[f"{folder_name}/scores.csv"] = frame_csv(scores.drop(columns="sector"))
    for name, table in zip(
        ("movement-comparisons", "movement", "movement-halves"), forms.movement, strict=False
    ):
        files[f"{name}.csv"] = frame_csv(table)
    changed = _first_and_last_scores(forms.answers)
    if len(changed):
        files["first-and-last-scores.csv"] = frame_csv(changed)
    first = _first_and_last(study, forms)
    if first:
        files["first-and-last.csv"] = csv_bytes(("node", "criterion", "first", "last"), first)
    if forms.scales:
        files["value-functions.yaml"] = _value_functions(forms, language).encode()
    files["findings.csv"] = csv_bytes(
        ("code", "file", "place", "field", "found", "allowed", "proposal"),
        [tuple(problem.to_dict(language).values()) for problem in forms.problems],
    )
    files |= _pages(study, experts, forms, language)
    record = {
        "study": study.id,
        "round": forms.round,
        "rule": asdict(forms.rule),
        "advice": "" if forms.advice is None else forms.advice.render(language),
        "answers": mark_of_words(
            {name: files[file].decode("utf-8-sig") for name, file in RESULTS.items() if file in files}
        ),
        "files": sorted(files),
    }
    files[RECORD] = sealed(record, indent=2)
    _remove_earlier(target, before)
    return put_files(target, files, language)


def _value_functions(forms: ReturnedForms, language: Language) -> str:
    """Return the scales of the panel as ``criteria.yaml`` has them, each with what it rests on."""
    lines = ["# " + line for line in say_value_functions().render(language).split("\n")]
    known = forms.halves[forms.halves["value"].notna()]
    for criterion, scale in forms.scales.items():
        own = known[known["criterion"] == criterion]
        lines += ["", f"# {criterion}: n = {own['expert'].nunique()}"]
        for value, worth in scale.points.items():
            said = own.loc[own["worth"] == worth, "value"].astype(float)
            if len(said) >= LEAST_SHOWN:
                half = text(
                    "worth {worth}: median {middle}, half of the group from {low} to {high}",
                    worth=worth, middle=value, low=float(said.quantile(0.25)),
                    high=float(said.quantile(0.75)),
                )  # fmt: skip
                lines.append("# " + half.render(language))
        lines.append(f"scale: {scale_yaml(scale)}")
    return "\n".join(lines) + "\n"


def say_value_functions() -> Text:
    """Say what the file of value functions is for."""
    return text(
        "What values are worth, by bisection: medians of the experts. Put each line in place of the scale of "
        "its criterion in criteria.yaml.\nThe values are raw, also where the transform is log10; between "
        "them worth is a straight line, over the logarithm under log10."
    )


def scale_yaml(scale: Scale) -> str:
    """Return a scale as one line of ``criteria.yaml``; what is read back from it is the same scale.

    Examples
    --------
    >>> scale_yaml(Scale("ratio", 0, 1000, points={200.5: 0.5}))
    '{type: ratio, worst: 0, best: 1000, points: {200.5: 0.5}}'
    """
    parts = [f"type: {scale.type}", f"worst: {_digits(scale.worst)}", f"best: {_digits(scale.best)}"]
    parts += [f"transform: {scale.transform}"] if scale.transform else []
    points = ", ".join(f"{_digits(value)}: {_digits(worth)}" for value, worth in scale.points.items())
    return "{" + ", ".join([*parts, f"points: {{{points}}}"]) + "}"


def _digits(value: float) -> str:
    """Return a number without loss; whole ones without a point."""
    return f"{value:.0f}" if float(value).is_integer() else repr(float(value))


def _remove_earlier(folder: Path, names: Sequence[str]) -> None:
    """Remove what an earlier reading wrote here, so that nothing of somebody who withdrew is left."""
    for name in names:
        place = folder / name
        if folder.resolve() in place.resolve().parents and place.is_file():
            try:
                place.unlink()
            except OSError as error:
                why = file_reason(error)
                message = text(
                    "{place}: cannot be removed ({why}), and may hold the answers of somebody who withdrew; "
                    "close it and read again", place=place, why=why,
                )  # fmt: skip
                raise InputError(message) from error


def _first_and_last(study: Study, forms: ReturnedForms) -> list[tuple[str, str, float, float]]:
    """Return local weights by the first and by the last answers; nothing where no answer was changed."""
    table = forms.comparisons
    known = table[table["strength"].notna() & table["first"].notna()]
    same = (known["first_preferred"] == known["preferred"]) | (known["strength"] == 1)
    if (same & (known["first"] == known["strength"])).all():
        return []
    used = forms.judgments[["expert", "node"]].drop_duplicates()
    both = [statements_of(known, first=first).merge(used, on=["expert", "node"]) for first in (True, False)]
    weights = [_by_node(study, statements) for statements in both]
    return [
        (node, name, float(weights[0][node][0][name]), float(value))
        for node, (overall, _) in weights[1].items()
        if node in weights[0]
        for name, value in overall.items()
    ]


def _first_and_last_scores(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the medians by the first and by the last answers, where somebody changed one."""
    known = answers[answers["value"].notna() & answers["first"].notna()]
    changed = known.assign(changed=known["first"] != known["value"])
    keys = ["sector", "technology", "criterion"]
    table = changed.groupby(keys, sort=False).agg(
        first=("first", "median"), last=("value", "median"), changed=("changed", "sum")
    )
    return table[table["changed"] > 0].reset_index()


def _by_node(study: Study, statements: pd.DataFrame) -> dict[str, tuple[pd.Series, pd.DataFrame]]:
    """Return local weights of the group and of every expert, node by node."""
    found = {}
    for node, children in study.criteria.hierarchy.items():
        own = statements[statements["node"] == node]
        if len(children) > 1 and len(own):
            weights = ahp(Judgments(own, hierarchy={node: children}, labels={}))
            found[node] = (weights.overall, weights.by_expert)
    return found


def _pages(
    study: Study, experts: Sequence[Expert], forms: ReturnedForms, language: Language
) -> dict[str, bytes]:
    """Return the page to every expert who answered anything."""
    weights = _by_node(study, forms.judgments)
    ratios = consistency_of(study, forms.judgments)
    answered = forms.answers[forms.answers["value"].notna()]
    keys = ["sector", "technology", "criterion"]
    values = answered.groupby(keys)["value"]
    groups = values.agg(["median", "count"]).assign(low=values.quantile(0.25), high=values.quantile(0.75))
    pages = {}
    progress = forms.progress.set_index("expert")
    codes = dict(zip(forms.files["expert"], forms.files["code"], strict=True)) if len(forms.files) else {}
    for expert in experts:
        counts = progress.loc[expert.code]
        if (
            not counts["pairs_answered"]
            + counts["scores_answered"]
            + counts["halves_answered"]
            + counts["unknown"]
        ):
            continue
        own = answered.loc[answered["expert"] == expert.code, [*keys, "value"]].join(groups, on=keys)
        far = own[(own["count"] >= LEAST_SHOWN) & ((own["value"] - own["median"]).abs() >= FAR)]
        feedback = Feedback(
            expert=expert,
            code=codes.get(expert.code, ""),
            pairs=(int(counts["pairs_answered"]), int(counts["pairs"])),
            scores=(int(counts["scores_answered"]), int(counts["scores"])),
            halves=(int(counts["halves_answered"]), int(counts["halves"])),
            unknown=int(counts["unknown"]),
            findings=int(counts["findings"]),
            weights=_own_weights(weights, expert.code),
            ratios={
                str(row.node): float(row.cr) for row in ratios[ratios["expert"] == expert.code].itertuples()
            },
            revisions=_revisions(study, forms.judgments, ratios, expert.code),
            far=far[[*keys, "value", "median", "low", "high"]],
        )
        pages[f"pages/{expert.code}.docx"] = feedback_bytes(feedback, study.criteria, study.catalog, language)
    return pages


def _own_weights(
    weights: Mapping[str, tuple[pd.Series, pd.DataFrame]], expert: str
) -> list[tuple[str, str, float, float]]:
    """Return node, criterion, own local weight and that of the group; NaN where the group is below five."""
    rows = []
    for node, (overall, by_expert) in weights.items():
        if expert not in by_expert.index:
            continue
        is_shown = len(by_expert) >= LEAST_SHOWN
        for name, value in by_expert.loc[expert].items():
            rows.append((node, str(name), float(value), float(overall[name]) if is_shown else np.nan))
    return rows


def _revisions(
    study: Study, judgments: pd.DataFrame, ratios: pd.DataFrame, expert: str
) -> list[dict[str, object]]:
    """Return for every node above the limit the one comparison whose change helps most."""
    rows = []
    above = ratios[(ratios["expert"] == expert) & (ratios["cr"] > ACCEPTED_RATIO)]
    for node in above["node"]:
        own = judgments[(judgments["expert"] == expert) & (judgments["node"] == node)]
        panel = Judgments(own, hierarchy={node: study.criteria.hierarchy[node]}, labels={})
        rows.append(best_single_revision(panel))
    return rows
