"""``techprio forms``: questionnaires out and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.bilingual import Command, Group, argument, option, wrong_value
from techprio.cli.parameters import folder_option, language_option, study_argument
from techprio.cli.screen import show
from techprio.cli.spoken import read_named
from techprio.cli.table_options import layout_options, read_options
from techprio.language import Language, resolve_language, text

if TYPE_CHECKING:
    from techprio.inputs.experts import Experts
    from techprio.model.forms import ConsensusRule, ReturnedForms
    from techprio.model.study import Study
    from techprio.study.rounds import FormKind


#: Lines of one kind on the screen: findings are acted on one by one, the rest is read.
MOST_FINDINGS, MOST_DOUBTS = 20, 6

experts_option = option(
    "--experts",
    shown=text("FILE"),
    type=click.Path(path_type=Path),
    required=True,
    help=text("Table of the experts: expert, name, group, sectors."),
)


@click.group(cls=Group, explanation=text("Make questionnaires for experts, and read those that came back."))
@language_option
def forms() -> None:
    """Hold the two commands."""


@forms.command(
    "make",
    cls=Command,
    explanation=text(
        "Write a form for every expert, as a workbook or as a page: pairs of criteria, scores of sectors."
    ),
)
@study_argument
@experts_option
@option(
    "--out",
    "folder",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path),
    required=True,
    help=text("New folder of the round."),
)
@option(
    "--consensus",
    default="",
    shown=text("RULE"),
    help=text(
        "Rule fixed before the first round: share=0.75,within=1,least=3,spread=3,changed=0.15,shift=0.5,"
        "drift=1.25,apart=0.1,rounds=3,absent=keep."
    ),
)
@folder_option(
    "--before",
    help=text("Results of the round before."),
)
@option(
    "--as",
    "kind",
    shown=text("KIND"),
    type=click.Choice(("page", "workbook", "both")),
    default="workbook",
    help=text("A page (one HTML file for phone and computer), a workbook, or both."),
)
@option(
    "--value-functions",
    is_flag=True,
    help=text("Ask too which values of measured criteria are worth a half, a quarter, three quarters."),
)
@option("--deadline", default="", shown=text("DAY"), help=text("Until when to answer; stands on the form."))
@option("--contact", default="", shown=text("WORDS"), help=text("Whom to ask; stands on the form."))
@layout_options
@language_option
def make(
    study: str,
    experts: Path,
    folder: Path,
    consensus: str,
    before: Path | None,
    kind: FormKind,
    value_functions: bool,
    deadline: str,
    contact: str,
    **reading: Any,
) -> None:
    """Make the forms of a round."""
    from techprio.forms.load import load_lines
    from techprio.forms.questions import not_halved
    from techprio.study.rounds import make_forms

    rule = _rule(consensus)
    read = read_named(study, locale=reading["locale"], asked_only=True)
    asked = _experts(experts, read, reading)
    language = resolve_language()
    written = make_forms(
        read, asked, folder, language=language, rule=rule, before=before, kind=kind, deadline=deadline,
        contact=contact, value_functions=value_functions,
    )  # fmt: skip
    for line in load_lines(read, asked, with_halves=value_functions):
        show(line)
    for line in not_halved(read) if value_functions else ():
        show(line)
    show(
        text(
            "{count} forms in {folder}; send each expert the file with their code",
            count=len(written),
            folder=folder,
        )
    )


@forms.command(
    "read",
    cls=Command,
    explanation=text(
        "Read a folder of returned forms: judgments, scores, progress, the page to each expert."
    ),
)
@study_argument
@argument(
    "returned",
    text("RETURNED"),
    text("Folder of the forms that came back."),
    type=click.Path(path_type=Path),
)
@experts_option
@option(
    "--sent",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path),
    required=True,
    help=text("Folder in which the forms were made."),
)
@option(
    "--out",
    "folder",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path),
    required=True,
    help=text("Folder of the results."),
)
@folder_option(
    "--before",
    help=text("Results of the round before; the forms hold them, this one only checks."),
)
@option(
    "--prefer",
    multiple=True,
    shown=text("EXPERT=FILE"),
    help=text("Which of two forms of one expert counts, by its path in the folder."),
)
@option("--strict", is_flag=True, help=text("Refuse a form with an answer that cannot be taken."))
@option(
    "--accept-changes",
    is_flag=True,
    help=text("Take forms although wordings have changed since they were sent."),
)
@layout_options
@language_option
def read_returned(
    study: str,
    returned: Path,
    experts: Path,
    sent: Path,
    folder: Path,
    before: Path | None,
    prefer: tuple[str, ...],
    strict: bool,
    accept_changes: bool,
    **reading: Any,
) -> None:
    """Take the forms of a round back."""
    from techprio.study.round_results import save_forms
    from techprio.study.rounds import collect_forms

    chosen = dict(_choice(word) for word in prefer)
    if returned.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise wrong_value("--out", str(folder), text("a folder outside that of the returned forms"))
    read = read_named(study, locale=reading["locale"], asked_only=True)
    language = resolve_language()
    asked = _experts(experts, read, reading)
    found = collect_forms(
        read,
        asked,
        returned,
        sent,
        prefer=chosen,
        strict=strict,
        accept_changes=accept_changes,
        before=before,
    )
    written = save_forms(read, asked, found, folder, language=language)
    show("\n".join(form_lines(read, found, language)))
    show(text("{count} files in {folder}", count=len(written), folder=folder))
    if found.problems:
        raise SystemExit(1)


def _experts(file: Path, study: Study, reading: Mapping[str, Any]) -> Experts:
    """Read the list of experts as it lies, or as the options say."""
    from techprio.inputs.experts import read_experts

    return read_experts(file, sectors=[one.code for one in study.catalog.sectors], **read_options(reading))


def form_lines(study: Study, found: ReturnedForms, language: Language) -> list[str]:
    """Say how many came back, who is missing, what was refused or not looked at, what is doubtful."""
    from techprio.forms.questions import block_name
    from techprio.model.forms import FILE_STATES

    states = found.progress["state"].value_counts()
    lines = [
        text(
            "{back} of {all} forms are in; {incomplete} incomplete, {refused} refused",
            back=int(states.get("complete", 0) + states.get("incomplete", 0)),
            all=len(found.progress),
            incomplete=int(states.get("incomplete", 0)),
            refused=int(states.get("refused", 0)),
        ).render(language)
    ]
    missing = list(found.progress.loc[found.progress["state"] == "missing", "expert"])
    if missing:
        lines.append(text("not in yet: {names}", names=", ".join(missing)).render(language))
    lines += _first_of_each(
        [(one.code, one.render(language)) for one in found.problems], "findings.csv", MOST_FINDINGS, language
    )
    looked_at = [
        (
            row.what.template,
            text(
                "{expert}, {node}: {what}", expert=row.expert, node=block_name(study, row.node),
                what=row.what,
            ) if row.node else text("{expert}: {what}", expert=row.expert, what=row.what),
        )
        for row in found.doubtful.itertuples(index=False)
    ]  # fmt: skip
    lines += _first_of_each(
        [(kind, words.render(language)) for kind, words in looked_at], "doubtful.csv", MOST_DOUBTS, language
    )
    lines += [
        text("{file}: {state} ({why})", file=row.file, state=FILE_STATES[row.state], why=row.why).render(
            language
        )
        for row in found.files.itertuples(index=False)
        if row.state in ("not_read", "not_counted")
    ]
    lines += [note.render(language) for note in found.notes]
    return lines + ([found.advice.render(language)] if found.advice else [])


def _first_of_each(lines: Sequence[tuple[str, str]], file: str, most: int, language: Language) -> list[str]:
    """Return the first lines of every kind, and how many more of it stand in a file."""
    kinds = dict.fromkeys(kind for kind, _ in lines)
    found = []
    for kind in kinds:
        own = [words for other, words in lines if other == kind]
        found += own[:most]
        if len(own) > most:
            found.append(
                text("… {count} more like this in {file}", count=len(own) - most, file=file).render(language)
            )
    return found


def _choice(word: str) -> tuple[str, str]:
    expert, sign, file = (part.strip() for part in word.partition("="))
    if not (expert and sign and file):
        raise wrong_value("--prefer", word, text("EXPERT=FILE"))
    return expert, file


def _rule(words: str) -> ConsensusRule | None:
    from techprio.model.forms import ConsensusRule

    if not words:
        return None
    values: dict[str, Any] = {}
    known: dict[str, Any] = vars(ConsensusRule())
    for part in words.split(","):
        key, sign, value = (piece.strip() for piece in part.partition("="))
        if key not in known or not sign:
            raise wrong_value("--consensus", part, tuple(f"{name}=" for name in known))
        if key in values:
            raise wrong_value("--consensus", part, text("each name once"))
        try:
            values[key] = type(known[key])(value)
        except ValueError:
            whole = text("a whole number") if isinstance(known[key], int) else text("a number")
            raise wrong_value("--consensus", part, whole) from None
    return ConsensusRule(**values)
