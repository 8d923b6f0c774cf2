"""What a caller states of a table holds in every reader alike; every result says what it took it for.

A row of the tables below is a reader with a table of its own; a column is an override, done to that table so
that only the override gives the reading of the plain table back.
"""

import inspect
from functools import partial
from pathlib import Path

import openpyxl
import pytest

import techprio as tp
from tests.unit.test_wrong_values import WRONG, raw_errors

NEEDS = {"none_words": ["-"]}
SCALE = {"scale": (1, 5)}
ROOT = Path(__file__).parents[2]
INSTRUMENT = tp.inputs.read_instrument(ROOT / "criteria/circular17.yaml")
#: Reader, further arguments, a plain table whose first column names the rows, and what is read of it.
READERS = {
    "scores": (
        tp.read_score_table, {}, "id,cost,jobs\nT1,3.5,4\nT2,2.5,5\nT3,1.5,2\n",
        lambda t: t.scores.to_dict(),
    ),
    "answers": (
        tp.inputs.read_answers, SCALE, "expert,Q1,Q2\ne1,3,4\ne2,2,5\ne3,1,2\n", lambda t: t.table.to_dict(),
    ),
    "ticks": (tp.inputs.read_ticks, {}, "item,1,2,3\nT1,,x,\nT2,x,,\nT3,,,x\n", dict),
    "weights": (
        tp.inputs.read_weight_table, {}, "criterion,weight\ncost,0.25\njobs,0.5\nair,0.25\n", dict,
    ),
    "square": (
        tp.inputs.read_pairwise, {}, "name,cost,jobs,air\ncost,1,2.5,4\njobs,0.4,1,2\nair,0.25,0.5,1\n",
        lambda t: t.judgments.statements.to_dict(),
    ),
    "survey": (
        tp.inputs.read_pairwise, {},
        "expert,cost vs jobs,cost vs air,jobs vs air\ne1,3,2,0.5\ne2,2,1,1\ne3,4,2,0.25\n",
        lambda t: {expert: table.fillna(0).to_dict() for expert, table in t.matrices.items()},
    ),
    "statements": (
        tp.inputs.read_pairwise, {},
        "expert,preferred,other,strength\ne1,cost,jobs,3\ne1,cost,air,2.5\ne2,air,jobs,4\ne2,air,cost,2\n",
        lambda t: {expert: table.fillna(0).to_dict() for expert, table in t.matrices.items()},
    ),
    "pairs": (
        tp.inputs.read_pairwise, {},
        "expert,a,b,value\ne1,cost,jobs,3\ne1,cost,air,2.5\ne2,air,jobs,4\ne2,air,cost,2\n",
        lambda t: {expert: table.fillna(0).to_dict() for expert, table in t.matrices.items()},
    ),
    "form": (
        tp.inputs.read_pairwise, {},
        "expert,item_a,item_b,A or B,degree\ne1,cost,jobs,A,3\ne1,cost,air,B,2.5\ne1,jobs,air,A,2\n",
        lambda t: {expert: table.fillna(0).to_dict() for expert, table in t.matrices.items()},
    ),
    "prerequisites": (
        tp.inputs.read_prerequisites, NEEDS,
        "technology,requires,duration\nT1,-,2.5 months\nT2,T1,4 months\nT3,T1SS+1.5 months,6 months\n",
        lambda t: (t.dependencies.to_dict(), t.lead.to_dict()),
    ),
    "successors": (
        tp.inputs.read_prerequisites, NEEDS,
        "technology,needed_by,duration\nT1,T3SS+1.5 months,2.5 months\nT2,T3,4 months\nT3,-,6 months\n",
        lambda t: (t.dependencies.to_dict(), t.lead.to_dict()),
    ),
    "matrix of marks": (
        tp.inputs.read_prerequisites, {"arrow": "needs"}, "name,T1,T2,T3\nT1,,,\nT2,0.5,,\nT3,1.5,2,\n",
        lambda t: t.dependencies.to_dict(),
    ),
    "arrows": (
        tp.inputs.read_prerequisites, {"arrow": "needs"}, "source,target\nT2,T1\nT3,T1\nT3,T2\n",
        lambda t: t.dependencies.to_dict(),
    ),
    "relations": (
        tp.inputs.read_prerequisites, {"arrow": "needs"},
        "source,target,type,lag\nT2,T1,FS,0.5 months\nT3,T1,SS,2.5 months\nT3,T2,FF,1.5 months\n",
        lambda t: t.dependencies.to_dict(),
    ),
    "firms": (
        tp.inputs.read_survey, {"instrument": INSTRUMENT},
        "firm,sector,year,T,E,O,R,I\nf1,AGR,2026,14.5,10,10,2,4\nf2,AGR,2026,12,9,8,3,4\nf3,ENE,2026,9,9,8,3,4\n",
        lambda t: t[["firm", "T", "I"]].to_dict(),
    ),
    "experts": (
        tp.inputs.read_experts, {}, "expert,name,group\ne1,An,farms\ne2,Ba,firms\ne3,Ca,farms\n", list,
    ),
    "catalogue": (
        tp.inputs.read_catalogue, {}, "tech,par,val\nT1,cost,3.5\nT2,cost,2.5\nT3,cost,1.5\n",
        lambda t: t.values.to_dict(),
    ),
}  # fmt: skip
EVERY = ("sheet", "locale", "layout", "header_rows", "columns", "skip_rows", "scale")
#: An expert has no points; a catalogue names its columns in the mapping and holds numbers only.
NOT_THERE = {("experts", "scale"), ("catalogue", "columns"), ("catalogue", "scale")}


