"""Which limits are passed, whether that is proved, and where it is said: before all else."""

from dataclasses import replace

import pandas as pd
import pytest

from techprio.model.products import PRODUCTS
from techprio.reporting.chapters.plan import roadmap
from techprio.reporting.checklist import checklist
from techprio.reporting.passed_limits import passed_limits
from techprio.reporting.products.compose import Wish, compose, possible_papers
from techprio.reporting.products.figures import figures_of
from techprio.reporting.products.files import cover_sheet
from techprio.reporting.products.matter import Matter

# What is used and needed beyond the limits of two years; what is said.
CASES = {
    "kept": ((0.0, 0.0), (0, 0), []),
    "below what counts": ((0.004, 0.0), (0, 0), []),
    "money": ((5.0, 2.0), (0, 0), ["5.00 billion VND above the limit, counted to the end of 2026"]),
    "people": ((-1.0, 0.0), (0, 12), ["the need is 12.0 above the limit at the end of 2027"]),
    "both": ((0.0, 3.0), (4, 1), ["counted to the end of 2027", "4.00 above the limit at the end of 2026"]),
}


def _plan(result, money, people):
    years = pd.Series([2026, 2027])
    budget = pd.DataFrame({"fund": "local", "year": years, "cumulative_limit": 10.0, "hard": False})
    budget["cumulative_used"] = budget["cumulative_limit"] + list(money)
    staff = pd.DataFrame({"year": years, "available": 20.0, "needed": [20.0 + one for one in people]})
    return replace(result.plan, budget_use=budget, staff_use=staff)


@pytest.mark.parametrize("case", CASES)
def test_the_worst_year_of_each_limit_is_said(case, trimmed_result):
    money, people, words = CASES[case]
    said = [one.render("en") for one in passed_limits(_plan(trimmed_result, money, people))]
    assert len(said) == len(words)
    assert all(one in sentence for one, sentence in zip(words, said, strict=True))
    assert list(passed_limits(None)) == []


@pytest.fixture
def over(trimmed_result):
    """A result whose plan passes a soft limit, with the proof that no plan keeps it or without one."""

    def make(proved=True):
        plan = trimmed_result.plan
        use = plan.budget_use.copy()
        use.loc[use.index[0], "cumulative_used"] = use["cumulative_limit"].iloc[0] + 5.0
        overrun = pd.DataFrame(
            [(use["fund"].iloc[0], int(use["year"].iloc[0]), 5.0, proved)],
            columns=["limit", "year", "amount", "proved"],
        )
        priorities = replace(plan.priorities, overrun=overrun)
        return replace(trimmed_result, plan=replace(plan, budget_use=use, priorities=priorities))

    return make


@pytest.mark.parametrize(
    ("proved", "words"), [(True, "It is proved that no plan"), (False, "It is not proved that no plan")]
)
def test_whether_it_is_proved_is_said_in_every_document(proved, words, over):
    run = over(proved)
    matter = Matter(run.study, figures_of(run))
    assert [one.en for one in matter.passed][-1].startswith(words)
    first = {"tom-tat", "du-thao", "to-trinh", "ke-hoach-nam", "phieu-viec"}
    assert first < set(PRODUCTS)
    for id in possible_papers(matter):
        paper = compose(id, matter, Wish())
        sheet = cover_sheet(paper, matter, "en")  # behind its name and what it is
        assert words in str(sheet.parts[2]), id
        if id in first:  # a submission names first what it is submitted under
            assert any(words in str(part) for part in paper.parts[:2]), id


def test_the_roadmap_of_the_report_begins_with_it(trimmed_result, over):
    points = checklist(trimmed_result)
    first, second, third, *_ = roadmap(over(), points)[0].blocks
    assert "above the limit" in str(first.words)
    assert "It is proved" in str(second.words)
    assert third == roadmap(trimmed_result, points)[0].blocks[0]
