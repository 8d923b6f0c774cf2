"""Prerequisites in one cell, circles, mixed codes, phases before their prerequisites."""

import pytest

import techprio as tp

from .files_of_cases import open_document, workbook

PHASES = ["2026-2030", "2031-2035"]


def read(tmp_path, words, **options):
    path = tmp_path / "deps.csv"
    path.write_text(words, encoding="utf-8", newline="")
    return tp.inputs.read_prerequisites(path, **options)


def graph_of(table):
    return tp.dependencies.build_graph(table.dependencies, table.technologies)


def problems(call):
    with pytest.raises(tp.DataFileError) as caught:
        call()
    return caught.value.problems


# Case 088: A needs B, B needs C, C needs A; the path is named, what only hangs on it is not.
def test_a_circle_is_shown_as_a_path(tmp_path):
    table = read(tmp_path, "ma,can_truoc\nCN01,CN02\nCN02,CN03\nCN03,CN01\nCN04,CN01\nCN05,\n")
    (problem,) = problems(lambda: graph_of(table))
    assert "CN01 needs CN02, CN02 needs CN03, CN03 needs CN01" in problem.render("en")
    assert "CN01 cần CN02" in problem.render("vi")
    assert "CN04" not in problem.render("en")
    assert "CN05" not in problem.render("en")


# Case 089: CN02 lists itself as prerequisite.
def test_a_technology_that_needs_itself(tmp_path):
    table = read(tmp_path, "ma,can_truoc\nCN01,\nCN02,CN02\nCN03,CN01\n")
    (problem,) = problems(lambda: graph_of(table))
    assert str(problem.found) == "CN02 needs CN02"


# Case 091: semicolons, commas, a line break, "và", blanks, a doubled code, words for none.
SEPARATORS = (
    "ma,can_truoc\r\nCN01,-\r\nCN02,không\r\nCN03,\"CN01; CN02\"\r\nCN04,\"CN01, CN02\nCN03\"\r\n"
    "CN05,\"CN03 và CN04;\"\r\nCN06,\" CN05 ;CN05\"\r\n"
)  # fmt: skip


def test_separators_of_every_kind(tmp_path):
    table = read(tmp_path, SEPARATORS, none_words=["-", "không"])
    edges = list(table.dependencies[["technology", "requires"]].itertuples(index=False, name=None))
    assert [(after, before) for before, after in edges] == [
        ("CN01", "CN03"), ("CN02", "CN03"), ("CN01", "CN04"), ("CN02", "CN04"), ("CN03", "CN04"),
        ("CN03", "CN05"), ("CN04", "CN05"), ("CN05", "CN06"),
    ]  # fmt: skip
    assert graph_of(table).levels.to_dict() == {
        "CN01": 0, "CN02": 0, "CN03": 1, "CN04": 2, "CN05": 3, "CN06": 4
    }  # fmt: skip
    assert [str(note) for note in table.notes] == ["deps.csv, line 8: CN05 stands twice and counts once"]


def test_words_for_none_are_never_guessed(tmp_path):
    found = problems(lambda: read(tmp_path, SEPARATORS))
    assert [problem.code for problem in found] == ["T115", "T115"]
    assert "none_words" in str(found[0].proposal)


# Case 092: codes 10, 2, A1 mix types; repeat: take the first row whose prerequisites are all taken.
def test_stable_order_of_mixed_codes(tmp_path):
    table = read(tmp_path, 'ma,can_truoc\n10,\nB,A1\n2,\nA1,10\n3,"2;10"\n')
    assert graph_of(table).order == ("10", "2", "A1", "B", "3")


# Case 093: CN02 is planned for 2026-2030 but needs CN01, planned for 2031-2035.
def test_a_phase_before_its_prerequisite(tmp_path):
    words = (
        "ma,giai_doan,can_truoc\nCN01,2031-2035,\nCN02,2026-2030,CN01\nCN03,2031-2035,CN02\nCN04,2026–2030,\n"
    )
    table = read(tmp_path, words)
    (problem,) = tp.dependencies.check_phases(table.phases, graph_of(table), PHASES)
    assert (problem.code, problem.place, problem.field) == ("S351", "line 3", "CN02")
    for language in ("vi", "en"):
        said = problem.render(language)
        assert all(word in said for word in ("CN01", "CN02", *PHASES))
    assert "CN02 to 2031-2035, or CN01 to 2026-2030" in problem.render("en")