def _rows(words):
    return [line.split(",") for line in words.splitlines()]


def _write(folder, rows, separator=","):
    file = folder / "table.csv"
    file.write_text("".join(separator.join(row) + "\n" for row in rows), encoding="utf-8")
    return file


def _read(name, file, **options):
    reader, further, _, shown = READERS[name]
    found = reader(file, **{**further, **options})
    assert found.layout.parts["role"].isin(["data"]).any() or name == "experts"
    assert str(found.layout.sentence).startswith("table")
    return shown(found), found


@pytest.fixture(params=READERS)
def name(request):
    return request.param


@pytest.fixture
def plain(name, tmp_path):
    rows = _rows(READERS[name][2])
    return rows, _read(name, _write(tmp_path, rows))[0]


@pytest.mark.parametrize("option", EVERY)
def test_every_reader_has_every_override(name, option):
    takes = option in inspect.signature(READERS[name][0]).parameters
    assert takes != ((name, option) in NOT_THERE)


def test_rows_left_out(name, plain, tmp_path):
    rows, read = plain
    bad = [rows[0], *rows[1:2], ["?!"] * len(rows[0]), *rows[2:]]
    found, result = _read(name, _write(tmp_path, bad), skip_rows=[3])
    assert found == read
    assert result.layout.left_out.set_index("place").loc["3", "role"] == "skipped"
    found, result = _read(name, _write(tmp_path, bad), layout={3: "note"})
    assert found == read


#: Beside the wrong values of every function: shapes that only options of tables have.
NO_OPTIONS = {
    "lists": [[1]], "a dict of lists": {"a": [1]}, "a dict of dicts": {"a": {"b": 1}}, "{1: 2}": {1: 2},
    "{None: None}": {None: None}, "{T1: nonsense}": {"T1": "nonsense"}, "{0: data}": {0: "data"},
    "{-1: x}": {-1: "x"}, "{10**400: data}": {10**400: "data"}, "{nan}": {float("nan")},
    "{10**400}": {10**400}, "{cost: inf}": {"cost": float("inf")}, "(x, y)": ("x", "y"),
}  # fmt: skip


