"""Click in the language of the reader: helps, usage and messages come from the catalogue.

Click writes its own messages in English. They are looked up here by their pattern, so that every
message of a command stands in ``locale/vi/cli.po`` beside ours; one that a later click words in
another way is shown in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

import click

from techprio.language import Text, text
from techprio.near_names import near_name

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

MESSAGES = (
    text("Show this message and exit."),
    text("Show the version and exit."),
    text("Missing command."),
    text("Missing argument {name}. Choose from: {choices}"),
    text("Missing argument {name}."),
    text("Missing option {name}. Choose from: {choices}"),
    text("Missing option {name}."),
    text("No such option {name}. Did you mean {near}?"),
    text("No such option {name}. (Did you mean one of: {near}?)"),
    text("No such option {name}."),
    text("No such option: {name} Did you mean {near}?"),
    text("No such option: {name} (Possible options: {near})"),
    text("No such option: {name}"),
    text("No such command {name}."),
    text("Option {name} requires an argument."),
    text("Option {name} requires {count} arguments."),
    text("Option {name} does not take a value."),
    text("Got unexpected extra argument ({names})"),
    text("Got unexpected extra arguments ({names})"),
    text("Invalid value for {name}: {message}"),
    text("Invalid value: {message}"),
    text("{found} is not one of {choices}."),
    text("{found} is not a valid {kind}."),
    text("{found} is not in the range {range}."),
    text("{kind} {name} does not exist."),
    text("{kind} {name} is a file."),
    text("{kind} {name} is a directory."),
    text("{kind} {name} is not readable."),
    text("{kind} {name} is not writable."),
    text("default: {default}"),
    text("required"),
    text("File"),
    text("Directory"),
    text("Path"),
    text("integer"),
    text("integer range"),
    text("float"),
    text("float range"),
    text("[OPTIONS]"),
    text("COMMAND [ARGS]..."),
    text("PATH"),
    text("FILE"),
    text("DIRECTORY"),
    text("TEXT"),
    text("INTEGER"),
    text("INTEGER RANGE"),
    text("FLOAT"),
    text("FLOAT RANGE"),
)
"""What click says, most particular first."""


def reword(message: str) -> str:
    """Say a message of click in the language of the reader; one that is not on file stays as it is.

    Examples
    --------
    >>> from techprio.language import set_language
    >>> set_language("vi")
    >>> reword("Invalid value for '--seed': 'x' is not a valid integer.")
    "Giá trị không hợp lệ cho '--seed': 'x' không phải số nguyên."
    >>> set_language(None)
    """
    for pattern, template in _patterns():
        found = pattern.fullmatch(message)
        if found:
            places = {name: reword(" ".join(part.split())) for name, part in found.groupdict().items()}
            return Text(template, places).render()
    return message


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    place = re.compile(r"\\\{(\w+)\\\}")
    return tuple(
        (
            re.compile(place.sub(r"(?P<\1>.+)", re.escape(words.template)).replace(r"\ ", r"\s+"), re.DOTALL),
            words.template,
        )
        for words in MESSAGES
    )


class Argument(click.Argument):
    """An argument whose name and explanation are texts."""

    def __init__(self, *names: Any, shown: Text, explanation: Text, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.shown = shown
        self.explanation = explanation

    def make_metavar(self, *place: Any, **context: Any) -> str:
        """Return the name in the usage line."""
        return self.shown.render()

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the name and what it stands for."""
        return self.shown.render(), self.explanation.render()


class Option(click.Option):
    """An option whose help and whose word for the value are texts."""

    def __init__(self, *names: Any, explanation: Text, shown: Text | None = None, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.shown = shown
        self.explanation = explanation

    def make_metavar(self, *place: Any, **context: Any) -> str:
        """Return the word for the value."""
        return self.shown.render() if self.shown else reword(super().make_metavar(*place, **context))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return names and help, with what click adds in brackets."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        added = "; ".join(reword(part) for part in record[1].strip("[]").split("; ") if part)
        return record[0], f"{self.explanation}  [{added}]" if added else str(self.explanation)


class Command(click.Command):
    """A command whose help is a text."""

    def __init__(self, *names: Any, explanation: Text, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.explanation = explanation

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(reword(piece) for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=text("Usage: ").render())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.explanation.render())

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List arguments, then options."""
        parameters = self.get_params(ctx)
        arguments = [p.get_help_record(ctx) for p in parameters if isinstance(p, Argument)]
        options = [
            (record[0], record[1] if isinstance(p, Option) else reword(record[1]))
            for p in parameters
            if isinstance(p, click.Option) and (record := p.get_help_record(ctx)) is not None
        ]
        for heading, records in ((text("Arguments"), arguments), (text("Options"), options)):
            if records:
                with formatter.section(heading.render()):
                    formatter.write_dl(records)


class Group(Command, click.Group):
    """A group of commands whose help is a text."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or propose the one that was meant."""
        name = str(args[0])
        near = near_name(name, self.list_commands(ctx))
        if near and near != name and not name.startswith("-"):
            words = text("No such command {name!r}; did you mean {near}?", name=name, near=near)
            raise click.UsageError(words.render(), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List options, then commands."""
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands."""
        with formatter.section(text("Commands").render()):
            formatter.write_dl([(name, str(words)) for name, words in sorted(self.explained(ctx).items())])

    def explained(self, ctx: click.Context) -> dict[str, Text]:
        """Return what each command does, on one line."""
        found = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        return {name: one.explanation for name, one in found.items() if isinstance(one, Command)}


def argument(name: str, shown: Text, explanation: Text, **settings: Any) -> Callable[[Decorated], Decorated]:
    """Add an argument."""
    return click.argument(name, cls=Argument, shown=shown, explanation=explanation, **settings)


def option(*names: str, help: Text, **settings: Any) -> Callable[[Decorated], Decorated]:
    """Add an option."""
    return click.option(*names, cls=Option, explanation=help, **settings)


def command(explanation: Text, name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of a function."""
    return click.command(name, cls=Command, explanation=explanation)


def wrong_value(option: str, found: str, allowed: Text | Sequence[str]) -> click.BadParameter:
    """Return the error of a value that an option cannot take."""
    message = text("found {found}; allowed: {allowed}", found=found, allowed=allowed)
    return click.BadParameter(message.render(), param_hint=f"'{option}'")


def show_wrong_use(error: click.ClickException) -> None:
    """Print the usage line, where help stands, and what is wrong."""
    from techprio.cli.screen import show

    context = getattr(error, "ctx", None)
    if context is not None:
        click.echo(context.get_usage(), err=True)
        hint = text("Try '{command} --help' for help.", command=context.command_path)
        click.echo(f"{hint}\n", err=True)
    show(text("Error: {message}", message=reword(error.format_message())), err=True)