def test_unknown_codes_and_doubled_rows_at_once(tmp_path):
    found = problems(lambda: read(tmp_path, "ma,can_truoc\nCN01,CN2\nCN02,\nCN02,CN01\n"))
    assert [problem.code for problem in found] == ["S303", "S302"]
    assert "did you mean CN02?" in str(found[0].proposal)


def test_a_file_that_is_not_there(tmp_path):
    (problem,) = problems(lambda: tp.inputs.read_prerequisites(tmp_path / "no.csv"))
    assert problem.code == "T101"


def edges_of(table):
    rows = table.dependencies[["technology", "requires", "timing", "lag_months", "one_of"]]
    return [tuple(row) for row in rows.itertuples(index=False, name=None)]


# Case 303: predecessor strings of planning tools; ids, names or row numbers, in several spellings.
@pytest.mark.parametrize(
    ("cell", "timing", "months"),
    [
        ("1", "FS", 0), ("1FS", "FS", 0), ("1SS", "SS", 0), ("1FS+2 months", "FS", 2),
        ("1ss + 2 mons", "SS", 2),
        ("1FF-1 year", "FF", -12), ("1 SF+0.5mo", "SF", 0.5), ("1SS+3 tháng", "SS", 3), ("1-SS=P2M", "SS", 2),
        ("1: FS +1,5 months", "FS", 1.5), ("1+2 months", "FS", 2), ("Build it FS+2mo", "FS", 2),
        ("build  IT", "FS", 0), ("1FS+50%", "FS", 5),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heads", ["ID,Task Name", "No,Task Name", "Task Name"])
def test_predecessor_strings(tmp_path, cell, timing, months, heads):
    ids = ["1,", "2,"] if "," in heads else ["", ""]
    if heads.startswith("No"):
        heads = heads.replace("No", "WBS")
    rows = f'{ids[0]}Build it,10 months,Ann,\n{ids[1]}Use it,6 mons,Bob,"{cell}"\n'
    found = read(tmp_path, f"{heads},Duration,Resource Names,Predecessors\n{rows}")
    one, two = ("1", "2") if "," in heads else ("Build it", "Use it")
    assert edges_of(found) == [(two, one, timing, months, "")]
    assert found.lead.to_dict() == {one: 10, two: 6}
    assert any("Resource Names" in str(note) for note in found.notes)
    assert any("row numbers" in str(note) for note in found.notes) == ("," not in heads and cell[0] == "1")


def test_days_and_weeks_by_the_calendar_or_as_work(tmp_path):
    words = 'ID,Duration,Predecessors\n4,28 days,\n5,30 days,"4SS+30 days"\n6,4 wks,"4SS+2w,5FF-1ed"\n'
    found = read(tmp_path, words)
    chain = tp.dependencies.find_critical_chain(graph_of(found), found.lead).table
    days = chain["earliest_start"] * 365.25 / 12
    assert days.round(9).to_dict() == {"4": 0, "5": 30, "6": 31}
    work = read(tmp_path, words, days="working")
    assert work.lead.to_dict() == pytest.approx({"4": 1.4, "5": 1.5, "6": 1})
    assert work.dependencies["lag_months"].round(3).tolist() == [1.5, 0.5, -0.033]
    assert "20" in " ".join(map(str, work.notes))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1FS+2", "lag_unit"), ("7SS+2 days", "7"), ("1XX+2 days", "1XX"), ("1SS+2 moons", "unit"),
        ("1; 1SS+1 month", "one relation and lag"), ("1 or 2, 3", "parentheses"),
        ("1 and 2 or 3", "parentheses"),
        ("(1 or 2", "parenthesis"),
    ],
)  # fmt: skip
def test_what_a_cell_leaves_open_is_asked(tmp_path, cell, told):
    found = problems(lambda: read(tmp_path, f'ID,requires\n1,\n2,\n3,\n4,"{cell}"\n'))
    assert told in " ".join(str(problem) for problem in found)
    assert "none_words" not in " ".join(str(problem) for problem in found)


