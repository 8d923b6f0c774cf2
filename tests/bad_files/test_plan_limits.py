"""Limits of a plan that cannot be used: each is a problem in words at its line, before anything is run."""

import re
from dataclasses import replace

import openpyxl
import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli.check import check
from techprio.phasing.feasibility import check_feasible
from techprio.study.snapshot import earlier_placements
from techprio.templates.writing import convert_study

FUND = "    per_year: {2027: 15, 2028: 28,"
END = 'sector_minimum: {"2026-2030": 2}'

# What is written, in front of which words of the file, code and field of the problem, words of it.
SEEN = {
    "outlays that do not sum to one": (FUND, "    outlays: [0.5, 0.4]\n", "Y205", "outlays", "add up to 0.9"),
    "a negative outlay": (FUND, "    outlays: [0.5, -0.5]\n", "Y207", "outlays[2]", "-0.5"),
    "outlays of the whole that do not sum to one": (
        "discount_rate:", "outlays: [0.7, 0.4]\n", "Y205", "outlays", "add up to 1.1",
    ),
    "a grant for nobody": (FUND, "    only_for: [CRS, AGR, LOG, XX9]\n", "R509", "only_for[4]", "XX9"),
    "a grant that pays for others": (FUND, "    only_for: [AGR]\n", "R510", "fund_local", "only AGR"),
    "a cap that ends before it begins": (
        FUND, "    caps: [{first_year: 2030, last_year: 2028, amount: 5}]\n", "Y205", "last_year", "2030",
    ),
    "a cap outside the horizon": (
        FUND, "    caps: [{first_year: 2018, last_year: 2020, amount: 5}]\n", "R503", "first_year", "2027",
    ),
    "a cap below zero": (
        FUND, "    caps: [{first_year: 2028, last_year: 2030, amount: -5}]\n", "Y207", "amount", "-5",
    ),
    "a rule of carry-over that is none": (
        "    carry_over: within phase", "    carry_over: two years\n", "Y208", "carry_over", "two years",
    ),
    "a start outside the horizon": (
        END, 'decisions: {fixed_start: {AGR02: "2040-07"}}\n', "R503", "AGR02", "2035-12",
    ),
    "a start inside a period": (
        END, 'decisions: {fixed_start: {AGR02: "2029-03"}}\n', "Y205", "AGR02", "2029-01, 2029-07",
    ),
    "rank classes that do not rise": (
        "discount_rate:", "rank_classes: [{up_to: 8, weight: 8}, {up_to: 4, weight: 3}, {weight: 1}]\n",
        "Y205", "rank_classes", "8, 4",
    ),
    "an unknown basis of cost": ("discount_rate:", "cost_basis: P90\n", "Y208", "cost_basis", "P80"),
}  # fmt: skip

CAPS = ("Funds", "local", "Caps over several years")
TWO_CAPS = "first_year=2028; last_year=2029; amount=500 | first_year=2030; last_year=2031; amount=-5"
OUTLAYS = ("Funds", "local", "Outlays by year of the project")
FALLING = "up_to=8; weight=8 | up_to=4; weight=3 | weight=1"

# In a workbook: sheet, row with this in its first cell or key, heading; what is written; code and words.
IN_CELLS = {
    "outlays that do not sum to one": (OUTLAYS, "0.5; 0.4", "Y205", "0.9"),
    "outlays of the whole that do not sum to one": (
        ("Resources", "outlays", "Value"), "0.7; 0.4", "Y205", "1.1",
    ),
    "a cap that ends before it begins": (CAPS, "first_year=2030; last_year=2028; amount=5", "Y205", "2030"),
    "a second cap that is below zero": (CAPS, TWO_CAPS, "Y207", "-5"),
    "a cap without its years": (CAPS, "250", "Y205", "a list"),
    "a grant for nobody": (("Funds", "local", "Only for"), "CRS; AGR; LOG; XX9", "R509", "XX9"),
    "a rule of carry-over that is none": (("Funds", "local", "Carry-over"), "two years", "Y208", "next year"),
    "a start outside the horizon": (
        ("Resources", "decisions/fixed_start", "Value"), "AGR02=2040-07", "R503", "2035-12",
    ),
    "rank classes that do not rise": (("Resources", "rank_classes", "Value"), FALLING, "Y205", "8, 4"),
    "an unknown basis of cost": (("Resources", "cost_basis", "Value"), "P90", "Y208", "P80"),
}  # fmt: skip

