"""``techprio forms``: questionnaires out and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from techprio.cli.screen import findings_stop, language_option
from techprio.language import Language, text

if TYPE_CHECKING:
    from techprio.model.forms import ConsensusRule, ReturnedForms


@click.group()
def command() -> None:
    """Make questionnaires for experts, and read those that came back."""


@command.command("make")
@click.argument("study")
@click.option(
    "--experts", type=click.Path(path_type=Path), required=True, help="Table: expert, name, group, sectors."
)
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), required=True, help="New folder of the round."
)
@click.option(
    "--consensus",
    default="",
    metavar="RULE",
    help="Rule fixed before the first round: share=0.75,within=1,least=3.",
)
@click.option("--before", type=click.Path(path_type=Path), help="Results of the round before.")
@language_option()
def make(
    study: str, experts: Path, folder: Path, consensus: str, before: Path | None, language: Language
) -> None:
    """Write one workbook an expert: pairs of criteria, scores of the sectors asked for."""
    from techprio.inputs.experts import read_experts
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import read_study
    from techprio.study.rounds import make_forms

    with findings_stop(language):
        read = read_study(find_study(study))
        asked = read_experts(experts, sectors=[sector.code for sector in read.catalog.sectors])
        written = make_forms(read, asked, folder, language=language, rule=_rule(consensus), before=before)
    said = text(
        "{count} forms in {folder}; send each expert the file with their code",
        count=len(written),
        folder=folder,
    )
    click.echo(said.render(language))


@command.command("read")
@click.argument("study")
@click.argument("returned", type=click.Path(path_type=Path))
@click.option("--experts", type=click.Path(path_type=Path), required=True, help="The same table of experts.")
@click.option(
    "--sent", type=click.Path(path_type=Path), required=True, help="Folder in which the forms were made."
)
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), required=True, help="Folder of the results."
)
@click.option(
    "--before", type=click.Path(path_type=Path), help="Results of the round before, for the movement."
)
@click.option(
    "--prefer", multiple=True, metavar="EXPERT=FILE", help="Which of two forms of one expert counts."
)
@language_option()
def read_command(
    study: str,
    returned: Path,
    experts: Path,
    sent: Path,
    folder: Path,
    before: Path | None,
    prefer: tuple[str, ...],
    language: Language,
) -> None:
    """Read a folder of returned forms: judgments, scores, progress, the page to each expert."""
    from techprio.inputs.experts import read_experts
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import read_study
    from techprio.study.rounds import collect_forms, save_forms

    with findings_stop(language):
        read = read_study(find_study(study))
        asked = read_experts(experts, sectors=[sector.code for sector in read.catalog.sectors])
        chosen = dict(word.split("=", 1) for word in prefer if "=" in word)
        found = collect_forms(read, asked, returned, sent, prefer=chosen)
        written = save_forms(read, asked, found, folder, language=language, before=before)
    click.echo("\n".join(form_lines(found, language)))
    click.echo(text("{count} files in {folder}:", count=len(written), folder=folder).render(language))
    if found.problems:
        raise SystemExit(1)


def form_lines(found: ReturnedForms, language: Language) -> list[str]:
    """Say how many came back, who is missing, what was refused and what is doubtful."""
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
    lines += [problem.render(language) for problem in found.problems]
    lines += [
        text("{expert} {node}: {what}", expert=row.expert, node=row.node, what=row.what).render(language)
        for row in found.doubtful.itertuples(index=False)
    ]
    return lines + [note.render(language) for note in found.notes]


def _rule(words: str) -> ConsensusRule | None:
    from techprio.model.forms import ConsensusRule

    if not words:
        return None
    values: dict[str, float] = {}
    for part in words.split(","):
        key, sign, value = (piece.strip() for piece in part.partition("="))
        if key not in ("share", "within", "least") or not sign:
            raise click.BadParameter(
                f"found {part!r}; allowed: share=, within=, least=", param_hint="--consensus"
            )
        try:
            values[key] = float(value)
        except ValueError:
            raise click.BadParameter(
                f"found {value!r}; allowed: a number", param_hint="--consensus"
            ) from None
    if "least" in values:
        values["least"] = int(values["least"])
    return ConsensusRule(**values)  # type: ignore[arg-type]