@pytest.mark.parametrize(
    ("cell", "groups"),
    [
        ("A or B", [("A", "B")]),
        ("A hoặc B", [("A", "B")]),
        ("(A and B) or C", [("A", "C"), ("B", "C")]),
        ("A and (B or C)", [("A",), ("B", "C")]),
        ("(A or B) and (A or C)", [("A", "B"), ("A", "C")]),
        ("A; B or C", [("A",), ("B", "C")]),
        ("A and (A or B)", [("A",)]),
        ("(A or B), C", [("A", "B"), ("C",)]),
        ("(A, B) or (B, C)", [("A", "C"), ("B",)]),
    ],
)
def test_alternatives_become_groups(tmp_path, cell, groups):
    table = read(tmp_path, f'ma,can_truoc\nA,\nB,\nC,\nD,"{cell}"\n')
    needs = graph_of(table).needs["D"]
    assert sorted(tuple(sorted(group)) for group in needs) == sorted(groups)


def test_a_table_without_edges_is_no_success(tmp_path):
    (none,) = problems(lambda: read(tmp_path, "ma,can_truoc\nA,\nB,\n"))
    assert none.code == "T103"
    (column,) = problems(lambda: read(tmp_path, "ID,x_Task Name,x_Predecessors\n1,a,\n2,b,1\n"))
    assert column.code == "T105"


SQUARE = ",A,B,C\nA,,x,\nB,,,x\nC,,,\n"
LIST = "source,target,weight\nA,B,1\nB,C,2\n"
GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d0" for="node" attr.name="label" '
    'attr.type="string"/><graph edgedefault="directed"><node id="n0"><data key="d0">A</data></node>'
    '<node id="n1"><data key="d0">B</data></node><node id="n2"><data key="d0">C</data></node>'
    '<edge source="n0" target="n1"/><edge source="n1" target="n2"/></graph></graphml>'
)
GML = (
    'graph [ directed 1 node [ id 0 label "A" ] node [ id 1 label "B" ] node [ id 2 label "C" ]'
    " edge [ source 0 target 1 ] edge [ source 1 target 2 ] ]"
)


@pytest.mark.parametrize(
    ("name", "words"),
    [("m.csv", SQUARE), ("s.csv", SQUARE.replace("x", "0.5")), ("l.csv", LIST), ("g.graphml", GRAPHML),
     ("g.gml", GML), ("f.csv", LIST.replace("source,target", "from,to"))],
)  # fmt: skip
def test_arrows_need_their_direction(tmp_path, name, words):
    file = tmp_path / name
    file.write_text(words, encoding="utf-8")
    (problem,) = problems(lambda: tp.inputs.read_prerequisites(file))
    assert problem.code == "T136"
    assert "A needs B" in str(problem)
    assert "B needs A" in str(problem)
    for arrow, pairs in (("needs", [("A", "B"), ("B", "C")]), ("needed by", [("B", "A"), ("C", "B")])):
        found = tp.inputs.read_prerequisites(file, arrow=arrow)
        assert [edge[:2] for edge in edges_of(found)] == pairs
        assert found.technologies == ("A", "B", "C")
        assert len(graph_of(found).edges) == 2


def test_weak_strengths_are_left_out_and_counted(tmp_path):
    found = read(tmp_path, ",A,B,C\nA,,3,1\nB,0,,2\nC,,,\n", arrow="needs", least=1)
    assert [edge[:2] for edge in edges_of(found)] == [("A", "B"), ("B", "C")]
    assert found.dependencies["strength"].tolist() == [3, 2]
    assert "1 strengths of 1" in " ".join(map(str, found.notes))


