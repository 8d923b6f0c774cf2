"""Mistakes that people make: each ends in an error of its kind, whose words name the cure.

Both languages are asked for, because a person reads them; a wrong argument never ends in an
``AttributeError``, a ``KeyError`` or a ``TypeError`` of pandas.
"""

import pandas as pd
import pytest

import techprio as tp

S = pd.DataFrame(
    {"readiness": [7.0, 8, 5], "cost": [90.0, 40, 60], "jobs": [120.0, 30, 80]},
    index=["Cold chain", "Data", "Dairy"],
)
D = {"readiness": "max", "cost": "min", "jobs": "max"}
W = {"readiness": 0.5, "cost": 0.3, "jobs": 0.2}
WITH_ID = S.reset_index(names="id")

#: What was done, the words that name the cure in English, and in Vietnamese.
MISTAKES = {
    "no directions": (lambda: tp.rank(S, W), "directions are missing: state maximize", "ghi maximize"),
    "booleans for directions": (
        lambda: tp.rank(S, W, directions=[True, False, True]), "maximize", "maximize"),
    "arguments swapped": (lambda: tp.rank(W, S, directions=D), "DataFrame", "DataFrame"),
    "an id column beside the scores": (
        lambda: tp.rank(WITH_ID, W, directions=D), "index of the table", "chỉ mục của bảng"),
    "a one-column DataFrame of weights": (
        lambda: tp.rank(S, pd.DataFrame({"weight": W}), directions=D), "column", "cột"),
    "a name that is nearly one": (
        lambda: tp.rank(S, W, "topsi", directions=D), "did you mean topsis?", "có phải ý là topsis?"),
    "a class for a method": (lambda: tp.rank(S, W, tp.Topsis, directions=D), "Topsis()", "Topsis()"),
    "the name of a study for a study": (lambda: tp.run("lai-chau"), "read_study", "read_study"),
    "an unknown direction": (lambda: tp.Criterion("cost", direction="up"), "maximize", "maximize"),
    "a scale of one point": (lambda: tp.Scale("linear", worst=0, best=0), "best", "best"),
    "a number for a catalogue": (lambda: tp.Study(1), "Catalog", "Catalog"),
    "a gate as a dict": (
        lambda: tp.rank(S, W, directions=D, gates={"criterion": "cost", "below": 50}), "Gate(", "Gate("),
    "edges as from, to": (
        lambda: tp.classify_roles(
            pd.DataFrame({"from": ["Dairy"], "to": ["Data"]}), pd.Series({"Dairy": 0.5, "Data": 0.5})
        ), "rename the columns", "đổi tên cột"),
    "a matrix for a ranking": (
        lambda: tp.weight_sensitivity(tp.DecisionMatrix(S, D), "cost"), "rank(", "rank("),
    "a simulation without directions": (lambda: tp.simulate(S, W), "state maximize", "ghi maximize"),
    "a result of a folder that is none": (
        lambda: tp.compare_runs("no-such-folder", "no-such-folder"),
        "the result of a run", "kết quả của một lần chạy"),
}  # fmt: skip


@pytest.fixture(params=["en", "vi"])
def language(request):
    tp.set_language(request.param)
    yield request.param
    tp.set_language(None)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_answered_with_the_cure(mistake, language):
    call, english, vietnamese = MISTAKES[mistake]
    with pytest.raises(tp.TechprioError) as caught:
        call()

    assert isinstance(caught.value, tp.InputError | tp.DataFileError)
    words = str(caught.value)
    assert (english if language == "en" else vietnamese) in words
    if language == "vi":
        assert words != caught.value.render("en"), "it is written in Vietnamese too"
        assert caught.value.to_dict()["message"]


def test_a_name_that_is_nearly_one_of_the_module(language):
    with pytest.raises(AttributeError, match="rank"):
        _ = tp.rnak
