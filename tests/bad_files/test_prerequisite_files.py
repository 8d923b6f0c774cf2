"""Prerequisites in one cell, circles, mixed codes, phases before their prerequisites."""

import pytest

import techprio as tp

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
    edges = list(table.dependencies.itertuples(index=False, name=None))
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