def test_predecessor_and_successor_say_their_direction(tmp_path):
    found = read(tmp_path, "Predecessor,Successor\nA,B\nB,C\n")
    assert [edge[:2] for edge in edges_of(found)] == [("B", "A"), ("C", "B")]


# Ids of a work breakdown: numbers in a workbook, with a decimal comma as a Vietnamese Excel saves them.
WBS = [["1", ""], ["1.1", ""], ["1.2", "1.1"], ["1.3", "1.1;1.2"], ["2.1", "1.3"]]
WBS_EDGES = [("1.2", "1.1"), ("1.3", "1.1"), ("1.3", "1.2"), ("2.1", "1.3")]


def _number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell or None


def _wbs(folder, suffix, rows=WBS, heads=("WBS", "Predecessors"), number=_number):
    rows = [list(heads), *rows]
    if suffix in ("csv", "vi"):
        sign = ";" if suffix == "vi" else ","
        cells = [[cell.replace(".", ",") if suffix == "vi" else cell for cell in row] for row in rows]
        lines = [sign.join(f'"{cell}"' if sign in cell else cell for cell in row) for row in cells]
        file = folder / "wbs.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file
    file = folder / f"wbs.{suffix}"
    typed = [rows[0], *([number(cell) for cell in row] for row in rows[1:])]
    file.write_bytes(workbook(typed) if suffix == "xlsx" else open_document("".join(map(_row, typed))))
    return file


def _row(cells):
    """Return a row of an OpenDocument table."""
    said = [
        f'<table:table-cell office:value-type="float" office:value="{cell}"/>' if isinstance(cell, float)
        else f'<table:table-cell office:value-type="string"><text:p>{cell or ""}</text:p></table:table-cell>'
        for cell in cells
    ]  # fmt: skip
    return f"<table:table-row>{''.join(said)}</table:table-row>"


@pytest.mark.parametrize("suffix", ["csv", "vi", "xlsx", "ods"])
@pytest.mark.parametrize("first", [0, 1])
def test_numbers_of_a_work_breakdown_are_ids(tmp_path, suffix, first):
    found = tp.inputs.read_prerequisites(_wbs(tmp_path, suffix, WBS[first:]))
    assert [edge[:2] for edge in edges_of(found)] == WBS_EDGES
    assert any("ids here" in str(note) for note in found.notes) == (suffix != "csv")


def test_a_number_that_can_be_two_ids_is_told(tmp_path):
    """1.2 is the id where there is one; with the ids 1 and 2 alone it is a list that became a number."""
    both = [["1", ""], ["2", ""], ["1.2", "1"], ["3", "1.2"]]
    found = tp.inputs.read_prerequisites(_wbs(tmp_path, "xlsx", both))
    assert [edge[:2] for edge in edges_of(found)] == [("1.2", "1"), ("3", "1.2")]
    assert any("not for 1, 2" in str(note) for note in found.notes)
    (problem,) = problems(
        lambda: tp.inputs.read_prerequisites(_wbs(tmp_path, "xlsx", [["1", ""], ["2", "1"], ["3", "1.2"]]))
    )
    assert (problem.code, problem.edit.by) == ("T127", ("1;2",))
    unknown = problems(
        lambda: tp.inputs.read_prerequisites(_wbs(tmp_path, "xlsx", [["1.1", ""], ["1.2", "1.4"]]))
    )
    assert [problem.code for problem in unknown] == ["S303"]
    assert "1;4" not in str(unknown[0])


def test_of_two_columns_of_ids_the_one_that_links_name_counts(tmp_path):
    rows = [["1", "1", ""], ["2", "1.1", "1"], ["3", "1.2", "1,2"]]
    heads = ("ID", "WBS", "Predecessors")
    found = tp.inputs.read_prerequisites(_wbs(tmp_path, "csv", rows, heads))
    assert [edge[:2] for edge in edges_of(found)] == [("2", "1"), ("3", "1"), ("3", "2")]
    assert found.layout.left_out["name"].tolist() == ["WBS"]
    by_wbs = [[*row[:2], row[2].replace("1,2", "1.1").replace("2", "1.1")] for row in rows]
    found = tp.inputs.read_prerequisites(_wbs(tmp_path, "csv", by_wbs, heads))
    assert [edge[:2] for edge in edges_of(found)] == [("1.1", "1"), ("1.2", "1.1")]


