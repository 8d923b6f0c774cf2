"""A proposal never makes the data wrong: it changes one cell to what it says, or asks people.

Every proposal of every problem of the odd files, and of studies with slips in them, is carried out as it
stands. The odd files are those of public projects, whose addresses stand in ``sources.json`` of the archive.
"""

import csv
import functools
import io
import re
import zipfile
from pathlib import Path

import pytest

import techprio as tp
from techprio.errors import Edit, Problem, did_you_mean
from techprio.inputs.study import check_study
from techprio.language import Text
from techprio.near_names import near_name

from ..unit.templates.filling import fill_folder
from .carried_out import carry_out

ARCHIVE = Path(__file__).parents[1] / "reference" / "data" / "odd_files.zip"
READERS = {
    "scores": tp.read_score_table,
    "weights": tp.inputs.read_weight_table,
    "pairs": tp.inputs.read_pairwise,
    "experts": tp.inputs.read_experts,
    "prerequisites": tp.inputs.read_prerequisites,
    "answers": functools.partial(tp.inputs.read_answers, scale=(1, 5)),
    "words": functools.partial(tp.inputs.read_answers, scale={"Thấp": 1, "Cao": 5}),
    "ticks": tp.inputs.read_ticks,
}
#: What would take data away when it is obeyed.
TAKES_AWAY = (
    "take out",
    "take the",
    "delete",
    "drop",
    "leave",
    "left alone",
    "remove",
    "empty",
    "x_",
    "texts",
)
#: Nothing is lost: the rows are the same in every cell, 0 stands for no opinion in many questionnaires,
#: signs that no program shows, a policy that takes what holds no value and lists it.
LOSES_NOTHING = {
    "leave_out=empty leaves out what holds no value, and lists it",
    "delete one of the two rows; the first stands on {place}",
    "leave the cell empty for no opinion; 1 means equal",
    "take them out",
}


class Readings:
    """One reader, which reads each content of a file once for each set of rows it skips."""

    def __init__(self, reader):
        self.reader, self.known = reader, {}

    def of(self, path, **options):
        """Return what is found and the problems; one of them is None or empty."""
        key = (path, path.read_bytes(), str(options))
        if key not in self.known:
            try:
                self.known[key] = self.reader(path, **options), ()
            except tp.DataFileError as error:
                self.known[key] = None, error.problems
        return self.known[key]

    def problems(self, path):
        return self.of(path)[1]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    return sorted(path for path in folder.glob("*/*") if path.is_file())


@pytest.mark.parametrize("kind", READERS)
def test_obeyed_proposals_change_one_cell_and_lose_nothing(kind, files):
    obeyed = 0
    for path in files:
        readings, data = Readings(READERS[kind]), path.read_bytes()
        for problem in readings.problems(path):
            assert is_harmless(problem.proposal), problem
            for by in problem.edit.by if problem.edit else ():
                before, after = carry_out(problem, path.parent, by)
                changed = [
                    (old, new)
                    for row, other in zip(before, after, strict=True)
                    for old, new in zip(row, other, strict=True)
                    if old != new
                ]
                assert len(changed) <= 1, problem
                assert all(new not in ("", None) for _, new in changed), problem
                assert_read_again(readings, path, problem)
                assert_others_stay(kind, readings, path, data, problem)
                obeyed += 1
                path.write_bytes(data)
    assert obeyed or kind in ("experts", "prerequisites", "ticks")


def assert_read_again(readings, path, problem):
    """Read the edited file: the problem is gone, and what the edit named is not left out instead."""
    found, problems = readings.of(path)
    if found is None:
        again = [(one.code, one.place, one.field, one.found) for one in problems]
        assert (problem.code, problem.place, problem.field, problem.found) not in again, problem
        return
    left = found.layout.left_out
    line = re.search("[0-9]+$", str(problem.place))
    rows = [str(place) for part, place in zip(left["part"], left["place"], strict=True) if part == "row"]
    assert line is None or line[0] not in rows, problem


#: What a reading holds, by row of the file.
ROWS = {
    "scores": lambda found: found.scores.to_dict("index"),
    "weights": dict,
    "prerequisites": lambda found: {
        tuple(edge[:2]): tuple(edge[2:]) for edge in found.dependencies.itertuples(index=False, name=None)
    },
    "answers": lambda found: found.table.to_dict("index"),
    "words": lambda found: found.table.to_dict("index"),
    "ticks": dict,
    "experts": lambda found: {one.code: one for one in found},
}