# The same, where the limits are sound one by one and no plan keeps them together: part of the line meant.
CLASHES = {
    "a cap below what a decision has started": (
        FUND, "    caps: [{first_year: 2027, last_year: 2030, amount: 35}]\n",
        'decisions: {fixed_start: {CRS01: "2027-07", CRS02: "2028-01"}}\n', "caps:",
        "Local budget for science and technology 2027-2030",
    ),
    "a cap below what one technology needs": (
        FUND, "    caps: [{first_year: 2027, last_year: 2032, amount: 0.1}]\n",
        'decisions: {fixed_start: {CRS01: "2027-07"}}\n', "CRS01", "CRS01 is to be placed",
    ),
    "a start that is too late": (
        END, "", 'decisions: {fixed_start: {AGR02: "2035-07"}}\n', "AGR02", "2028-07 to 2034-01",
    ),
    "a minimum that the money does not reach": (
        FUND, "    caps: [{first_year: 2027, last_year: 2030, amount: 0.3}]\n", "", "caps:", "sector minimum",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(copy_trimmed_study, tmp_path_factory):
    return copy_trimmed_study(tmp_path_factory.mktemp("limits"))


@pytest.fixture
def written(folder):
    """Give a function that writes words before others into the resources; they are as before afterwards."""
    file = next(folder.glob("**/resources.yaml"))
    before = file.read_text(encoding="utf-8")

    def write(*pairs):
        words = before
        for place, new in pairs:
            assert place in words
            taken = new.strip() if place.strip().startswith(new.strip().partition(":")[0]) else ""
            words = words.replace(place, f"    {taken}" if taken else new + place, 1)
        file.write_text(words, encoding="utf-8")
        return words.splitlines()

    yield write
    file.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("case", SEEN)
def test_a_limit_that_cannot_be_used_is_told_at_its_line(case, folder, written):
    place, new, code, field, words = SEEN[case]
    lines = written((place, new))
    problems = tp.inputs.check_study(folder)
    first = next(problem for problem in problems if problem.code == code)
    assert str(first.field).endswith(field)
    assert words in str(first)
    line = int(re.search(r"line (\d+)", str(first.place))[1])
    if first.file == "resources.yaml":
        assert new.strip().partition(":")[0] in lines[line - 1]
    with pytest.raises(tp.DataFileError) as refused:
        tp.read_study(folder)
    assert [str(one) for one in refused.value.problems] == [str(one) for one in problems]


@pytest.fixture(scope="module")
def book(folder, tmp_path_factory):
    return convert_study(folder, tmp_path_factory.mktemp("book") / "study.xlsx", language="en")


@pytest.mark.parametrize("case", IN_CELLS)
def test_the_same_in_a_workbook_is_told_at_its_cell(case, book, tmp_path):
    (sheet, row_of, heading), words, code, told = IN_CELLS[case]
    opened = openpyxl.load_workbook(book)
    headings = [cell.value for cell in opened[sheet][1]]
    row = next(cells for cells in opened[sheet].iter_rows() if row_of in [cell.value for cell in cells])
    cell = row[headings.index(heading)]
    cell.value = words
    opened.save(tmp_path / "study.xlsx")
    problems = tp.inputs.check_study(tmp_path / "study.xlsx")
    first = next(problem for problem in problems if problem.code == code)
    assert f"study.xlsx:{sheet}!{cell.coordinate}" in f"{first.file}:{first.place}"
    assert told in str(first)


@pytest.mark.parametrize("case", CLASHES)
def test_limits_that_no_plan_keeps_are_told_by_check(case, folder, written):
    place, new, decisions, meant, words = CLASHES[case]
    lines = written((place, new), (END, decisions)) if decisions else written((place, new))
    assert tp.inputs.check_study(folder) == []
    done = CliRunner().invoke(check, [str(folder), "--lang", "en"])
    assert done.exit_code == 1
    assert "[R511] resources.yaml" in done.output
    assert words in done.output
    line = int(re.search(r"resources\.yaml:line (\d+)", done.output)[1])
    assert meant in lines[line - 1]
    with pytest.raises(tp.InfeasibleError):
        check_feasible(tp.read_study(folder))


def test_a_list_with_technologies_that_the_study_does_not_have_is_told_line_by_line(trimmed_result, tmp_path):
    trimmed_result.save(tmp_path / "result", outputs=())
    study, catalog = trimmed_result.study, trimmed_result.study.catalog
    edges = catalog.dependencies
    gone = catalog.technologies.index.difference({*edges["technology"], *edges["requires"]})[0]
    fewer = replace(
        catalog,
        technologies=catalog.technologies.drop(index=gone),
        scores=catalog.scores[catalog.scores["technology"] != gone],
    )
    listed = (tmp_path / "result" / "priorities.csv").read_text(encoding="utf-8-sig").splitlines()
    line = next(number for number, words in enumerate(listed, start=1) if f",{gone}," in words)
    with pytest.raises(tp.DataFileError, match=f"line {line}.*{gone}") as refused:
        earlier_placements(tmp_path / "result", replace(study, catalog=fewer, status=None))
    assert len(refused.value.problems) == 1
    with pytest.raises(tp.DataFileError, match="the result of"):
        earlier_placements(tmp_path / "result", replace(study, id="another"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda study, plan: tp.plan_phases(study, keep=plan, epsilon=1.0), "epsilon"),
        (lambda study, plan: tp.plan_phases(study, keep=plan, epsilon=-0.1), "epsilon"),
        (lambda study, plan: tp.run(study, keep=plan, epsilon=float("nan")), "epsilon"),
        (lambda study, plan: tp.phasing.request_date(study, plan, "CRS01", "2040-01"), "by"),
        (lambda study, plan: tp.phasing.request_date(study, plan, "CRS01", "2028"), "by"),
        (lambda study, plan: tp.phasing.request_date(study, plan, "CRS99", "2030-01"), "CRS99"),
        (lambda study, plan: tp.compare_scenarios(study, ["start:CRS01=2040-01"]), "2035-12"),
        (lambda study, plan: tp.phasing.replacement_costs(study, plan, tolerance=0), "tolerance"),
        (lambda study, plan: tp.phasing.date_certainty(study, plan, draws=0), "draws"),
        (lambda study, plan: tp.phasing.plan_frontier(study, factors=[-1]), "factor"),
    ],
)
def test_arguments_out_of_range_are_refused_in_words(wrong, words, trimmed_result):
    with pytest.raises(tp.InputError, match=words):
        wrong(trimmed_result.study, trimmed_result.plan)
