"""A proposal for a table that people bring, obeyed, gives the sound table back or another problem.

Every cell of a sound table of every reader is slipped in every way; every proposal is carried out as it
stands, and the table is read again: no edge, answer, criterion, alternative or value is lost or changed, but
for the one cell of a proposal that names two values.
"""

import csv
import io

import pytest

import techprio as tp

from .carried_out import carry_out
from .test_overrides import READERS

SLIPS = {
    "letter O for zero": lambda cell: cell.replace("0", "O"),
    "letter l for one": lambda cell: cell.replace("1", "l"),
    "decimal comma": lambda cell: cell.replace(".", ","),
    "thousands": lambda cell: f"{cell}.000" if cell.isdigit() else cell,
    "small letters": str.lower,
    "zero before": lambda cell: cell[:1] + "0" + cell[1:] if cell[1:].isdigit() else cell,
    "hyphen": lambda cell: f"{cell[:1]}-{cell[1:]}" if cell[1:].isdigit() else cell,
    "Cyrillic letters": lambda cell: cell.replace("T", "Т").replace("c", "с").replace("e", "е"),
    "letters turned round": lambda cell: cell[1] + cell[0] + cell[2:] if len(cell) > 2 else cell,
    "a letter left out": lambda cell: cell[:1] + cell[2:] if len(cell) > 2 else cell,
    "a digit too many": lambda cell: cell + "1" if cell[-1:].isdigit() else cell,
    "percent": lambda cell: f"{cell}%" if cell.isdigit() else cell,
    "range": lambda cell: f"{cell}-{int(cell) + 2}" if cell.isdigit() else cell,
    "ninety-nine": lambda cell: "99" if cell.isdigit() else cell,
    "minus": lambda cell: f"-{cell}" if cell[:1].isdigit() else cell,
}


def table_of(rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def values_of(found, path=()):
    """Return every value of a reading under its place."""
    if isinstance(found, dict):
        return {place: v for key, one in found.items() for place, v in values_of(one, (*path, key)).items()}
    if isinstance(found, list | tuple) and not hasattr(found, "name"):
        return {place: v for n, one in enumerate(found) for place, v in values_of(one, (*path, n)).items()}
    return {path: found}


@pytest.mark.parametrize("name", READERS)
def test_obeyed_table_is_the_sound_one(name, tmp_path):
    reader, further, words, shown = READERS[name]
    file = tmp_path / "table.csv"
    sound = list(csv.reader(io.StringIO(words)))
    file.write_text(table_of(sound), encoding="utf-8")
    wanted = values_of(shown(reader(file, **further)))
    for line, row in enumerate(sound):
        for place, cell in enumerate(row):
            for slip, make in SLIPS.items():
                slipped = [list(one) for one in sound]
                slipped[line][place] = make(cell)
                if not cell or slipped == sound:
                    continue
                file.write_text(table_of(slipped), encoding="utf-8")
                for problem in _problems(reader, file, further):
                    for by in problem.edit.by if problem.edit else ():
                        file.write_text(table_of(slipped), encoding="utf-8")
                        carry_out(problem, tmp_path, by)
                        again = _reading(reader, file, further, shown)
                        if again is None:
                            continue
                        where = (slip, cell, problem.render("en"), by)
                        assert again.keys() == wanted.keys(), where
                        changed = [key for key in wanted if again[key] != wanted[key]]
                        assert len(changed) <= _most(problem), (where, changed)


def _most(problem):
    """Two values are asked from people; a comparison stands on both sides of its matrix."""
    return 2 if len(problem.edit.by) > 1 else 0


def _problems(reader, file, further):
    try:
        reader(file, **further)
    except tp.DataFileError as error:
        return error.problems
    return ()


def _reading(reader, file, further, shown):
    try:
        return values_of(shown(reader(file, **further)))
    except tp.DataFileError:
        return None
