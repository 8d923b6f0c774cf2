"""The manual of all files and columns, from the same records that read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from techprio.errors import say
from techprio.inputs.columns import Row
from techprio.inputs.prerequisite_rows import PrerequisiteRow
from techprio.inputs.study_sheets import BLOCKS, DOCUMENTS, KEY_SHEETS, PROSE, TABLES, sheet_title
from techprio.language import Language, Text, text
from techprio.model.fields import Field, fields_of
from techprio.model.known_names import unit_name
from techprio.templates.book_cells import allowed_words
from techprio.templates.yaml_text import allowed_of

_FURTHER: tuple[tuple[str, type[Row]], ...] = (("prerequisites.csv", PrerequisiteRow),)
_EXAMPLES = {
    "technology": "AGR01", "criterion": "F2", "requires": "CRS02", "expert": "e01", "firm": "f001",
    "sector": "AGR", "url": "https://…", "confidence": "0.8", "share": "0.3", "strength": "3",
    "plan_clauses": "II.1;V.4", "partners": "Sở Công Thương;UBND xã", "sources": "S-PLAN;S-ANALYST",
    "node": "root", "preferred": "F", "other": "I", "name_vi": "Nền tảng cửa khẩu số",
    "name_en": "Digital border-gate platform", "instrument": "circular17", "citation": "…", "round": "1",
    "on": "AGR01;F2", "text": "…", "side": "S", "indicator": "I1", "source": "S-PLAN", "group": "agencies",
}  # fmt: skip
_KINDS: dict[str, Text] = {
    "id": text("id"),
    "text": text("text"),
    "number": text("number"),
    "integer": text("whole number"),
    "choice": text("word of a list"),
    "list": text("list, parted by ;"),
    "codes": text("codes, parted by ; or blanks"),
    "month": text("month"),
    "flag": text("true or false"),
    "words": text("text in vi and en"),
    "block": text("keys"),
    "blocks": text("list of keys"),
    "named": text("keys under each name"),
    "numbers": text("number under each name"),
    "months": text("month under each name"),
    "labels": text("text under each point"),
    "lists": text("list of lists"),
    "shares": text("list of numbers, parted by ;"),
    "free": text("any value"),
}


def manual_text(language: Language) -> str:
    """Write the manual in Markdown.

    Parameters
    ----------
    language : {"vi", "en"}
    """
    title = text("Files and columns").render(language)
    lines = [f"# {title}", ""]
    lines += [text("Made from the records that read the files; do not edit by hand: {command}",
                   command=_COMMANDS[language]).render(language), ""]  # fmt: skip
    for words in _INTRODUCTION:
        lines += [words.render(language), ""]
    for table in TABLES:
        place = text("<sector folder>").render(language) + "/" if table.by_sector else ""
        sheet = sheet_title(table.label, language, "AGR" if table.by_sector else "")
        lines += _section(f"{place}{table.file}", sheet, language)
        lines += _columns(table.record, language)
    lines += _section("texts/<section>.<vi|en>.md", sheet_title(PROSE.label, language), language)
    lines += _columns(PROSE.record, language)
    for file, record in _FURTHER:
        lines += [
            f"## `{file}`",
            "",
            text("A table of its own, read where it is named.").render(language),
            "",
        ]
        lines += _columns(record, language)
    for document in DOCUMENTS:
        labels = [KEY_SHEETS[document.sheet], *(b.label for b in BLOCKS if b.document == document.name)]
        lines += _section(document.file, ", ".join(label.render(language) for label in labels), language)
        lines += _keys(document.record, language)
    return "\n".join(lines).rstrip() + "\n"


_COMMANDS = {
    "en": "`techprio template --manual docs/formats.md --lang en`",
    "vi": "`techprio template --manual docs/formats.vi.md --lang vi`",
}
_INTRODUCTION = (
    text(
        "Tables are CSV (UTF-8, comma or semicolon) or sheets of a workbook. A column is found by its name "
        "or by any heading in either language; capitals, marks and blanks do not matter. A column whose "
        "heading begins with x_ is left alone. Numbers have a decimal point; months are written YYYY-MM."
    ),
    text(
        "A study can also be one workbook: `techprio convert STUDY study.xlsx` writes it, and every command "
        "reads it. There each table is a sheet and the keys of the YAML files are rows."
    ),
)


def _section(file: str, sheet: str, language: Language) -> list[str]:
    words = text("In a workbook: sheet {sheet}", sheet=sheet).render(language)
    return [f"## `{file}`", "", f"{words}.", ""]


def _table(headings: Sequence[Text], rows: Iterator[Sequence[str]], language: Language) -> list[str]:
    lines = [
        "| " + " | ".join(heading.render(language) for heading in headings) + " |",
        "| " + " | ".join("---" for _ in headings) + " |",
    ]
    for row in rows:
        lines.append("| " + " | ".join(cell.replace("|", "\\|") or " " for cell in row) + " |")
    return [*lines, ""]


def _columns(record: type[Row], language: Language) -> list[str]:
    headings = (
        text("column"),
        text("headings"),
        text("meaning"),
        text("type"),
        text("allowed"),
        text("unit"),
        text("required"),
        text("example"),
    )
    return _table(headings, (_column_row(column, language) for column in fields_of(record)), language)


def _column_row(column: Field, language: Language) -> tuple[str, ...]:
    allowed = allowed_words(column, language)
    limited = column.choices or column.least is not None or column.most is not None
    return (
        f"`{column.name}`",
        " · ".join(
            dict.fromkeys((column.label.vi, column.label.en, *(f"`{other}`" for other in column.also)))
        ),
        _meaning(column, language),
        _KINDS[column.kind].render(language),
        allowed if limited else "",
        say(unit_name(column.unit), language),
        _needed(column, language),
        _example(column),
    )


def _meaning(field: Field, language: Language) -> str:
    parts = (field.label.render(language), field.explanation.render(language))
    return "; ".join(part for part in parts if part)


def _needed(field: Field, language: Language) -> str:
    if field.required:
        return text("required").render(language)
    if not field.default_word:
        return text("may be empty").render(language)
    return text("empty stands for {value}", value=field.default_word).render(language)


def _example(column: Field) -> str:
    if column.choices:
        return column.choices[0]
    if column.name in _EXAMPLES:
        return _EXAMPLES[column.name]
    if column.kind == "month":
        return "2028-07"
    if column.kind == "integer" and column.name == "year":
        return "2026"
    if column.kind in ("number", "integer"):
        return "0.4" if column.most == 1 else "4" if column.most == 9 else "12"
    return "AGR01" if column.kind == "id" else ""


def _keys(record: type, language: Language) -> list[str]:
    headings = (
        text("key"),
        text("meaning"),
        text("type"),
        text("allowed"),
        text("required"),
        text("example"),
    )
    return _table(headings, _key_rows(record, "", language), language)


def _key_rows(record: type, before: str, language: Language) -> Iterator[Sequence[str]]:
    for key in fields_of(record):
        path = f"{before}{key.name}"
        yield _key_row(path, key, language)
        if key.inner and key.kind != "words" and key.name != "children":
            yield from _key_rows(
                key.inner, path + {"block": ".", "blocks": "[].", "named": ".*."}[key.kind], language
            )


def _key_row(path: str, key: Field, language: Language) -> tuple[str, ...]:
    return (
        f"`{path}`",
        _meaning(key, language),
        _KINDS[key.kind].render(language),
        allowed_of(key, language),
        _needed(key, language),
        f"`{key.example.splitlines()[0]}`" if key.example else "",
    )