def test_options_that_are_none(name, tmp_path):
    """Each option of a reader may be anything: it is read, or answered in words."""
    reader, further, words, _ = READERS[name]
    file = _write(tmp_path, _rows(words))
    options = [one for one in inspect.signature(reader).parameters if one != "path"]
    assert [
        error
        for option in options
        for error in raw_errors(partial(reader, file), further, option, WRONG | NO_OPTIONS)
    ] == []


def test_all_rows_left_out(name, tmp_path):
    """Nothing is left to be read, which is a problem, and none but the headings no table."""
    rows = _rows(READERS[name][2])
    for skipped in (range(1, 10), range(2, 10)):
        with pytest.raises(tp.DataFileError):
            _read(name, _write(tmp_path, rows), skip_rows=skipped)


def test_sheet_named(name, plain, tmp_path):
    rows, read = plain
    book = openpyxl.Workbook()
    book.active.append(["an index", "of", "sheets"])
    sheet = book.create_sheet("here")
    for row in rows:
        sheet.append([_typed(cell) for cell in row])
    book.save(tmp_path / "table.xlsx")
    found, result = _read(name, tmp_path / "table.xlsx", sheet="here")
    assert found == read
    assert result.layout.sheet == "here"


def _typed(cell):
    try:
        return float(cell)
    except ValueError:
        return cell or None


def test_numbers_written_as_stated(name, plain, tmp_path):
    rows, read = plain
    commas = [[cell.replace(".", ",") if cell[:1].isdigit() else cell for cell in row] for row in rows]
    commas = [[cell.replace("+1.5", "+1,5") for cell in row] for row in commas]
    assert _read(name, _write(tmp_path, commas, ";"), locale="vi")[0] == read


def test_columns_as_rows(name, plain, tmp_path):
    rows, read = plain
    turned = [list(column) for column in zip(*rows, strict=True)]
    found, result = _read(name, _write(tmp_path, turned), layout="columns")
    assert found == read
    assert result.layout.turned


def test_several_rows_of_headings(name, plain, tmp_path):
    rows, read = plain
    upper = ["", *(["of the form"] * (len(rows[0]) - 1))]
    heads = [[f"{one}" for one in rows[0]]] if name == "ticks" else [upper, rows[0]]
    found, _ = _read(
        name, _write(tmp_path, [*heads, *rows[1:]]), header_rows=len(heads), **_plain_names(name)
    )
    assert _without_upper(found) == _without_upper(read)


def _plain_names(name):
    """A table of scores or answers keeps both headings; a mapping of a catalogue names its columns by one."""
    whole = {"technology": "tech", "parameter": "of the form / par", "value": "of the form / val"}
    return {"mapping": whole} if name == "catalogue" else {}


def _without_upper(found):
    if isinstance(found, dict):
        return {str(k).removeprefix("of the form / "): _without_upper(v) for k, v in found.items()}
    return found


#: The headings of ticks are points; those of experts and catalogues say which column is what.
WITHOUT_HEADINGS = [one for one in READERS if one not in ("ticks", "catalogue", "experts", "firms")]
#: The columns of a catalogue are named by its mapping, not by ``columns``.
WITH_COLUMNS = [one for one in READERS if one != "catalogue"]


@pytest.mark.parametrize("name", WITHOUT_HEADINGS, indirect=True)
def test_no_row_of_headings(name, plain, tmp_path):
    rows, read = plain
    found, _ = _read(name, _write(tmp_path, rows[1:]), header_rows=0, columns=rows[0])
    assert found == read


@pytest.mark.parametrize("name", WITH_COLUMNS, indirect=True)
def test_columns_named(name, plain, tmp_path):
    """Columns of other things are left out; a heading in other words is what the caller says."""
    rows, read = plain
    wide = [[*row, other] for row, other in zip(rows, ["Email", "a@b", "c@d", "e@f", "g@h"], strict=False)]
    found, result = _read(name, _write(tmp_path, wide), columns={"Email": "left out"} | _same(name, rows))
    assert found == read
    assert "Email" in set(result.layout.left_out["name"])


def _same(name, rows):
    """What the columns of a list of experts stand for."""
    return {heading: heading for heading in rows[0]} if name in ("experts", "firms") else {}


