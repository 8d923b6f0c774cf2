"""What values are worth, asked by bisection: out by workbook, back by every way, into criteria.yaml."""

import json
from dataclasses import replace

import docx
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli import main
from techprio.forms.halves import share_at, value_at
from techprio.forms.questions import halves_of, not_halved, pairs_of
from techprio.inputs.criteria import read_criteria
from techprio.inputs.diagnostics import Diagnostics

from ...answer_files import answers_text

GOOD = {"F3": {0.5: 20, 0.25: 40, 0.75: 8}, "J": {0.5: 100, 0.25: 10, 0.75: 800}}


@pytest.fixture
def asked(new_round, tmp_path):
    """Return a round that asks for values too."""
    return new_round(tmp_path / "asked", value_functions=True)


def by_workbook(a_round, code, said, name=None):
    form = a_round.form(code)
    for criterion, values in said.items():
        for worth, value in values.items():
            form.answer(f"half:{criterion}:{worth:g}", value)
    form.save(a_round.back / (name or f"{code}.xlsx"))


def by_page(a_round, code, said):
    answers = [
        {"q": f"half:{criterion}:{worth:g}", "value": value}
        for criterion, values in said.items()
        for worth, value in values.items()
    ]
    a_round.put_answers(code, answers=answers)


WAYS = pytest.mark.parametrize("put", [by_workbook, by_page])


def test_values_are_asked_only_where_wanted(a_round, asked):
    plain, with_values = (openpyxl.load_workbook(one.sent / "small-e1-r1.xlsx") for one in (a_round, asked))
    assert "Giá trị" not in plain.sheetnames
    assert "Giá trị" in with_values.sheetnames
    cells = [str(cell) for row in with_values["Giá trị"].iter_rows(values_only=True) for cell in row if cell]
    assert [cell for cell in cells if cell.startswith("half:")] == [
        "half:F3:0.5", "half:F3:0.25", "half:F3:0.75", "half:J:0.5", "half:J:0.25", "half:J:0.75",
    ]  # fmt: skip
    assert a_round.read().halves.empty
    shown = json.loads((asked.sent / "shown.json").read_text(encoding="utf-8"))
    assert shown["halves"]["criteria"] == ["F3", "J"]


@WAYS
def test_what_is_answered_is_what_is_read(put, asked):
    put(asked, "e1", GOOD)
    put(asked, "e2", {"F3": {0.5: 30}, "J": {0.5: "?"} if put is by_workbook else {}})
    found = asked.read()
    assert found.problems == ()
    table = found.halves[found.halves["value"].notna()].set_index(["expert", "criterion", "worth"])["value"]
    assert table.to_dict() == {
        ("e1", "F3", 0.5): 20, ("e1", "F3", 0.25): 40, ("e1", "F3", 0.75): 8, ("e1", "J", 0.5): 100,
        ("e1", "J", 0.25): 10, ("e1", "J", 0.75): 800, ("e2", "F3", 0.5): 30,
    }  # fmt: skip
    assert found.scales["F3"].points == {40: 0.25, 25: 0.5, 8: 0.75}
    assert found.scales["J"].points == {10: 0.25, 100: 0.5, 800: 0.75}
    assert found.scales["J"].transform == "log10"
    counts = found.progress.set_index("expert")[["halves", "halves_answered"]]
    assert counts.loc["e1"].tolist() == [6, 6]
    assert counts.loc["e2"].tolist() == [6, 1]


@WAYS
@pytest.mark.parametrize(
    ("said", "allowed", "proposal"),
    [
        ({0.5: 20, 0.25: 10, 0.75: 8}, "in this order from 60 to 0", "0.25: 20, 0.5: 10, 0.75: 8"),
        ({0.5: 20, 0.25: 20, 0.75: 8}, "in this order", ""),
        ({0.5: 20, 0.75: 8}, "alone or with those", "leave the quarters open"),
        ({0.25: 40, 0.75: 8}, "alone or with those", "add what is missing"),
    ],
)
def test_values_that_contradict_are_named_and_cost_their_criterion(put, said, allowed, proposal, asked):
    put(asked, "e1", {"F3": said, "J": GOOD["J"]})
    found = asked.read()
    (problem,) = found.problems
    words = problem.render("en")
    assert problem.code == "F613"
    assert problem.field == "F3"
    assert "e1" in words
    assert allowed in words
    assert proposal in words
    assert str(problem.place)  # the cell, or the place in the answer file
    assert set(found.halves["criterion"]) == {"J"}
    assert set(found.scales) == {"J"}
    assert found.progress.set_index("expert").loc["e1", "state"] == "incomplete"


