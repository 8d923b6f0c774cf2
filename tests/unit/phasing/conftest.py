"""A small study whose plans can be counted by hand."""

import pandas as pd
import pytest

from techprio.language import NO_LABEL
from techprio.model.catalog import Catalog, Sector
from techprio.model.resources import Decisions, Fund, Phase, Resources, Staff

YEARS = range(2027, 2031)


def make_catalog(rows, needs=()):
    """Rows: id, sector, cost, lead, staff; needs: dicts of a dependency row."""
    frame = pd.DataFrame(rows, columns=["id", "sector", "capex_mode", "lead_mode", "staff"]).set_index("id")
    frame["fund_local"] = 1.0
    frame["trl_local"] = 9
    frame["status"] = "none"
    frame["function"] = "production_or_application"
    columns = ["technology", "requires", "kind", "timing", "lag_months", "share", "one_of", "confidence"]
    sectors = tuple(Sector(code, NO_LABEL) for code in dict.fromkeys(frame["sector"]))
    return Catalog(None, sectors, frame, pd.DataFrame(), pd.DataFrame(list(needs), columns=columns))


def make_resources(**changes):
    """Four years from 2027-01 in two phases, 10 a year, no staff limit."""
    settings = {
        "id": "small",
        "start": "2027-01",
        "end": "2030-12",
        "phases": (Phase("first", 2027, 2028), Phase("second", 2029, 2030)),
        "funds": (Fund("local", NO_LABEL, dict.fromkeys(YEARS, 10.0)),),
        "discount_rate": 0.1,
        "lead_factor": {"none": 1.0, "partial": 0.5, "operational": 0.0},
    }
    decisions = Decisions(
        **{key: changes.pop(key) for key in list(changes) if key in Decisions.__dataclass_fields__}
    )
    return Resources(**{**settings, "decisions": decisions, **changes})


@pytest.fixture
def catalog():
    return make_catalog


@pytest.fixture
def resources():
    return make_resources


@pytest.fixture
def fund():
    def make(amount, **settings):
        return Fund("local", NO_LABEL, dict.fromkeys(YEARS, float(amount)), **settings)

    return make


@pytest.fixture
def staff():
    def make(people, **settings):
        return Staff(NO_LABEL, dict.fromkeys(YEARS, float(people)), **settings)

    return make
