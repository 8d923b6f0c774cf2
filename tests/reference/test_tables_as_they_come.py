"""Tables of public projects, as they stand there, give the figures that were computed for them elsewhere.

The files and the projects they come from stand in ``odd_files.zip`` (``sources.json``); each number below was
computed with numpy or by hand from the file, or stands in the project. A case is named by its number there.
"""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

import techprio as tp

ARCHIVE = Path(__file__).parent / "data" / "odd_files.zip"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name[:1] in "23"])
    return folder


def refused(call):
    with pytest.raises(tp.DataFileError) as caught:
        call()
    return caught.value.problems


def test_202_side_and_degree_in_two_columns_on_two_levels(files):
    """ahp-multicriteria; numpy eigenvectors, the first respondent as printed there."""
    found = tp.inputs.read_pairwise(
        files / "202/survey.xlsx", tree={"env": ["nocons", "zepaozec", "zepayzec"]}
    )
    assert len(found.matrices) == 29
    group = tp.ahp(found.judgments)
    assert group.overall.to_dict() == pytest.approx(
        {"econ": .192356, "social": .259672, "nocons": .079723, "zepaozec": .138402, "zepayzec": .159636,
         "coste": .17021}, abs=1e-5,
    )  # fmt: skip
    consistency = group.consistency.query("kind == 'panel'").set_index("node")["cr"]
    assert consistency[next(iter(found.tree))] == pytest.approx(0.02152, abs=1e-5)
    names = ["econ", "social", "env", "coste"]
    first = tp.ahp(next(iter(found.matrices.values())).loc[names, names]).overall
    printed = {"econ": 0.575016, "social": 0.270537, "env": 0.041421, "coste": 0.113025}
    assert first.to_dict() == pytest.approx(printed, abs=1e-5)


def test_204_weights_and_types_in_rows(files):
    """pyrepo-mcda; TOPSIS by numpy, VIKOR of the six."""
    table = tp.read_score_table(files / "204/data.csv")
    assert table.directions == {"C1": "maximize", "C2": "minimize", "C3": "maximize", "C4": "maximize"}
    topsis = tp.rank(table.decision_matrix(), table.weights, "topsis")
    assert topsis.scores.to_dict() == pytest.approx(
        {"A1": .783461, "A2": .471562, "A3": .336315, "A4": .250826, "A5": .198368, "A6": .398963}, abs=1e-6
    )  # fmt: skip
    vikor = tp.rank(table.decision_matrix(), table.weights, "vikor")
    assert vikor.ranks.to_dict() == {"A1": 1, "A2": 5, "A3": 2, "A4": 6, "A5": 4, "A6": 3}
    assert table.layout.left_out.query("part == 'row'")["place"].tolist() == ["8", "9"]
    assert list(tp.read_score_table(files / "204/vi.csv").scores.index) == ["CN01", "CN02", "CN03"]
    answers = tp.inputs.read_answers(files / "204/answers.csv", scale=(1, 5))
    assert list(answers.table.index) == ["e1", "e2"]
    assert tp.inputs.read_weight_table(files / "204/weights.csv") == {"kinh tế": 0.3, "xã hội": 0.7}


def test_206_provinces_and_a_column_without_data(files):
    """PAPI 2021 in ml-mcdm; empty cells counted with pandas."""
    found = refused(lambda: tp.read_score_table(files / "206/papi2021.csv"))
    assert sorted(problem.field for problem in found) == ["P14", "P15", "P18", "SC52"]
    table = tp.read_score_table(files / "206/papi2021.csv", leave_out="empty")
    assert table.scores.shape == (60, 28)
    raw = pd.read_csv(files / "206/papi2021.csv", index_col=0)
    assert table.scores.equals(raw.loc[table.scores.index, table.scores.columns].astype(float))
    assert set(table.layout.left_out["name"]) == {"P14", "P15", "P18", "SC52"}


def test_208_one_respondent_in_two_parts(files):
    """An expert whose comparisons do not connect counts where it spoke, and is named."""
    judgments = tp.inputs.read_pairwise(files / "208/judgments.csv").judgments
    pooled = tp.ahp(judgments)
    assert any("e3" in str(note) for note in pooled.notes)
    without = tp.ahp(judgments, unconnected="leave_out")
    others = judgments.statements.query("expert != 'e3'")
    alone = tp.ahp(tp.Judgments(others, {"root": ("A", "B", "C", "D")}))
    assert without.overall.to_dict() == pytest.approx(alone.overall.to_dict())
    assert any("e3" in str(note) for note in without.notes)