# Successors, alone, beside predecessors, and in a list with a link a row.
@pytest.mark.parametrize(
    "heads",
    ["ID,Task Name,Successors", "Mã,Tên công nghệ,Cần cho", "ma,ten,Công việc sau", "id,name,needed by",
     "Task ID,Task,Immediate Successors", "id,name,Enables", "id,name,blocks", "id,name,Tiền đề cho"],
)  # fmt: skip
def test_successors_are_read_the_other_way_round(tmp_path, heads):
    found = read(tmp_path, f'{heads}\nA,Dig,"B; C"\nB,Lay,C\nC,Build,DSS+2 months\nD,Use,\n')
    assert edges_of(found) == [
        ("B", "A", "FS", 0, ""), ("C", "A", "FS", 0, ""), ("C", "B", "FS", 0, ""), ("D", "C", "SS", 2, ""),
    ]  # fmt: skip
    assert "what needs it" in str(found.layout)
    assert any("other way round" in str(note) for note in found.notes)


def test_both_columns_must_say_the_same(tmp_path):
    words = "ID,Predecessors,Successors\n1,,2;3\n2,1,3\n3,{},\n".replace(",{}", ',"{}"')
    found = read(tmp_path, words.format("1,2"))
    assert [edge[:2] for edge in edges_of(found)] == [("2", "1"), ("3", "1"), ("3", "2")]
    (problem,) = problems(lambda: read(tmp_path, words.format("1,2SS")))
    assert (problem.code, "3 -> 2" in str(problem.found)) == ("T137", True)
    one = read(tmp_path, words.format("1,2SS"), columns={"Successors": "left out"})
    assert edges_of(one)[-1][2] == "SS"
    other = read(tmp_path, words.format("1,2SS"), columns={"Predecessors": "left out"})
    assert edges_of(other)[-1][2] == "FS"


@pytest.mark.parametrize("cell", ["B or C", "B hoặc C", "(B or C), D"])
def test_alternatives_stand_beside_what_needs_them(tmp_path, cell):
    (problem,) = problems(lambda: read(tmp_path, f'id,successors\nA,"{cell}"\nB,\nC,\nD,\n'))
    assert (problem.code, problem.field) == ("T115", "needed_by")


@pytest.mark.parametrize(
    ("heads", "cells", "edge"),
    [
        ("Predecessor,Successor,Type,Lag", "A,B,SS,2 months", ("B", "A", "SS", 2, "")),
        ("Predecessor,Successor,Relationship Type,Lag (months)", "A,B,Finish-to-Finish,-3",
         ("B", "A", "FF", -3, "")),
        ("predecessor,successor,Quan hệ", "A,B,bắt đầu - bắt đầu", ("B", "A", "SS", 0, "")),
        ("ID,Predecessor,Successor,Type", "7,A,B,Start to Finish", ("B", "A", "SF", 0, "")),
        ("predecessor,successor,type", "A,B,hard", ("B", "A", "FS", 0, "")),
    ],
)  # fmt: skip
def test_a_list_of_links_says_relation_and_lag(tmp_path, heads, cells, edge):
    found = read(tmp_path, f"{heads}\n{cells}\n")
    assert edges_of(found) == [edge]
    assert ("hard" in cells) == (found.layout.left_out["name"].tolist() == ["type"])


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [("Predecessor,Successor,Type\nA,B,FS\nB,C,XX\n", "T113", "timing"),
     ("Predecessor,Successor,Lag\nA,B,2\n", "T110", "lag"),
     ("source,target,strength\nA,B,2\nB,C,much\n", "T113", "strength")],
)  # fmt: skip
def test_what_a_list_of_links_leaves_open_is_asked(tmp_path, words, code, field):
    (problem,) = problems(lambda: read(tmp_path, words, arrow="needs"))
    assert (problem.code, problem.field) == (code, field)
