"""The report of a study that shares nothing with the shipped one: codes, phases, funds, years, period."""

from dataclasses import replace

import pandas as pd
import pytest

import techprio as tp
from techprio.display.quantities import render
from techprio.language import Label
from techprio.model.study import RankingSettings, RobustnessSettings
from techprio.reporting.outline import report_sections
from techprio.reporting.workbook import Tables

OF_THE_SHIPPED_STUDY = ("half-year", "2026", "2031", "AGR", "W3", "Lai Chau", "local budget")


def elsewhere(method="topsis", carry_over="none"):
    tree = tp.CriteriaTree.from_frame(
        pd.DataFrame({"criterion": ["ready", "price"], "direction": ["max", "min"]})
    )
    names = ["na", "nb", "sa", "sb"]
    technologies = pd.DataFrame(
        {"sector": ["north", "north", "south", "south"], "cost": [10.0, 20, 5, 8], "months": [6, 12, 6, 6]},
        index=names,
    )
    scores = pd.DataFrame({"ready": [5, 6, 7, 8], "price": [10, 20, 5, 8]}, index=names)
    needs = pd.DataFrame({"technology": ["nb"], "requires": ["na"]})
    limits = tp.Resources.from_frame(
        pd.DataFrame({"grant": [20.0] * 4}, index=[2040, 2041, 2042, 2043]),
        start="2040-01",
        end="2043-12",
        phases={"first": (2040, 2041), "second": (2042, 2043)},
    )
    funds = tuple(replace(fund, carry_over=carry_over) for fund in limits.funds)
    study = tp.Study(
        tp.Catalog.from_frame(technologies, scores, tree, needs),
        id="elsewhere",
        title=Label("Nơi khác", "Elsewhere"),
        weights={"ready": 0.6, "price": 0.4},
        ranking=RankingSettings(method=method),
        robustness=RobustnessSettings(weights="uniform"),
        resources=replace(limits, funds=funds, period_months=12),
    )
    return tp.run(study, draws=20, seed=1)


def words(run):
    found = []
    for section in report_sections(run):
        found.append(render(section.title, "en"))
        for block in section.spoken("en"):
            if hasattr(block, "words"):
                found.append(render(block.words, "en"))
            found += table_words(block.table) if hasattr(block, "table") else []
    return found + [word for tables in Tables.of(run) for table in tables for word in table_words(table)]


def table_words(table):
    cells = [cell for row in table.printed("en") for cell in row]
    return [*table.heads("en"), *(render(note, "en") for note in table.notes), *cells]


@pytest.fixture(scope="module")
def found():
    return words(elsewhere())


def test_nothing_of_the_shipped_study_is_stated(found):
    said = " | ".join(found)
    assert [word for word in OF_THE_SHIPPED_STUDY if word in said] == []


def test_a_plan_by_years_is_called_so(found):
    assert any(line.startswith("Phases: a start in each year or none") for line in found)
    assert "roadmap by year" in found


def test_phases_funds_and_carry_over_are_those_of_the_study(found):
    assert {"Roadmap first", "Roadmap second", "first: used", "second: limit"} <= set(found)
    assert "Unspent money of a year cannot be used later, so the columns of the year bind." in found


def test_the_share_in_the_distance_is_of_topsis_only(found):
    assert "Share in the distance" in found
    assert "Share in the distance" not in words(elsewhere(method="weighted_sum"))