def test_210_a_best_range_inside_the_scale(files):
    """Reference Ideal Method (Cables, Lamata, Verdegay 2016), as in the tests of JMcDM."""
    table = tp.read_score_table(files / "210/candidates.csv")
    ranges = [(23, 60), (0, 15), (0, 10), (1, 3), (1, 3), (1, 5)]
    ideals = [(30, 35), (10, 15), (0, 0), (3, 3), (3, 3), (4, 5)]
    scales = {
        name: tp.Scale("ratio", *ends, ideal=ideal)
        for name, ends, ideal in zip(table.scores, ranges, ideals, strict=True)
    }
    weights = dict(zip(table.scores, [0.2262, 0.2143, 0.1786, 0.1429, 0.119, 0.119], strict=True))
    matrix = tp.DecisionMatrix(table.scores, dict.fromkeys(table.scores, "max"), scales=scales)
    printed = {"A": 0.58663, "B": 0.75584, "C": 0.37163, "D": 0.46658, "E": 0.74015}
    assert tp.rank(matrix, weights, tp.Topsis("reference")).scores.to_dict() == pytest.approx(
        printed, abs=1e-5
    )


def test_211_several_rankings(files):
    """Arslan and Bircan 2020; what becomes of the four lists stands in ``test_rank_lists.py``."""
    lists = tp.read_score_table(files / "211/ranklists.csv").scores
    assert tp.weighting.kendall_w(lists.T).w == pytest.approx(0.920702, abs=1e-6)


def test_212_votes_of_three(files, tmp_path):
    """gluc/ahp, vacation; weighted geometric mean and eigenvector by numpy; the votes come from a file."""
    (tmp_path / "votes.csv").write_text("expert,weight\nP1,0.4\nP2,0.4\nP3,0.2\n", encoding="utf-8")
    votes = tp.inputs.read_weight_table(tmp_path / "votes.csv")
    judgments = tp.inputs.read_pairwise(files / "212/family.csv", votes=votes).judgments
    figures = {
        "judgments": {"Costs": .282761, "Fun": .425938, "Spa": .2913},
        "priorities_arithmetic": {"Costs": .330309, "Fun": .328055, "Spa": .341636},
    }  # fmt: skip
    for aggregate, wanted in figures.items():
        assert tp.ahp(judgments, aggregate=aggregate).overall.to_dict() == pytest.approx(wanted, abs=1e-6)
    equal = tp.ahp(tp.inputs.read_pairwise(files / "212/family.csv").judgments)
    assert equal.overall.to_dict() == pytest.approx(
        {"Costs": 0.246655, "Fun": 0.500498, "Spa": 0.252847}, abs=1e-6
    )


def test_213_only_the_order_of_importance(files):
    """drugis, getreal-ordinalWeights; P(new first) is 2/3 exactly, .6 with the lower two unordered."""
    table = tp.read_score_table(files / "213/problem.csv")
    ends = {"OS": (45, 65), "severe": (80, 0), "moderate": (40, 0)}
    scales = {name: tp.Scale("ratio", *both) for name, both in ends.items()}
    directions = {"OS": "max", "severe": "min", "moderate": "min"}
    matrix = tp.DecisionMatrix(table.scores, directions, scales=scales)
    for order, exact in ((["OS", "severe", "moderate"], 2 / 3), (["OS", ["severe", "moderate"]], 0.6)):
        drawn = tp.simulate(
            matrix, method=tp.WeightedSum("reference"), weight_distribution=tp.robustness.Ordered(order),
            score_distribution="fixed", draws=40_000, seed=1,
        )  # fmt: skip
        assert drawn.p_top(1)["new"] == pytest.approx(exact, abs=0.01)