RENAMED = {
    "survey": ("cost vs jobs", "Q1", "cost vs jobs"),
    "statements": ("strength", "Q9", "strength"),
    "form": ("degree", "Stufe", "degree"),
    "pairs": ("value", "Wert", "value"),
    "prerequisites": ("requires", "Vorgänger", "requires"),
    "arrows": ("target", "Ziel", "target"),
    "matrix of marks": ("T2", "Zwei", "T2"),
    "square": ("jobs", "Arbeit", "jobs"),
    "experts": ("name", "Họ và tên đầy đủ", "name"),
    "successors": ("needed_by", "Nachfolger", "needed_by"),
    "relations": ("lag", "Versatz", "lag"),
    "firms": ("T", "Công nghệ", "T"),
}


@pytest.mark.parametrize("kind", RENAMED)
def test_headings_that_stand_for_others(kind, tmp_path):
    rows = _rows(READERS[kind][2])
    read = _read(kind, _write(tmp_path, rows))[0]
    heading, other, stands = RENAMED[kind]
    rows[0] = [other if cell == heading else cell for cell in rows[0]]
    assert _read(kind, _write(tmp_path, rows), columns={other: stands})[0] == read


WORDS = {
    "scores": ("id,cost,jobs\nT1,low,4\nT2,high,5\n", {"low": 1, "high": 5}, ("cost", {"T1": 1, "T2": 5})),
    "answers": ("e,Q1\ne1,low\ne2,high\n", {"low": 1, "high": 5}, ("Q1", {"e1": 1, "e2": 5})),
    "ticks": ("item,low,high\nT1,,x\nT2,x,\n", {"low": 1, "high": 5}, ("T1", 5)),
    "weights": ("criterion,weight\ncost,low\njobs,high\n", {"low": 1, "high": 5}, ("jobs", 5)),
    "matrix of marks": (
        "name,T1,T2,T3\nT1,,no,\nT2,weak,,\nT3,strong,weak,\n", {"weak": 1, "strong": 3},
        ("strength", {0: 1, 1: 3, 2: 1}),
    ),
    "firms": (
        "firm,sector,year,T,E,O,R,I\nf1,AGR,2026,low,10,10,2,4\nf2,AGR,2026,high,9,8,3,4\n",
        {"low": 5, "high": 15}, ("T", {0: 5, 1: 15}),
    ),
    "survey": ("e,a vs b,a vs c\ne1,9,17\ne2,10,1\n", "positions", ("e1", {"a": {"b": 1, "c": 1 / 9}})),
}  # fmt: skip


@pytest.mark.parametrize("kind", WORDS)
def test_words_get_their_points(kind, tmp_path):
    words, scale, (key, wanted) = WORDS[kind]
    found, _ = _read(kind, _write(tmp_path, _rows(words)), scale=scale)
    if kind == "survey":
        found = {key: {"a": {name: row["a"] for name, row in found[key].items() if name in "bc"}}}
        found[key]["a"] = {
            name: round(1 / value if value < 1 else value, 9) for name, value in found[key]["a"].items()
        }
        wanted = {"a": {"b": 1, "c": 9}}
    assert found[key] == wanted


@pytest.mark.parametrize(
    "options", [{"layout": "sideways"}, {"header_rows": 99}, {"layout": {3: "nonsense"}}], ids=str
)
def test_words_of_the_caller_are_checked(name, options, tmp_path):
    with pytest.raises((tp.InputError, tp.DataFileError)):
        _read(name, _write(tmp_path, _rows(READERS[name][2])), **options)


@pytest.mark.parametrize("name", WITH_COLUMNS, indirect=True)
def test_columns_that_are_not_there_are_refused(name, tmp_path):
    columns = {"nowhere": "nothing"} if name in ("experts", "firms") else ["nowhere"]
    with pytest.raises((tp.InputError, tp.DataFileError)):
        _read(name, _write(tmp_path, _rows(READERS[name][2])), columns=columns)
