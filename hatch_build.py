"""Compile the message catalogues, and take the course, into the wheel."""

import runpy
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Put one ``techprio.mo`` a language, in place of its ``.po`` files, and the course into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered; an editable install reads the sources."""
        if version == "editable":
            return
        for notebook in sorted((Path(self.root) / "notebooks").glob("*.ipynb")):
            build_data["force_include"][str(notebook)] = f"techprio/shipped/notebooks/{notebook.name}"
        package = Path(self.root) / "src" / "techprio"
        language = runpy.run_path(str(package / "language.py"))
        for folder in sorted((package / "locale").iterdir()):
            compiled = Path(tempfile.mkdtemp()) / language["COMPILED"]
            compiled.write_bytes(language["compile_catalogue"](folder.glob("*.po")))
            build_data["force_include"][str(compiled)] = f"techprio/locale/{folder.name}/{compiled.name}"
