import csv
import io
import re

import pytest

from techprio.display.quantities import render
from techprio.reporting.lists import COLUMNS, plan_csv, priorities_csv, priority_table, statements_csv
from techprio.reporting.outline import report_sections
from techprio.reporting.sentences import run_sentences, technology_sentence
from techprio.reporting.workbook import Tables

NAMES = ["=1+1", "-Bơm nhiệt", "+Pin", "@Lab", '=HYPERLINK("http://x.invalid","xem")', "Bình thường"]


def _rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_technology_stands_once_with_ranks_from_one(run):
    rows = _rows(priorities_csv(run))
    assert list(rows[0]) == list(COLUMNS)
    assert sorted(row["id"] for row in rows) == sorted(run.study.catalog.technologies.index)
    for sector in run.study.catalog.sectors:
        ranks = [int(row["rank"]) for row in rows if row["sector"] == sector.code and row["rank"]]
        assert ranks == list(range(1, len(ranks) + 1))


def test_screened_technology_has_a_reason_and_no_rank(run):
    row = next(row for row in _rows(priorities_csv(run)) if row["id"] == "ENE05")
    assert (row["rank"], row["score"], row["p_top"], row["priority"], row["phase"]) == ("", "", "", "", "")
    assert row["reason"] == run.rankings["ENE"].screened["ENE05"].render("en")


def test_priority_is_the_first_k_and_months_are_plain(run):
    rows = _rows(priorities_csv(run))
    assert all((row["priority"] == "yes") == (row["rank"] in list("1234")) for row in rows)
    for row in rows:
        place = run.plan.placements.loc[row["id"]]
        assert (row["start"], row["operational"], row["phase"]) == (
            place["start"], place["operational"], place["phase"],
        )  # fmt: skip


def test_bytes_repeat_and_carry_a_mark(run, invented):
    content = priorities_csv(run)
    assert content == priorities_csv(invented())
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert plan_csv(run) == plan_csv(invented())


def test_names_that_look_like_formulas_are_quoted_and_numbers_are_not(invented):
    ids = ["AGR01", "AGR02", "AGR03", "AGR04", "AGR05", "AGR06"]
    odd = invented(rename=dict(zip(ids, NAMES, strict=True)))
    odd.rankings["AGR"].scores["AGR01"] = -0.5
    found = {row["id"]: row for row in _rows(priorities_csv(odd))}
    assert [found[name]["name_vi"] for name in ids] == [f"'{n}" for n in NAMES[:5]] + NAMES[5:]
    assert found["AGR01"]["score"] == "-0.5"


def test_evidence_is_the_weight_that_rests_on_sources(run):
    row = priority_table(run).set_index("id").loc["AGR01"]
    scores = run.study.catalog.scores.query("technology == 'AGR01' and evidence in ['A', 'B', 'C']")
    assert row["evidence"] == pytest.approx(run.weights.overall[list(scores["criterion"])].sum())


def test_limits_can_be_recomputed_from_the_plan_file(run):
    rows = _rows(plan_csv(run))
    placed = set(run.plan.placements.index[run.plan.placements["placed"]])
    assert {row["technology"] for row in rows} == placed
    spent = sum(float(row["spent_local"]) for row in rows if row["period"] < "2031")
    use = run.plan.budget_use.query("fund == 'local' and phase == '2026-2030'")
    assert spent == pytest.approx(use["used"].sum())
    cost = sum(
        float(v)
        for row in rows
        for k, v in row.items()
        if k.startswith("spent_") and row["technology"] == "AGR01"
    )
    assert cost == pytest.approx(run.study.catalog.technologies.at["AGR01", "capex_mode"])


def test_what_to_renew_first_follows_its_rule(trimmed_result):
    from techprio.reporting.list_tables import RENEWED, actions_table, printed_priorities

    frame = printed_priorities(trimmed_result)
    table = actions_table(frame)
    keys = [column.key for column in table.columns]
    listed = [row[keys.index("technology")] for row in table.rows]
    chosen = frame.set_index("technology").loc[listed]
    assert set(chosen["action_code"]) <= set(RENEWED)
    places = [{"firm": 0, "contested": 1}[word] for word in chosen["class_code"]]
    assert places == sorted(places)
    left = frame["action_code"].isin(RENEWED) & (frame["class_code"] == "firmly_not")
    assert f"; {left.sum()} more are firmly not priority" in str(table.notes[0])
    assert len(listed) == frame["action_code"].isin(RENEWED).sum() - left.sum()


def test_what_is_said_of_a_technology_is_the_same_in_list_workbook_document_and_on_request(run):
    said = run_sentences(run)
    rows = {row["id"]: row["statement"] for row in _rows(statements_csv(run, language="vi"))}
    assert rows == {name: words.render("vi") for name, words in said.items()}
    assert set(rows) == set(run.study.catalog.technologies.index)
    (sheet,) = [table for table in Tables.of(run).analysis if table.id == "statements"]
    labels = {id: run.study.catalog.label(id).en for id in said}
    labels |= {id: one.label.en for id, one in run.study.criteria.by_id.items()}
    for id, words in said.items():  # the sheet has the names without the codes behind them
        (stated,) = [row[2] for row in sheet.rows if row[1].vi.startswith(f"{id} ")]
        whole = words.render("en")
        for one, name in labels.items():
            whole = re.sub(rf"\b{one}\b", name, whole.replace(f"{name} ({one})", name))
        assert render(stated, "en") == whole
    (annex,) = [one for one in report_sections(run) if one.id == "annex-statements"]
    shown = [{render(row[2], "vi") for row in table.rows} for table in (annex.blocks[0].table, sheet)]
    assert shown[0] == shown[1]
    assert said["ENE01"] == technology_sentence(run, "ENE01")
