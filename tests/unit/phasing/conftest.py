"""A small study whose plans can be counted by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest

from techprio.language import NO_LABEL
from techprio.model.catalog import Catalog, Sector
from techprio.model.resources import Decisions, Fund, Phase, Resources, Staff
from techprio.phasing.model import PhasingModel, Prerequisite

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
    """Four years from 2027-01 in two phases, 10 a year, no staff limit, planned for the sum of values."""
    settings = {
        "id": "small",
        "start": "2027-01",
        "end": "2030-12",
        "phases": (Phase("first", 2027, 2028), Phase("second", 2029, 2030)),
        "funds": (Fund("local", NO_LABEL, dict.fromkeys(YEARS, 10.0)),),
        "discount_rate": 0.1,
        "objective": "value",
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


@pytest.fixture(scope="session")
def random_model():
    """Make small models that can be enumerated: a chain here and there, two funds and staff."""

    def make(seed, *, count=4, periods=4, tight=0.5):
        rng = np.random.default_rng(seed)
        earliest = rng.integers(0, 2, count)
        names = tuple(("budget", fund, year) for fund in ("local", "other") for year in range(periods))
        names += tuple(("staff", year) for year in range(periods))
        cost = rng.integers(0, 9, (2, count)).astype(float)
        people = rng.integers(0, 4, count).astype(float)
        load = np.zeros((len(names), count, periods))
        for row, name in enumerate(names):
            amount = people if name[0] == "staff" else cost[("local", "other").index(name[1])]
            load[row] = amount[:, None] * (np.arange(periods)[None, :] <= name[-1])
        reach = np.arange(1, periods + 1) / periods
        totals = (*cost.sum(axis=1), people.sum())
        capacity = np.concatenate([np.floor(tight * total * reach) for total in totals])
        return PhasingModel(
            ids=tuple(f"T{i}" for i in range(count)),
            gain=rng.integers(1, 9, count)[:, None] * 0.9 ** np.arange(periods)[None, :],
            earliest=earliest,
            latest=np.full(count, periods - 1),
            limits=names,
            load=load,
            capacity=capacity,
            prerequisites=(Prerequisite(count - 1, ((0, int(rng.integers(0, 2))),)),) if seed % 2 else (),
        )

    return make


@pytest.fixture(scope="session")
def all_plans():
    """Return every plan that a model allows."""

    def enumerate_plans(model):
        spans = [
            [-1, *range(first, last + 1)] for first, last in zip(model.earliest, model.latest, strict=True)
        ]
        plans = (np.array(plan) for plan in itertools.product(*spans))
        return [plan for plan in plans if not model.violations(plan)]

    return enumerate_plans