def test_214_a_requirement_first(files):
    """scikit-criteria issue 24; min-max on the four that are left by numpy."""
    table = tp.read_score_table(files / "214/assets.csv")
    matrix = table.decision_matrix({"ROE": "max", "CAP": "max", "RI": "min"})
    ranking = tp.rank(
        matrix, {"ROE": 2, "CAP": 4, "RI": 1}, tp.WeightedSum("minmax"), gates=[tp.Gate("ROE", at_least=2)],
        normalize=True,
    )  # fmt: skip
    assert list(ranking.screened) == ["MM"]
    wanted = {"FN": 0.650794, "PE": 0.428571, "AA": 0.396825, "JN": 0.142857}
    assert ranking.scores.to_dict() == pytest.approx(wanted, abs=1e-6)


def test_216_hundreds_of_experts(files):
    """pyanp, CleanedNish recoded; weights by numpy."""
    found = tp.inputs.read_pairwise(files / "216/survey164.csv", minus_means="right")
    assert len(found.matrices) == 164
    wanted = {"BL": 0.130053, "ST": 0.218988, "GP": 0.090417, "QL": 0.409597, "BB": 0.150946}
    assert tp.ahp(found.judgments).overall.to_dict() == pytest.approx(wanted, abs=1e-6)


def test_301_a_catalogue_in_long_form(files):
    """Danish Energy Agency, storage; pivot of est = ctrl, year = 2030 in pandas."""
    mapping = {
        "sheet": "alldata_flat", "where": {"est": "ctrl", "year": 2030},
        "fields": {name: name for name in ("Specific investment", "Construction time", "Technical lifetime")},
    }  # fmt: skip
    values = tp.inputs.read_catalogue(files / "301/catalogue.xlsx", mapping).values
    wanted = {
        "161 CAES": [1.0634, 2.5, 40], "180 Lithium Ion Battery": [.6614348, .2, 25],
        "182 Na-S Battery": [.244582, .5, 24],
    }  # fmt: skip
    for name, row in wanted.items():
        assert values.loc[name].tolist() == pytest.approx(row), name
    assert len(refused(lambda: tp.read_score_table(files / "301/catalogue.xlsx", sheet="alldata_flat"))) == 1


def test_302_an_index_is_no_table_of_scores(files):
    (problem,) = refused(lambda: tp.read_score_table(files / "302/catalogue.xlsx", sheet="Index"))
    assert (problem.code, "Index" in str(problem.place)) == ("T130", True)


def test_303_predecessors_of_a_planning_tool(files):
    """A public building programme; the starts are those that the file prints, in working days."""
    found = tp.inputs.read_prerequisites(files / "303/export.csv", days="working")
    assert len(found.dependencies) == 63
    assert (found.dependencies["timing"] == "SS").sum() == 4
    graph = tp.dependencies.build_graph(found.dependencies, found.technologies)
    starts = tp.dependencies.find_critical_chain(graph, found.lead).table["earliest_start"] * 20
    printed = {"5": 31, "7": 39, "13": 6, "28": 81, "32": 95}
    assert {name: starts[name] for name in printed} == pytest.approx(printed)
    renamed = tp.inputs.read_prerequisites(files / "303/renamed.csv", days="working")
    assert len(renamed.dependencies) == 63
    (problem,) = refused(lambda: tp.inputs.read_prerequisites(files / "303/xed.csv"))
    assert problem.code == "T105"


def test_304_overlap_and_start_together(files):
    """By hand: 20 - 8 = 12, and 0 + 3 = 3."""
    edges = pd.read_csv(files / "304/dependencies.csv")
    leads = pd.read_csv(files / "304/leads.csv", index_col=0)["lead"]
    graph = tp.dependencies.build_graph(edges, list(leads.index))
    starts = tp.dependencies.find_critical_chain(graph, leads).table["earliest_start"]
    assert starts.to_dict() == {"DEV": 0, "TEST": 12, "PILOT": 3}


def test_307_a_scale_with_words_at_its_ends(files):
    """The answers of an online form, counted by hand."""
    columns = ["Q1 importance", "Q2 how well"]
    for name, asked in (("form-two-questions.csv", None), ("form.csv", columns)):
        found = tp.inputs.read_answers(files / "307" / name, scale=(1, 5), columns=asked)
        assert found.mean.to_dict() == pytest.approx(dict(zip(columns, (3.6, 2.3), strict=True)))
        assert found.counted.tolist() == [10, 10]
