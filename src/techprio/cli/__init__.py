"""The command line; each command is a file and loads only what it needs."""

from techprio.cli.main import main

__all__ = ["main"]
