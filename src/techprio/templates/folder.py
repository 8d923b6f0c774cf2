"""A study as a folder of files: commented YAML and CSV."""

from __future__ import annotations

import csv
import io
import posixpath

import yaml

from techprio.inputs.key_cells import scalar
from techprio.inputs.raw_study import RawStudy, RawTable
from techprio.inputs.study_sheets import DOCUMENTS, PROSE, TABLES
from techprio.language import Language
from techprio.templates.yaml_text import yaml_text


def study_folder(raw: RawStudy, *, language: Language, schemas: str = "") -> dict[str, bytes]:
    """Return the files of a study by their names in its folder.

    Parameters
    ----------
    raw : RawStudy
    language : {"vi", "en"}
        Of the comments in the YAML files.
    schemas : str
        Where editors find the JSON schemas; empty leaves the line out.
    """
    files: dict[str, bytes] = {}
    for document in DOCUMENTS:
        node = raw.documents.get(document.name)
        if node is None:
            continue
        shown = _named(node, raw) if document.name == "study" else node
        schema = f"{schemas}/{document.name}.schema.json" if schemas else ""
        words = yaml_text(document, shown, language=language, schema=schema)
        files[document.file] = words.encode()
    by_name = {table.name: table for table in TABLES}
    for (name, sector), table in raw.tables.items():
        file = by_name[name].file
        files[f"{raw.folders[sector]}/{file}" if sector else file] = csv_bytes(table)
    files |= {f"{PROSE.file}/{name}": words.encode() for name, words in raw.texts.items()}
    files |= {posixpath.normpath(f"{PROSE.file}/{name}"): data for name, data in raw.pictures.items()}
    return files


def csv_bytes(table: RawTable) -> bytes:
    r"""Return a table as CSV: UTF-8, commas, line feeds, quotes only where they are needed.

    Examples
    --------
    >>> csv_bytes(RawTable(("id", "name"), (("A", "tea, green"),)))
    b'id,name\nA,"tea, green"\n'
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return stream.getvalue().encode()


def _named(node: yaml.MappingNode, raw: RawStudy) -> yaml.MappingNode:
    """Return the study with the names that its files have in this folder."""
    files = {d.name: d.file for d in DOCUMENTS[1:] if d.name in raw.documents}
    files |= {table.key: table.file for table in TABLES if table.key and _counts(table.name, raw)}
    naming = {d.name for d in DOCUMENTS[1:]} | {table.key for table in TABLES if table.key}
    kept = [(name, value) for name, value in node.value if name.value not in naming]
    added = [(scalar(name, None), scalar(file, None, text=True)) for name, file in files.items()]
    return yaml.MappingNode(node.tag, [*kept, *added])


def _counts(name: str, raw: RawStudy) -> bool:
    """Tell whether the study reads a table: judgments always, others once they have rows."""
    table = raw.tables.get((name, ""))
    return table is not None and (name == "judgments" or bool(table.rows))