@WAYS
@pytest.mark.parametrize("value", [60, 0, -3, 61, "viele"])
def test_a_value_off_the_scale_or_at_its_end(put, value, asked):
    put(asked, "e1", {"F3": {0.5: value}})
    (problem,) = asked.read().problems
    assert problem.code == "F603"
    assert problem.field == "F3 / 0.5"
    assert "0" in problem.render("en")
    assert "60" in problem.render("en")


@WAYS
@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({0.5: 60, 0.25: 40, 0.75: 8}, "0.25: 40, 0.75: 8"),
        ({0.5: 20, 0.25: 61, 0.75: 8}, "0.5: 20, 0.75: 8"),
    ],
)
def test_what_does_not_stand_without_a_refused_value_is_left_out_too(put, said, left, asked):
    put(asked, "e1", {"F3": said, "J": GOOD["J"]})
    found = asked.read()
    refused, rest = sorted(found.problems, key=lambda problem: problem.code)
    assert (refused.code, rest.code) == ("F603", "F613")
    assert left in rest.render("en")
    assert set(found.halves["criterion"]) == {"J"}


def test_quarters_of_the_round_before_fall_with_a_refused_half(asked, new_round, small_study, tmp_path):
    by_page(asked, "e1", GOOD)
    tp.forms.save_forms(small_study, asked.experts, asked.read(), tmp_path / "res")
    two = new_round(tmp_path / "2", before=tmp_path / "res", value_functions=True)
    by_workbook(two, "e1", {"F3": {0.5: 60}})
    found = two.read()
    assert {problem.code for problem in found.problems} == {"F603", "F613"}
    assert set(found.halves["criterion"]) == {"J"}


def test_a_row_under_the_mark_of_another_is_refused(asked):
    form = asked.form("e1")
    form.answer("half:F3:0.5", 20)
    one, other = (form.cell(f"half:F3:{worth}", "question") for worth in ("0.5", "0.25"))
    one.value, other.value = other.value, one.value
    form.save(asked.back / "e1.xlsx")
    (problem,) = asked.read().problems
    assert problem.code == "F612"
    assert "worth a quarter" in problem.render("en")


def test_a_range_counts_by_its_middle_on_the_scale(asked):
    by_workbook(asked, "e1", {"J": {0.5: "10-1000"}, "F3": {0.5: "10-30"}})
    found = asked.read()
    assert found.scales["J"].points == {100: 0.5}
    assert found.scales["F3"].points == {20: 0.5}


def test_what_is_written_is_read_back_by_the_reader_of_criteria(asked, small_study, tmp_path):
    by_page(asked, "e1", {"F3": {0.5: 20.5}, "J": {0.25: 10, 0.5: 33.3, 0.75: 800}})
    by_page(asked, "e2", {"J": {0.25: 11, 0.5: 100, 0.75: 900}})
    found = asked.read()
    tp.forms.save_forms(small_study, asked.experts, found, tmp_path / "out", language="vi")
    words = (tmp_path / "out" / "value-functions.yaml").read_text(encoding="utf-8")
    scales = [line for line in words.splitlines() if line.startswith("scale: ")]
    leaves = "".join(
        f"  - id: {name}\n    label: {name}\n    direction: {way}\n    unit: x\n    {scale}\n"
        for (name, way), scale in zip((("F3", "minimize"), ("J", "maximize")), scales, strict=True)
    )
    diagnostics = Diagnostics()
    read = read_criteria(f"id: small\nroot: root\ncriteria:\n{leaves}".encode(), "criteria.yaml", diagnostics)
    assert diagnostics.problems == []
    assert {leaf.id: leaf.scale for leaf in read.tree.leaves} == dict(found.scales)
    assert "logarit" in words
    back = docx.Document(tmp_path / "out" / "pages" / "e2.docx")
    assert "Mốc giá trị: 3 trên 6." in [paragraph.text for paragraph in back.paragraphs]