def assert_others_stay(kind, readings, path, data, problem):
    """Every value of the other rows is the one that the file gives without the row of the problem.

    Rows with further problems are left out on both sides; a square of comparisons has no rows of its own.
    """
    if kind not in ROWS:
        return
    edited = path.read_bytes()
    lines = {_line(one) for one in readings.problems(path)} - {None}
    path.write_bytes(data)
    faulty = {_line(one) for one in readings.problems(path)} - {None} | {_line(problem)}
    before = _rows(kind, readings, path, faulty)
    path.write_bytes(edited)
    after = _rows(kind, readings, path, lines)
    if before is None or after is None:
        return
    own = set(after) - set(before)
    assert len(own) <= 1 or kind == "prerequisites", problem
    assert {row: repr(after[row]) for row in before} == {row: repr(before[row]) for row in before}, problem


def _line(problem):
    found = re.search("[0-9]+$", str(problem.place).partition(",")[0])
    return int(found[0]) if found else None


def _rows(kind, readings, path, skipped):
    found, _ = readings.of(path, skip_rows=sorted(skipped - {None}))
    return None if found is None else ROWS[kind](found)


def is_harmless(proposal):
    """Return whether a proposal is an edit, or asks something that takes no data away."""
    if isinstance(proposal, Edit) or not proposal:
        return True
    template = proposal.template if isinstance(proposal, Text) else str(proposal)
    return template in LOSES_NOTHING or not any(words in template for words in TAKES_AWAY)


def test_the_rule_knows_what_takes_away():
    """The proposals of earlier versions that emptied cells or dropped columns do not pass."""
    assert not is_harmless(
        Text("take the column out, or let its heading begin with x_ to have it left alone")
    )
    assert not is_harmless(Text("leave the cell empty where there is no answer"))


