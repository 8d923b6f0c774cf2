"""The command line: ``techprio run``, ``check``, ``rank``, ``example``."""

from __future__ import annotations

import click

from techprio import __version__


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Technology prioritisation: from survey and judgments to ranked lists."""
