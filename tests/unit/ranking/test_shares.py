import pandas as pd

from techprio.ranking.shares import effective_shares


def test_effective_shares_square_the_weights():
    shares = effective_shares(pd.Series({"a": 0.5, "b": 0.25, "c": 0.25}), {"A": ["a"], "B": ["b", "c"]})
    assert shares.loc["A"].round(6).tolist() == [0.5, round(0.25 / 0.375, 6)]