# --- studies with slips in them: what is obeyed gives the sound study back, or nothing is proposed ----------


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tp.inputs.new_study(tmp_path_factory.mktemp("s") / "study", sectors="AGR=Nông nghiệp", id="x")
    fill_folder(folder)
    sector = next(folder.glob("*/technologies.csv")).parent
    rows = [
        f"AGR{n:02d},Công nghệ {n},enabling,7,none,10,20,30,6,12,18,5,0.4,0.6,0,0,new" for n in range(1, 21)
    ]
    head = (
        "id,name_vi,function,trl_local,status,capex_low,capex_mode,capex_high,lead_low,lead_mode,lead_high,"
        "staff,fund_local,fund_programmes,fund_enterprise,fund_other,action"
    )
    (sector / "technologies.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    scores = [f"AGR{n:02d},C1,{1 + n % 5},,,D" for n in range(1, 21)]
    words = "\n".join(["technology,criterion,value,low,high,evidence", *scores, ""])
    (sector / "scores.csv").write_text(words, encoding="utf-8")
    edges = [f"AGR{n:02d},AGR{n - 1:02d},{'soft' if n % 3 else 'hard'},FS,{n % 4}" for n in range(2, 21)]
    words = "\n".join(["technology,requires,kind,timing,lag_months", *edges, ""])
    (folder / "dependencies.csv").write_text(words, encoding="utf-8")
    assert check_study(folder) == []
    return folder


def cells_of(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


SLIPS = {
    "letter O for zero": lambda cell: cell.replace("0", "O"),
    "letter l for one": lambda cell: cell.replace("1", "l"),
    "zero left out": lambda cell: cell[:3] + cell[3:].lstrip("0"),
    "hyphen and letter O": lambda cell: cell[:3] + "-" + cell[3:].replace("0", "O"),
    "small letters": str.lower,
    "Cyrillic letters": lambda cell: cell.replace("A", "А").replace("r", "г").replace("s", "ѕ"),
    "digits turned round": lambda cell: cell[:3] + cell[:2:-1],
    "a digit too many": lambda cell: cell + "1",
    "letters turned round": lambda cell: cell[1] + cell[0] + cell[2:],
    "a letter left out": lambda cell: cell[:1] + cell[2:],
}
PLACES = [
    ("dependencies.csv", 0),
    ("dependencies.csv", 1),
    ("dependencies.csv", 2),
    ("dependencies.csv", 3),
    ("*/scores.csv", 0),
    ("*/scores.csv", 1),
    ("*/technologies.csv", 2),
]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize(("file", "column"), PLACES)
def test_obeyed_study_is_the_sound_one(file, column, slip, sound):
    path = next(sound.glob(file))
    words = path.read_text(encoding="utf-8")
    meant = cells_of(path)
    try:
        for number in (1, len(meant) // 2, len(meant) - 1):
            rows = [list(row) for row in meant]
            rows[number][column] = SLIPS[slip](rows[number][column])
            if rows == meant:
                continue
            stream = io.StringIO()
            csv.writer(stream, lineterminator="\n").writerows(rows)
            path.write_text(stream.getvalue(), encoding="utf-8")
            for problem in check_study(sound):
                assert is_harmless(problem.proposal), problem
                for by in problem.edit.by if problem.edit else ():
                    carry_out(problem, sound, by)
                    assert cells_of(path) == meant, problem
                    path.write_text(stream.getvalue(), encoding="utf-8")
    finally:
        path.write_text(words, encoding="utf-8")


HEADINGS = {
    "Requires": "requires",
    "Required": "requires",
    "timming": "timing",
    "Relation in time": "timing",
    "lag_month": "lag_months",
    "Kindd": "kind",
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_heading_is_renamed_to_what_its_cells_are_or_not_at_all(heading, sound):
    path = sound / "dependencies.csv"
    words = path.read_text(encoding="utf-8")
    try:
        path.write_text(words.replace(HEADINGS[heading], heading, 1), encoding="utf-8")
        for problem in check_study(sound):
            assert is_harmless(problem.proposal), problem
            for by in problem.edit.by if problem.edit else ():
                assert by == HEADINGS[heading], problem
    finally:
        path.write_text(words, encoding="utf-8")


def test_predecessors_are_not_dropped(tmp_path):
    """Columns of a planning tool: what holds the ids of the table is what each needs, or what needs it."""
    file = tmp_path / "plan.csv"
    file.write_text("id,Vorgänger\n1,\n2,1\n3,1;2\n4,3FS+2 days\n", encoding="utf-8")
    (problem,) = Readings(tp.inputs.read_prerequisites).problems(file)
    assert problem.edit.by == ("requires", "needed_by")


# --- near names -----------------------------------------------------------------------------------------

CODES = [f"{sector}{number:02d}" for sector in ("AGR", "TOU", "ENE") for number in range(1, 20)]


@pytest.mark.parametrize(
    "slip", ["letter O for zero", "zero left out", "hyphen and letter O", "small letters"]
)
def test_slips_of_codes_are_found(slip):
    slipped = {SLIPS[slip](code): code for code in CODES if SLIPS[slip](code) not in CODES}
    assert {name: near_name(name, CODES) for name in slipped} == slipped


LOOKS = str.maketrans("0123456789", "OlZЗ4SбTB9")
MORE_SLIPS = {
    "blank": lambda code: f"{code[:3]} {code[3:]}",
    "blank, zero left out": lambda code: f"{code[:3]} {code[3:].lstrip('0')}",
    "hyphen, zero left out": lambda code: f"{code[:3]}-{code[3:].lstrip('0')}",
    "underscore": lambda code: f"{code[:3]}_{code[3:]}",
    "small letter o": lambda code: code.lower().replace("0", "o"),
    "capital i for one": lambda code: code.replace("1", "I"),
    "zero for letter O": lambda code: code.replace("O", "0"),
    "a zero too many": lambda code: f"{code[:3]}0{code[3:]}",
    "last digit twice": lambda code: code + code[-1],
    "letters that look like digits": lambda code: code[:3] + code[3:].translate(LOOKS),
    "wide signs": lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code),
}
SHIPPED = [f"{sector}{n:02d}" for sector in ("AGR", "CRS", "ENE", "LOG", "MIN", "TOU") for n in range(1, 16)]


@pytest.mark.parametrize("slip", {**SLIPS, **MORE_SLIPS})
@pytest.mark.parametrize("known", [CODES, SHIPPED, CODES[:9]])
def test_no_slip_of_a_code_gives_another(slip, known):
    """Whether the code that was meant is known or not."""
    made = {(SLIPS | MORE_SLIPS)[slip](code): code for code in known}
    made = {name: code for name, code in made.items() if name not in known}
    found = {name: near_name(name, known) for name in made}
    assert {name: near for name, near in found.items() if near not in (None, made[name])} == {}
    if slip in ("a digit too many", "last digit twice"):
        return  # AGR011 without AGR01 is AGR11 with a zero too many
    without = {name: near_name(name, [one for one in known if one != code]) for name, code in made.items()}
    assert {name: near for name, near in without.items() if near} == {}


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("AGR91", CODES), ("AGR011", CODES), ("T9", ["T1", "T2"]), ("T9", ["T1"]), ("SS", ["FS", "FF"]),
        ("AIX", ["AIJ", "AIP"]), ("1.2", ["12"]), ("SC52", ["SC82", "SC12"]), ("AGR 1.1", CODES),
        ("lead", ["lead_low", "lead_high"]), ("dependencies 2.csv", ["dependencies 1.csv"]), ("", ["a"]),
    ],
)  # fmt: skip
def test_nothing_is_proposed_where_another_thing_or_two_may_be_meant(name, names):
    assert near_name(name, names) is None


def test_an_edit_says_what_it_replaces():
    edit = did_you_mean("AGR-O1", CODES)
    assert (edit.replaces, edit.by, str(edit)) == ("AGR-O1", ("AGR01",), "did you mean AGR01?")
    assert Problem("S303", "f.csv", "line 2", "requires", "AGR-O1", "", edit).edit == edit
    assert Problem("S303", "f.csv", "line 2", "requires", "AGR-O1", "", "ask").edit is None
