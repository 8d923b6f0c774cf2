"""Technologies that need each other: a fault, or, where the study says so, a bundle that starts as one."""

import shutil

import pandas as pd
import pytest

import techprio as tp

ONE, OTHER = "LOG02", "LOG01"


@pytest.fixture(scope="module")
def circle(copy_trimmed_study, tmp_path_factory):
    """Give a study in which LOG01 needs LOG02, which needs LOG01 already."""
    folder = copy_trimmed_study(tmp_path_factory.mktemp("circle"))
    file = folder / "dependencies.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    there = table[(table["technology"] == ONE) & (table["requires"] == OTHER) & (table["kind"] == "hard")]
    assert len(there) == 1
    back = there.assign(technology=OTHER, requires=ONE)
    table.loc[there.index, "lag_months"] = "0"
    pd.concat([table, back.assign(lag_months="0")]).to_csv(file, index=False, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(circle, tmp_path_factory):
    """Give the same study with the key that takes circles as bundles."""
    copy = tmp_path_factory.mktemp("bundle") / "mine"
    shutil.copytree(circle.parents[1], copy)
    file = copy / "catalogs" / circle.name / "study.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "cycles: bundle\n", encoding="utf-8")
    return file.parent


@pytest.fixture(scope="module")
def bundled(folder):
    return tp.read_study(folder)


def test_a_circle_is_a_fault_unless_it_is_said_to_be_a_bundle(circle):
    assert [problem.code for problem in tp.check_study(circle)] == ["S315"]


def test_members_of_a_bundle_start_together(bundled, tmp_path):
    assert bundled.catalog.cycles == "bundle"
    result = tp.run(bundled, draws=100)
    starts = result.plan.placements.loc[[ONE, OTHER], "start"]
    assert starts.iloc[0] == starts.iloc[1] != ""
    assert "cycles='bundle'" in result.plan.provenance.method
    assert result.chain.table.loc[ONE, "level"] == result.chain.table.loc[OTHER, "level"]
    written = result.save(tmp_path / "out", outputs=("workbook", "charts"))
    assert any(path.name == "dependencies.png" for path in written)
    assert tp.reporting.approved_plan(tmp_path / "out").placements.equals(result.plan.placements)


def _report(study, plan, state, start):
    status = pd.DataFrame(
        [(2029, ONE, state, start, "", 1.0)],
        columns=["year", "technology", "status", "start", "operational", "spent_local"],
    )
    return tp.monitor_plan(plan, status).technologies.set_index("technology")


def test_a_member_that_stops_blocks_the_others(bundled):
    plan = tp.plan_phases(bundled, gap=0.02)
    start = plan.placements.loc[ONE, "start"]
    table = _report(bundled, plan, "stopped", start)
    assert table.loc[ONE, "state"] == "stopped"
    assert table.loc[OTHER, "state"] == "blocked"
    assert table.loc[OTHER, "through"] == ONE


def test_a_member_that_is_put_off_takes_the_others_along(bundled):
    plan = tp.plan_phases(bundled, gap=0.02)
    table = _report(bundled, plan, "not started", "2031-01")
    assert table.loc[ONE, "start_expected"] == "2031-01"
    assert table.loc[OTHER, "start_expected"] == "2031-01"
    assert table.loc[OTHER, "through"] == ONE


def test_a_lag_inside_a_bundle_is_told_with_its_line(folder, tmp_path):
    shutil.copytree(folder.parents[1], tmp_path / "mine")
    file = tmp_path / "mine" / "catalogs" / folder.name / "dependencies.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    table.loc[table.index[-1], "lag_months"] = "6"
    table.to_csv(file, index=False)
    (problem,) = tp.check_study(file.parent)
    assert problem.code == "S327"
    assert str(problem.place) == f"line {len(table) + 1}"
