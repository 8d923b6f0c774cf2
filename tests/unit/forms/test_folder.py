"""A folder of returned forms: whose they are, which one counts, and no form stops another."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli import main
from techprio.errors import InputError
from techprio.forms.questions import scores_of


def files(found):
    return {row.file: row.state for row in found.files.itertuples()}


def codes(found):
    return [(problem.code, problem.file) for problem in found.problems]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"study": "other"}, "F602", "study"),
        ({"round": 2}, "F602", "round"),
        ({"expert": "e9"}, "F605", "expert"),
        ({"expert": "e3"}, "F607", "token"),  # the token of e2
        ({"token": "0" * 16}, "F607", "token"),
        ({"questions": "0" * 16}, "F608", "questions"),
    ],
)
def test_forms_of_others_are_refused(a_round, change, code, field):
    a_round.put_answers("e2", name="a.answers.json", **change)
    (problem,) = a_round.read().problems
    assert (problem.code, problem.file, problem.field) == (code, "a.answers.json", field)


@pytest.mark.parametrize("key", ["study", "round", "token", "questions", "expert"])
def test_marks_of_a_workbook_are_held_alike(a_round, key):
    form = a_round.form("e2").answer_all()
    row = next(row for row in form.book["techprio"].iter_rows() if row[0].value == key)
    row[1].value = "e3" if key == "expert" else "7"
    form.save(a_round.back / "a.xlsx")
    (problem,) = a_round.read().problems
    expected = {"study": "F602", "round": "F602", "token": "F607", "questions": "F608", "expert": "F607"}
    assert problem.code == expected[key]


def renamed(study, **names):
    """Return the study with other names of technologies."""
    technologies = study.catalog.technologies.copy()
    for technology, name in names.items():
        technologies.loc[technology, ["name_vi", "name_en"]] = name
    return replace(study, catalog=replace(study.catalog, technologies=technologies))


def test_a_reworded_technology_may_be_accepted(a_round, small_study, states):
    a_round.put_answers("e1")
    a_round.put_answers("e2")
    a_round.study = renamed(small_study, AGR01="Tưới tiết kiệm")
    found = a_round.read()
    (problem,) = found.problems
    assert (problem.code, str(problem.found)) == ("F608", "changed since: technology AGR01")
    assert "--accept-changes" in problem.render("en")
    assert states(found) == {"e1": "refused", "e2": "complete", "e3": "missing"}  # e2 was not shown it
    accepted = a_round.read(accept_changes=True)
    assert states(accepted)["e1"] == "complete"
    assert [str(note) for note in accepted.notes] == [
        "worded otherwise since the forms were sent: technology AGR01"
    ]


def test_exchanged_technologies_are_never_accepted(a_round, small_study):
    a_round.put_answers("e1")
    names = small_study.catalog.technologies[["name_vi", "name_en"]]
    one, other = names.loc["AGR01"].tolist(), names.loc["AGR02"].tolist()
    a_round.study = renamed(small_study, AGR01=other, AGR02=one)
    found = a_round.read(accept_changes=True)
    (problem,) = found.problems
    assert str(problem.found) == "changed since: technology AGR01, technology AGR02"
    assert "--accept-changes" not in problem.render("en")
    assert found.answers.empty


def test_another_scale_is_no_wording(a_round, small_study):
    a_round.put_answers("e2")
    tree = small_study.criteria
    risk = replace(tree.by_id["R"], scale=tp.Scale("ordinal", 9, 1))
    heads = tuple(risk if head.id == "R" else head for head in tree.heads)
    a_round.study = replace(
        small_study, catalog=replace(small_study.catalog, criteria=replace(tree, heads=heads))
    )
    (problem,) = a_round.read(accept_changes=True).problems
    assert (problem.code, str(problem.found)) == ("F608", "changed since: criterion R")


def test_answers_that_were_not_asked_enter_no_table(a_round, small_study):
    foreign = scores_of(small_study, tp.forms.Expert("x", "X", "g", ("LOG",)))[0].key
    fields = a_round.fields("e1")
    rows = [*fields["answers"], {"q": foreign, "value": 5}, {"q": 7, "value": 5}, "text"]
    a_round.put_answers("e1", answers=rows)
    found = a_round.read()
    assert [problem.code for problem in found.problems] == ["F611"] * 3
    assert "LOG01" not in set(found.answers["technology"])
    assert len(found.answers) == 15


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 99}, {"value": "4"}, {"value": True}, {"value": None}, {"value": 4, "low": 5, "high": 3},
        {"low": 2}, {"value": 2.2}, {"value": 10**400}, {"value": -(10**400)},
        {"value": float("nan")}, {"value": [4]},
    ],
)  # fmt: skip
def test_one_bad_score_in_a_file_costs_that_score(a_round, wrong, states):
    rows = a_round.fields("e1")["answers"]
    rows[6] = {"q": rows[6]["q"], **wrong}
    a_round.put_answers("e1", answers=rows)
    found = a_round.read()
    assert [problem.code for problem in found.problems] == ["F603"]
    assert len(found.answers) == 14
    assert states(found)["e1"] == "incomplete"


@pytest.mark.parametrize(
    "wrong",
    [{"preferred": "Q", "value": 3}, {"preferred": "F", "value": 1}, {"preferred": "F", "value": 10},
     {"value": 3}, {"preferred": "=", "value": 3}, {"preferred": None, "value": 3}],
)  # fmt: skip
def test_one_bad_comparison_in_a_file_costs_that_comparison(a_round, wrong):
    rows = a_round.fields("e2")["answers"]
    rows[0] = {"q": rows[0]["q"], **wrong}
    a_round.put_answers("e2", answers=rows)
    found = a_round.read()
    assert [problem.code for problem in found.problems] == ["F603"]
    assert len(found.comparisons) == 5


def test_first_answers_notes_and_help_are_kept(a_round):
    rows = a_round.fields("e2")["answers"]
    rows[0] = {"q": "pair:root:F:J", "preferred": "F", "value": 5, "first": 3, "first_preferred": "J",
               "after_help": True, "note": "điện"}  # fmt: skip
    rows[1] = {"q": rows[1]["q"], "value": None, "unknown": True, "note": ""}
    a_round.put_answers("e2", answers=rows, missing="Kho thóc")
    found = a_round.read()
    row = found.comparisons.iloc[0]
    assert (row["preferred"], row["strength"], row["first_preferred"], row["first"]) == ("F", 5, "J", 3)
    assert (row["after_help"], row["note"]) == (True, "điện")
    assert found.progress.set_index("expert").loc["e2", "unknown"] == 1
    assert found.suggestions.values.tolist() == [["e2", "Kho thóc"]]


def test_a_note_without_an_answer_is_kept_and_answers_nothing(a_round, states):
    rows = a_round.fields("e2")["answers"]
    rows[0] = {"q": rows[0]["q"], "note": "hỏi lại sở"}
    a_round.put_answers("e2", answers=rows)
    found = a_round.read()
    assert found.problems == ()
    assert len(found.comparisons) == 5
    assert states(found)["e2"] == "incomplete"
    said = [what.render("en") for what in found.doubtful["what"]]
    assert "a note without an answer: hỏi lại sở" in said


@pytest.mark.parametrize(("place", "first"), [(0, 500), (0, 0), (6, 9), (6, -1)])
def test_a_first_answer_off_the_scale_is_none(a_round, place, first):
    rows = a_round.fields("e1")["answers"]
    rows[place] = {**rows[place], "first": first}
    a_round.put_answers("e1", answers=rows)
    found = a_round.read()
    table, number = ("comparisons", "strength") if place == 0 else ("answers", "value")
    row = getattr(found, table).iloc[0]
    assert row["first"] == row[number]


@pytest.mark.parametrize(
    "path", ["tuần 1\\phiếu.xlsx", "./tuần 1/phiếu.xlsx", "tua\u0302\u0300n 1/phiếu.xlsx"]
)
def test_a_preference_is_written_as_a_shell_writes_paths(a_round, path, states):
    a_round.form("e2").answer_all(side="A").save(a_round.back / "tuần 1" / "phiếu.xlsx")
    a_round.form("e2").answer_all(side="B").save(a_round.back / "tuần 2" / "phiếu.xlsx")
    assert states(a_round.read(prefer={"e2": path}))["e2"] == "complete"


def test_two_different_forms_are_not_chosen_between(a_round, states):
    a_round.form("e2").answer_all(side="A").save(a_round.back / "tuần 1" / "phiếu.xlsx")
    a_round.form("e2").answer_all(side="B").save(a_round.back / "tuần 2" / "phiếu.xlsx")
    a_round.put_answers("e1")
    found = a_round.read()
    (problem,) = found.problems
    assert problem.code == "F606"
    assert "--prefer e2=tuần 2/phiếu.xlsx" in problem.render("en")
    assert states(found) == {"e1": "complete", "e2": "refused", "e3": "missing"}
    settled = a_round.read(prefer={"e2": "tuần 1/phiếu.xlsx"})
    assert settled.problems == ()
    assert files(settled)["tuần 2/phiếu.xlsx"] == "not_counted"
    assert states(settled)["e2"] == "complete"


@pytest.mark.parametrize(
    ("prefer", "allowed"),
    [
        ({"e9": "a.answers.json"}, "e1, e2, e3"),
        ({"e2": "none.xlsx"}, "b.answers.json"),
        ({"e2": "a.answers.json"}, "b.answers.json"),  # that of somebody else
        ({"e3": "a.answers.json"}, "there is none"),
    ],
)
def test_a_preference_that_names_nothing_is_an_error(a_round, prefer, allowed):
    a_round.put_answers("e1", name="a.answers.json")
    a_round.put_answers("e2", name="b.answers.json")
    with pytest.raises(InputError, match=allowed):
        a_round.read(prefer=prefer)


def test_a_name_that_two_folders_have_is_no_preference(a_round):
    for folder in "xy":
        a_round.put_answers("e1", name=f"{folder}/a.answers.json", sequence=ord(folder))
    with pytest.raises(InputError, match=r"x/a.answers.json, y/a.answers.json"):
        a_round.read(prefer={"e1": "a.answers.json"})


def test_the_same_form_twice_counts_once(a_round, states):
    a_round.put_answers("e1", name="a.answers.json")
    a_round.put_answers("e1", name="b.answers.json", sequence=2)
    found = a_round.read()
    assert found.problems == ()
    assert files(found) == {"a.answers.json": "read", "b.answers.json": "not_counted"}


def test_a_copy_to_be_continued_gives_way_to_the_final_one(a_round, states):
    rows = a_round.fields("e1")["answers"]
    a_round.put_answers("e1", name="a.answers.json", answers=rows[:3], state="partial")
    a_round.put_answers("e1", name="b.answers.json")
    found = a_round.read()
    assert files(found) == {"a.answers.json": "not_counted", "b.answers.json": "read"}
    assert states(found)["e1"] == "complete"


def test_a_later_final_of_one_device_is_proposed_and_not_taken(a_round):
    rows = a_round.fields("e1")["answers"]
    a_round.put_answers("e1", name="b.answers.json", sequence=2)
    a_round.put_answers("e1", name="a.answers.json", answers=rows[:3], sequence=1)
    found = a_round.read()
    (problem,) = found.problems
    assert "--prefer e1=b.answers.json" in problem.render("en")
    assert found.answers.empty


def test_somebody_who_is_not_on_the_list_leaves_nothing(a_round, tmp_path, small_study):
    for code in ("e1", "e2"):
        a_round.put_answers(code)
    out = tmp_path / "out"
    tp.forms.save_forms(small_study, a_round.experts, a_round.read(), out)
    (out / "mine.txt").write_text("stays", encoding="utf-8")
    assert (out / "pages" / "e1.docx").exists()
    assert (out / "agr" / "scores.csv").exists()
    a_round.experts = a_round.experts[1:]  # e1 withdrew
    found = a_round.read()
    assert codes(found) == [("F605", "small-e1-r1.answers.json")]
    tp.forms.save_forms(small_study, a_round.experts, found, out)
    assert not (out / "pages" / "e1.docx").exists()
    assert not (out / "agr" / "scores.csv").exists()
    assert (out / "mine.txt").exists()
    kept = "".join(path.read_text(encoding="utf-8") for path in out.rglob("*.csv") if path.stem != "files")
    assert "An" not in kept.replace("Answer", "")


def test_the_rest_is_read_beside_one_broken_form(a_round, new_round, tmp_path, small_study):
    experts = tuple(tp.forms.Expert(f"p{n:02}", f"Người {n}", f"g{n % 3}") for n in range(12))
    big = new_round(tmp_path / "twelve", experts=experts)
    for number, expert in enumerate(experts):
        form = big.form(expert.code).answer_all(degree=3 + number % 3)
        if number == 0:
            for key in ("side", "degree"):
                form.cell("pair:root:F:J", key).value = None
        if number == 1:
            sheet = form.book.copy_worksheet(form.book["So sánh cặp"])
            sheet.cell(6, 5).value = 9
        if number == 2:
            form.answer("pair:root:F:J", "A", "rất")
        form.save(big.back / f"{expert.code}.xlsx")
    found = big.read()
    states = found.progress.set_index("expert")["state"]
    assert list(states[:3]) == ["incomplete"] * 3
    assert set(states[3:]) == {"complete"}
    assert found.judgments["expert"].nunique() == 12
    assert [problem.code for problem in found.problems] == ["F610", "F603"]
    written = tp.forms.save_forms(small_study, experts, found, tmp_path / "out", language="en")
    assert sum(path.suffix == ".docx" for path in written) == 12


def test_tokens_need_the_key_of_the_folder(a_round, new_round, tmp_path, small_study):
    other = new_round(tmp_path / "other")
    assert other.made.key != a_round.made.key
    a_round.put_answers("e1", token=other.made.token("e1"))
    assert codes(a_round.read()) == [("F607", "small-e1-r1.answers.json")]
    record = json.loads((a_round.sent / "round.json").read_text(encoding="utf-8"))
    assert "key" not in record


@pytest.mark.parametrize(
    ("out", "said"),
    [("sent", "forms were made there"), ("back", "outside that of the"), ("back/res", "outside")],
)
def test_results_never_fall_into_the_forms(small_study, new_round, tmp_path, out, said):
    one = new_round(tmp_path)
    one.put_answers("e1")
    study = small_study.save(tmp_path / "study") or tmp_path / "study"
    experts = tmp_path / "experts.csv"
    experts.write_text(
        "expert,name,group\ne1,An,agencies\ne2,B,research\ne3,C,enterprises\n", encoding="utf-8"
    )
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    words = ["forms", "read", study, tmp_path / "back", "--sent", tmp_path / "sent", "--experts", experts]
    done = CliRunner().invoke(main, [*map(str, words), "--out", str(tmp_path / out), "--lang", "en"])
    assert done.exit_code != 0
    assert said in done.output
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
