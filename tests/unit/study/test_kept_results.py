"""The folder of a result, damaged in every way, at every door that reads it: answered in words."""

import csv
import io
import itertools
import json
from dataclasses import replace

import pandas as pd
import pytest

import techprio as tp
from techprio.reporting.comparison import comparison_tables
from techprio.reporting.kept_result import (
    LIST,
    PLAN,
    CertaintyRow,
    PlacementRow,
    RoleRow,
    read_list,
    read_run_record,
    read_spending,
)
from techprio.reporting.products.figures import FIGURES, read_figures
from techprio.reporting.result_folder import RECORD, open_result_folder
from techprio.study.difference import simulation_difference
from techprio.study.many import FINISHED
from techprio.study.snapshot import approved_plan, earlier_placements, listed_placements

from ...other_shapes import check_answers, other_contents


def answer_of(call):
    """Return a call whose result is none of problems."""

    def answer():
        call()

    return answer


@pytest.fixture(scope="module")
def saved(trimmed_result, tmp_path_factory):
    """Return the folder of a result with a plan, which every test leaves as it was."""
    folder = tmp_path_factory.mktemp("kept") / "result"
    replace(trimmed_result).save(folder, languages=("vi",), outputs=())
    return folder


def test_the_record_of_a_run(saved, trimmed_study):
    def read():
        read_run_record(saved)
        simulation_difference(saved, trimmed_study, (trimmed_study, trimmed_study), {})

    def contents(whole):
        """Leave out what no other step reads: it is nobody's business."""
        record = json.loads(whole)
        parts = {name: record[name] for name in ("version", "weights", "robustness")}
        parts["weights"] = {"overall": parts["weights"]["overall"]}
        yield from other_contents(json.dumps(parts).encode())

    assert check_answers(saved / RECORD, read, contents) > 50


def test_a_result_is_not_written_over_a_record_that_cannot_be_read(saved):
    def contents(whole):
        yield from other_contents(json.dumps({"files": json.loads(whole)["files"]}).encode())

    assert check_answers(saved / RECORD, answer_of(lambda: open_result_folder(saved)), contents) > 10
    other = saved.parent / "other"
    other.mkdir()
    (other / RECORD).write_text('{"by": "another program"}', encoding="utf-8")
    with pytest.raises(tp.DataFileError, match="give another folder"):
        open_result_folder(other)


def test_names_that_lead_out_of_the_folder_are_not_those_of_a_result(saved):
    from techprio.reporting.result_folder import written_files

    whole = (saved / RECORD).read_bytes()
    names = ["plan.csv", "../x", "/etc/x", "a\\b", "C:x", "a/../../b", "", "x\0y", "inputs/study.yaml"]
    try:
        (saved / RECORD).write_text(json.dumps({"files": names}), encoding="utf-8")
        assert written_files(saved) == ["plan.csv", "inputs/study.yaml"]
    finally:
        (saved / RECORD).write_bytes(whole)


def test_the_figures_of_a_result(saved):
    def contents(whole):
        kept = json.loads(whole)
        yield from other_contents(json.dumps({name: kept[name] for name in ("form", "version")}).encode())
        for name in kept:
            yield f"without {name}", json.dumps({key: kept[key] for key in kept if key != name}).encode()
            yield f"{name} = 5", json.dumps(kept | {name: 5}).encode()
        yield "a digit", whole.replace(b"2027-07", b"2027-08", 1)

    count = len([*contents((saved / FIGURES).read_bytes())])
    assert check_answers(saved / FIGURES, answer_of(lambda: read_figures(saved)), contents) == count
    assert read_figures(saved).study, "as it was written it is read"


def other_tables(content):
    """Give a table that Excel, an editor or an accident has changed."""
    words = content.decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(words, newline=""))

    def written(heading, rows):
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows([heading, *rows])
        return stream.getvalue().encode()

    for place, name in enumerate(heading):
        fewer = [[*row[:place], *row[place + 1 :]] for row in (heading, *rows)]
        yield f"without {name}", written(fewer[0], fewer[1:])
        for other in ("", "x", "=1+1", "1e400", "nan", "-5", "2027-13", "07/2027", "Jul-27", "AGR99"):
            yield (
                f"{name} = {other}",
                written(heading, [[*rows[0][:place], other, *rows[0][place + 1 :]], *rows[1:]]),
            )
    yield "a line twice", written(heading, [*rows, rows[0]])
    yield "a heading twice", written([*heading, heading[0]], [[*row, row[0]] for row in rows])
    yield "a line too short", content + b"AGR01"
    yield "semicolons", words.replace(",", ";").encode()
    yield "UTF-16", words.encode("utf-16")
    yield "a Western file", words.encode("cp1252", "replace")
    for raw in (b"", b"\0", b"\xff\xfe", b'"', b"id\n", b"technology,people\n"):
        yield f"{raw!r}", raw