def test_a_later_round_shows_carries_and_checks_them_together(asked, new_round, small_study, tmp_path):
    by_page(asked, "e1", GOOD)
    by_page(asked, "e2", {"F3": {0.5: 30}})
    tp.forms.save_forms(small_study, asked.experts, asked.read(), tmp_path / "res")
    two = new_round(tmp_path / "2", before=tmp_path / "res", value_functions=True)
    shown = two.form("e1")
    assert shown.cell("half:J:0.5", "before").value == "100"
    by_workbook(two, "e1", {"F3": {0.5: 24}})
    found = two.read()
    assert found.problems == ()
    own = found.halves[found.halves["expert"] == "e1"].set_index(["criterion", "worth"])
    assert own["value"].to_dict()["F3", 0.5] == 24
    assert own["value"].to_dict()["F3", 0.25] == 40
    assert own["first"].to_dict()["F3", 0.5] == 20
    moved = found.movement[-1].set_index(["criterion", "worth"])["mean_move"]
    assert moved["F3", 0.5] == pytest.approx((36 / 60 - 40 / 60) / 2)
    by_workbook(two, "e1", {"F3": {0.5: 45}}, "e1-b.xlsx")  # beyond the quarter of the round before
    (problem,) = [one for one in two.read(prefer={"e1": "e1-b.xlsx"}).problems if one.code == "F613"]
    assert "0.25: 40, 0.5: 45" in problem.render("en")


def test_experts_agree_by_where_values_stand_on_the_scale():
    rule = tp.forms.ConsensusRule(apart=0.1)
    table = pd.DataFrame({"expert": list("abc"), "criterion": "J", "worth": 0.5, "value": [90.0, 100, 400]})
    scale = tp.Scale("ratio", 1, 10_000, "log10")
    table["share"] = [share_at(scale, value) for value in table["value"]]
    apart = tp.forms.delphi_changes(table.iloc[:0], table, rule=rule)
    near = table.assign(share=[share_at(scale, value) for value in (90, 100, 140)])
    assert not apart["agreed_after"].item()
    assert tp.forms.delphi_changes(table, near, rule=rule)["agreed_after"].item()
    assert value_at(scale, share_at(scale, 140.0)) == pytest.approx(140)


def with_scale(study, criterion, scale):
    """Return a study in which one criterion of the tree has another scale."""

    def changed(one):
        if one.id == criterion:
            return replace(one, scale=scale)
        return replace(one, children=tuple(changed(child) for child in one.children))

    tree = replace(study.criteria, heads=tuple(changed(one) for one in study.criteria.heads))
    return replace(study, catalog=replace(study.catalog, criteria=tree))


def test_a_criterion_with_an_ideal_is_not_asked_and_a_study_without_any_is_refused(small_study, tmp_path):
    ideal = with_scale(small_study, "F3", tp.Scale("ratio", 60, 0, ideal=[10]))
    assert {half.criterion for half in halves_of(ideal)} == {"J"}
    assert "F3" in not_halved(ideal)[0].render("en")
    assert not_halved(small_study) == []
    none = with_scale(ideal, "J", tp.Scale("ratio", 1, 10_000, ideal=[100]))
    with pytest.raises(tp.InputError, match="value_functions"):
        tp.forms.make_forms(none, [tp.forms.Expert("e1", "An", "g")], tmp_path / "r", value_functions=True)


def test_the_command_asks_where_it_is_told(tmp_path):
    (tmp_path / "experts.csv").write_text("expert,name,group,sectors\ne1,An,g,\n", encoding="utf-8")
    typed = ["forms", "make", "lai-chau", "--experts", str(tmp_path / "experts.csv"), "--lang", "en", "--out"]
    done = CliRunner().invoke(main, [*typed, str(tmp_path / "sent"), "--value-functions"])
    assert done.exit_code == 0, done.output
    assert "e1: 24 comparisons, about 5 min · 12 values, about 6 min" in done.output


def test_the_answer_of_somebody_who_was_not_asked_for_values(a_round, small_study):
    answers = [{"q": pair.key, "preferred": pair.one, "value": 3} for pair in pairs_of(small_study)]
    content = answers_text(a_round.fields("e2", [*answers, {"q": "half:J:0.5", "value": 100}]))
    a_round.put("e2.answers.json", content)
    (problem,) = a_round.read().problems
    assert problem.code == "F611"
