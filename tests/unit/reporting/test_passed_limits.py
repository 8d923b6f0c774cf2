"""Which limits are passed, of money and of people, and where it is said: before all else."""

from dataclasses import replace

import pandas as pd
import pytest

from techprio.reporting.chapters.plan import roadmap
from techprio.reporting.checklist import checklist
from techprio.reporting.passed_limits import passed_limits

# What is used and needed beyond the limits of two years; what is said.
CASES = {
    "kept": ((0.0, 0.0), (0, 0), []),
    "below what counts": ((0.004, 0.0), (0, 0), []),
    "money": ((5.0, 2.0), (0, 0), ["5.00 billion VND above the limit, counted to the end of 2026"]),
    "people": ((-1.0, 0.0), (0, 12), ["the need is 12.0 above the limit at the end of 2027"]),
    "both": ((0.0, 3.0), (4, 1), ["counted to the end of 2027", "4.00 above the limit at the end of 2026"]),
}


@pytest.mark.parametrize("case", CASES)
def test_the_worst_year_of_each_limit_is_said(case, trimmed_study):
    money, people, words = CASES[case]
    years = pd.Series([2026, 2027])
    budget = pd.DataFrame({"fund": "local", "year": years, "cumulative_limit": 10.0})
    budget["cumulative_used"] = budget["cumulative_limit"] + list(money)
    staff = pd.DataFrame({"year": years, "available": 20.0, "needed": [20.0 + one for one in people]})
    said = [one.render("en") for one in passed_limits(trimmed_study.resources, budget, staff)]
    assert len(said) == len(words)
    assert all(one in sentence for one, sentence in zip(words, said, strict=True))
    assert list(passed_limits(None, budget, staff)) == []


def test_the_roadmap_of_the_report_begins_with_it(trimmed_result):
    use = trimmed_result.plan.budget_use.copy()
    use.loc[use.index[0], "cumulative_used"] = use["cumulative_limit"].iloc[0] + 5.0
    over = replace(trimmed_result, plan=replace(trimmed_result.plan, budget_use=use))
    points = checklist(trimmed_result)
    first, second, *_ = roadmap(over, points)[0].blocks
    assert "above the limit" in str(first.words)
    assert second == roadmap(trimmed_result, points)[0].blocks[0]
