"""``python -m techprio`` is the same as ``techprio``."""

from techprio.cli import main

main(prog_name="techprio")