#: What reads a list, and how many of the changes it is tried on: some read the whole study again.
DOORS = {
    "placements": (lambda saved, study: listed_placements(saved), 1),
    "certainty": (lambda saved, study: simulation_difference(saved, saved, (study, study), {}), 1),
    "comparison": (lambda saved, study: comparison_tables({study.id: study}, {study.id: saved}), 1),
    "keep": (lambda saved, study: earlier_placements(saved, study), 17),
    "approved": (lambda saved, study: approved_plan(saved), 41),
}


@pytest.mark.parametrize("door", DOORS)
def test_the_list_of_a_result(saved, trimmed_study, door):
    read, step = DOORS[door]

    def contents(whole):
        yield from itertools.islice(other_tables(whole), step // 2, None, step)
        yield "a line twice", whole + whole.splitlines(keepends=True)[1]
        yield "no month", whole.replace(b",2027-07,", b",July,", 1)
        yield "no table", b"\0"

    assert check_answers(saved / LIST, answer_of(lambda: read(saved, trimmed_study)), contents) > 2


def test_the_plan_of_a_result(saved, trimmed_study):
    funds = [fund.id for fund in trimmed_study.resources.funds]

    def read():
        assert read_spending(saved, funds).filter(like="spent_").notna().all(axis=None)

    compare = answer_of(lambda: DOORS["comparison"][0](saved, trimmed_study))
    assert check_answers(saved / PLAN, read, other_tables) > 5
    assert check_answers(saved / PLAN, compare, other_tables) > 5


def test_a_list_that_excel_has_saved_is_the_same_list(saved):
    whole = (saved / LIST).read_bytes()
    before = [read_list(saved, record) for record in (PlacementRow, RoleRow)]
    heading, *rows = csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline=""))
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows([heading, *rows])
    try:
        (saved / LIST).write_bytes(stream.getvalue().encode("utf-8-sig"))
        after = [read_list(saved, record) for record in (PlacementRow, RoleRow)]
        assert all(now.equals(then) for now, then in zip(after, before, strict=True))
    finally:
        (saved / LIST).write_bytes(whole)


def test_a_study_of_python_may_have_any_names(tmp_path):
    names = ["heat pump", "Điện mặt trời", "c, d", "=T1", "'quoted"]
    table = pd.DataFrame({"cost": [3.0, 5, 1, 2, 4], "jobs": [4.0, 2, 3, 5, 1]}, index=names)
    farms = pd.DataFrame({"sector": "farming"}, index=names)
    catalog = tp.Catalog.from_frame(farms, table, {"cost": "min", "jobs": "max"})
    study = tp.Study(catalog, weights={"cost": 0.5, "jobs": 0.5}, id="a")
    tp.run(study, draws=50).save(tmp_path / "result", outputs=())
    assert sorted(read_list(tmp_path / "result", PlacementRow).index) == sorted(names)
    tables = comparison_tables({"a": study}, {"a": tmp_path / "result"})
    assert tables[0].rows[0][2] == len(names)


def test_probabilities_that_an_office_read_as_thousands(saved):
    """A Vietnamese office reads 0.901 as 901: told where it is asked for, and no matter where it is not."""
    whole = (saved / LIST).read_bytes()
    before = read_list(saved, PlacementRow)
    heading, *rows = csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline=""))
    at = heading.index("p_top")
    rows = [[*row[:at], row[at].removeprefix("0."), *row[at + 1 :]] for row in rows]
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows([heading, *rows])
    try:
        (saved / LIST).write_text(stream.getvalue(), encoding="utf-8")
        assert read_list(saved, PlacementRow).equals(before)
        with pytest.raises(tp.DataFileError, match="p_top"):
            read_list(saved, CertaintyRow)
    finally:
        (saved / LIST).write_bytes(whole)


@pytest.mark.parametrize("content", [b"", b"[]", b"5", b'{"small": 5}', b"[" * 100_000, b"\xff"])
def test_what_is_not_known_to_be_finished_is_done_again(small_study, tmp_path, content):
    def run():
        said = []
        tp.run_many([small_study], tmp_path, draws=20, languages=("vi",), outputs=(), progress=said.append)
        return [words.render("en") for words in said]

    assert run() == ["small: finished"]
    assert run() == ["small: finished before"]
    (tmp_path / FINISHED).write_bytes(content)
    assert run() == ["small: finished"]


def test_a_finished_result_that_was_damaged_since_is_named(small_study, tmp_path):
    def run():
        tp.run_many([small_study], tmp_path, draws=20, languages=("vi",), outputs=())

    run()
    (tmp_path / "small" / LIST).write_bytes(b"\0")
    with pytest.raises(tp.DataFileError, match=r"priorities\.csv"):
        run()
