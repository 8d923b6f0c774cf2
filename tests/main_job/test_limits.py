"""The plan keeps every limit: recomputed from the files of a run alone, without techprio."""

import json
import re
from collections import Counter, defaultdict

import pytest
import yaml

from .conftest import read_rows

ROUNDING = 1e-6


def _month(text):
    return 12 * int(text[:4]) + int(text[5:7]) - 1


@pytest.fixture(scope="module")
def files(shipped_run):
    folder, _ = shipped_run
    inputs = folder / "inputs"
    return {
        "list": {row["id"]: row for row in read_rows(folder / "priorities.csv")},
        "plan": read_rows(folder / "plan.csv"),
        "edges": read_rows(inputs / "dependencies.csv"),
        "technologies": {
            row["id"]: row for path in inputs.glob("*/technologies.csv") for row in read_rows(path)
        },
        "resources": yaml.safe_load((inputs / "resources.yaml").read_text(encoding="utf-8")),
        "record": json.loads((folder / "run.json").read_text(encoding="utf-8")),
    }


def test_every_technology_stands_once_with_ranks_from_one(files):
    assert len(files["list"]) == 90
    assert set(files["list"]) == set(files["technologies"])
    by_sector = defaultdict(list)
    for row in files["list"].values():
        by_sector[row["sector"]].append(int(row["rank"]))
        assert row["role"] in ("platform", "core", "encouraged", "watch")
        assert row["reason"]
    assert len(by_sector) == 7
    for ranks in by_sector.values():
        # 1, 2, 2, 4: each rank is one more than the number of those ahead
        assert sorted(ranks) == [1 + sum(other < rank for other in ranks) for rank in sorted(ranks)]


def test_screen_shows_every_list(files, shipped_run):
    _, shown = shipped_run
    numbered = [line.split(maxsplit=1)[1] for line in shown.splitlines() if re.match(r" *\d+  ", line)]
    assert len(numbered) == len(files["list"])
    for row in files["list"].values():
        name = " ".join(row["name_vi"].split())
        assert any(line.startswith(name) for line in numbered), name  # in a pipe whole
    assert f"{100 * files['record']['phasing']['gap']:.2f}".replace(".", ",") in shown


def test_operational_is_start_plus_lead_and_inside_its_phase(files):
    resources = files["resources"]
    phases = {phase["id"]: phase for phase in resources["phases"]}
    placed = [row for row in files["list"].values() if row["phase"]]
    assert len(placed) > 60
    for row in placed:
        technology = files["technologies"][row["id"]]
        lead = float(technology["lead_mode"]) * resources["lead_factor"][technology["status"]]
        last_month = _month(row["start"]) + lead - 1
        assert last_month <= _month(row["operational"]) < last_month + 1
        assert (_month(row["start"]) - _month(resources["start"])) % resources["period_months"] == 0
        phase = phases[row["phase"]]
        assert phase["first_year"] <= int(row["operational"][:4]) <= phase["last_year"]
        wait = resources["earliest_start_months"][int(technology["trl_local"])]
        assert _month(row["start"]) >= _month(resources["start"]) + wait
        assert _month(row["operational"]) <= _month(resources["end"])


def test_no_technology_runs_before_its_hard_prerequisites_allow(files):
    checked = 0
    for edge in files["edges"]:
        dependent, other = files["list"][edge["technology"]], files["list"][edge["requires"]]
        if edge["kind"] != "hard" or not dependent["phase"]:
            continue
        assert other["phase"], f"{edge['technology']} is placed without {edge['requires']}"
        begins = "start" if edge["timing"] == "FS" else "operational"
        # An operational month is over when the next thing starts; two operational months compare as they are.
        over = 1 if edge["timing"] == "FS" else 0
        earliest = _month(other["operational"]) + over + int(edge["lag_months"])
        assert _month(dependent[begins]) >= earliest, edge
        checked += 1
    assert checked > 50


def test_money_of_each_fund_stays_within_its_cumulative_limit(files):
    spent = defaultdict(Counter)
    for row in files["plan"]:
        for fund in files["resources"]["budgets"]:
            spent[fund][int(row["period"][:4])] += float(row[f"spent_{fund}"])
    for fund, budget in files["resources"]["budgets"].items():
        if budget["limit"] != "hard":
            continue
        for phase in files["resources"]["phases"]:
            limit = used = 0.0
            for year in range(phase["first_year"], phase["last_year"] + 1):
                limit += budget["per_year"].get(year, 0)
                used += spent[fund][year]
                assert used <= limit + ROUNDING, (fund, year)
        assert sum(spent[fund].values()) > 0.5 * sum(budget["per_year"].values())


def test_all_costs_of_what_is_placed_are_in_the_plan(files):
    spent = defaultdict(float)
    for row in files["plan"]:
        spent[row["technology"]] += sum(
            float(value) for name, value in row.items() if name.startswith("spent_")
        )
    for name, row in files["list"].items():
        if row["phase"]:
            assert spent[name] == pytest.approx(float(files["technologies"][name]["capex_mode"]), abs=1e-6)
        else:
            assert name not in spent


def test_people_stay_within_the_trained(files):
    staff = files["resources"]["staff"]["per_year"]
    for year in staff:
        running = [
            row for row in files["list"].values() if row["phase"] and int(row["operational"][:4]) <= year
        ]
        needed = sum(float(files["technologies"][row["id"]]["staff"]) for row in running)
        assert needed <= sum(people for first, people in staff.items() if first <= year) + ROUNDING, year


def test_sector_minima_and_gap(files):
    operational = Counter(row["sector"] for row in files["list"].values() if row["phase"] == "2026-2030")
    for sector in ("AGR", "MIN", "ENE", "TOU", "PRO", "LOG"):
        assert operational[sector] >= files["resources"]["sector_minimum"]["2026-2030"]
    phasing = files["record"]["phasing"]
    assert phasing["value"] * (1 + phasing["gap"]) == pytest.approx(phasing["bound"], rel=1e-6)
    assert 0 <= phasing["gap"] <= 0.005
