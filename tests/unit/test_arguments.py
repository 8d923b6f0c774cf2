"""Arguments are held against what a function declares: plain ones before the call, all when it failed."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.arguments import validated

CALLS = []


@validated
def plan(
    name: str, share: float = 0.5, count: int = 3, keep: bool = False,
    side: Literal["left", "right"] = "left", names: Sequence[str] = (),
    shares: Mapping[str, float] | None = None, limit: float | None = None,
    table: pd.DataFrame | None = None, *rest: float,
):  # fmt: skip
    CALLS.append(name)
    return 1 / len(name)


@pytest.fixture(autouse=True)
def calls():
    CALLS.clear()
    return CALLS


@pytest.mark.parametrize(
    "given",
    [
        {"share": np.float32(0.1)}, {"share": 1}, {"share": np.int64(1)}, {"share": float("inf")},
        {"count": np.int8(2)}, {"keep": np.True_}, {"names": pd.Index(["a"])}, {"names": np.array(["a"])},
        {"names": ("a",)},
        {"names": pd.Series(["a"])}, {"names": {"a": 1}.keys()}, {"shares": {"a": 1}}, {"limit": None},
        {"shares": pd.Series({"a": 1.0})}, {"side": "right"}, {"table": None}, {"side": np.str_("right")},
    ],
)  # fmt: skip
def test_what_is_meant_is_taken(given, calls):
    assert plan(np.str_("a"), **given) == 1.0
    assert calls == ["a"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": None}, "name; found nothing; allowed: a text"),
        ({"name": 5}, "name; found 5; allowed: a text"),
        ({"share": "0.5"}, "share; found '0.5'; allowed: a number"),
        ({"share": float("nan")}, "share; found nan; allowed: a number"),
        ({"share": np.float64("nan")}, "share; found nan; allowed: a number"),
        ({"share": True}, "share; found True; allowed: a number"),
        ({"share": 10**400}, "share; found 1000"),
        ({"count": 2.0}, "count; found 2.0; allowed: a whole number"),
        ({"count": True}, "count; found True; allowed: a whole number"),
        ({"count": 10**5000}, "count; found a whole number of 5001 digits; allowed: a whole number"),
        ({"keep": 1}, "keep; found 1; allowed: True, False"),
        ({"keep": "no"}, "keep; found 'no'; allowed: True, False"),
        ({"side": "Left"}, "side; found 'Left'; allowed: left, right; proposal: did you mean left\\?"),
        ({"side": None}, "side; found nothing; allowed: left, right"),
        ({"names": "abc"}, "names; found 'abc'; allowed: a sequence of texts"),
        ({"names": None}, "names; found nothing; allowed: a sequence of texts"),
        ({"names": np.zeros((2, 2))}, "names; found a table of 2 x 2; allowed: a sequence of texts"),
        ({"shares": ["a"]}, "shares; found \\['a'\\]; allowed: a mapping by name, nothing"),
        ({"limit": "none"}, "limit; found 'none'; allowed: a number, nothing"),
    ],
)
def test_what_is_not_meant_is_refused_before_the_call(given, words, calls):
    with pytest.raises(tp.InputError, match=words) as refused:
        plan(**{"name": "a", **given})
    assert calls == []
    assert refused.value.render("vi") != refused.value.render("en")


@validated
def gone_through_twice(
    names: Sequence[str], shares: Mapping[str, float], tables: Sequence[pd.DataFrame] = ()
):
    return (*names, *names), dict(shares), len([*tables]) + len([*tables])


@pytest.mark.parametrize(
    "names",
    [
        ["a", "b"], ("a", "b"), iter(["a", "b"]), (name for name in "ab"), map(str, "ab"),
        pd.Index(["a", "b"]),
        pd.Series(["a", "b"]), np.array(["a", "b"]), {"a": 1, "b": 2}.keys(),
    ],
    ids=lambda names: type(names).__name__,
)  # fmt: skip
def test_every_sequence_can_be_gone_through_twice(names):
    shares = pd.Series({"a": 0.5})
    found = gone_through_twice(names, shares=shares, tables=(pd.DataFrame() for _ in range(2)))
    assert found == (("a", "b", "a", "b"), {"a": 0.5}, 4)


class Foreign(list):
    """A column of another library than pandas, as it is recognised."""

    __dataframe__ = None


Foreign.__module__ = "elsewhere.frames"


def test_a_column_of_another_library_is_no_sequence():
    with pytest.raises(tp.InputError, match="names; found Foreign of elsewhere"):
        gone_through_twice(Foreign(["a"]), {})


def test_what_is_left_out_may_be_any_sequence():
    table = pd.DataFrame({"a": [1.0, 2], "b": [2.0, 1], "c": [1.0, 3]}, index=["X", "Y"])
    weights, directions = {"a": 0.4, "b": 0.4, "c": 0.2}, dict.fromkeys("abc", "max")
    wanted = tp.rank(table, weights, directions=directions, leave_out=["c"])
    for given in (iter(["c"]), pd.Index(["c"]), np.array(["c"]), {"c": 1}.keys()):
        found = tp.rank(table, weights, directions=directions, leave_out=given)
        assert found.scores.equals(wanted.scores)
    assert not wanted.scores.equals(tp.rank(table, weights, directions=directions).scores)


def test_all_that_is_wrong_is_named_at_once():
    with pytest.raises(tp.InputError) as refused:
        plan("a", "half", 2.5, side="middle")
    assert [problem.place for problem in refused.value.problems] == ["share", "count", "side"]


def test_what_is_not_plain_is_named_when_the_call_failed(calls):
    plan("a", table="no table")  # not looked at, and not needed
    with pytest.raises(tp.InputError, match="table; found 'no table'; allowed: DataFrame"):
        plan("", table="no table")
    assert calls == ["a", ""]
    with pytest.raises(ZeroDivisionError):
        plan("")


def test_a_missing_or_unknown_argument_is_said_by_python():
    with pytest.raises(TypeError, match="name"):
        plan(share=0.5)
    with pytest.raises(TypeError, match="nam"):
        plan(nam="a", share="half")
