from pathlib import Path

import pandas as pd
import pytest

import techprio as tp

ROOT = Path(__file__).parents[3]
SECTORS = ("CRS", "AGR", "MIN", "ENE", "TOU", "PRO", "LOG")


@pytest.fixture(scope="session")
def instrument():
    return tp.inputs.read_instrument(ROOT / "criteria" / "circular17.yaml")


@pytest.fixture(scope="session")
def survey(instrument):
    return tp.inputs.read_survey(ROOT / "catalogs" / "lai-chau" / "survey.csv", instrument, sectors=SECTORS)


@pytest.fixture(scope="session")
def assessment(survey, instrument):
    return tp.assess_survey(survey, instrument)


@pytest.fixture
def pair():
    """An instrument of two groups, 60 and 40 points, with verified bounds and a least K."""
    return tp.survey.Instrument(
        "pilot",
        (tp.survey.PointGroup("R", 60), tp.survey.PointGroup("I", 40)),
        bounds=(tp.survey.ClassBound(1, 0), tp.survey.ClassBound(2, 40), tp.survey.ClassBound(3, 70, 0.65)),
        bounds_verified=True,
        extension="pilot-extension",
    )


@pytest.fixture
def table():
    """Make a survey of the pilot instrument from (firm, sector, year, R, I) rows."""

    def make(*rows, instrument=None):
        frame = pd.DataFrame(rows, columns=["firm", "sector", "year", "R", "I"])
        return frame if instrument is None else frame.assign(instrument=instrument)

    return make
