"""A study of one sector whose priority is to reach a profile, small enough to be computed by hand."""

import pandas as pd

import techprio as tp
from techprio.model import ReferenceProfile

NAMES = ["A", "B", "C", "D"]
# Scores of the weighted sum with equal weights: 7, 6.5, 5.5, 2. The profile scores 6.
VALUES = pd.DataFrame({"yield": [9.0, 4.0, 6.0, 1.0], "ease": [5.0, 9.0, 5.0, 3.0]}, index=NAMES)
PROFILE = ReferenceProfile({"yield": 6, "ease": 6}, cut=0.6)


def study_of(rule, top=1):
    """Return a study of one sector with a panel of two groups, whose priority is to reach a profile."""
    rows = pd.DataFrame(
        [(name, c, VALUES.loc[name, c], VALUES.loc[name, c] - 1, VALUES.loc[name, c] + 1)
         for name in NAMES for c in VALUES], columns=["technology", "criterion", "value", "low", "high"],
    )  # fmt: skip
    tree = tp.CriteriaTree.from_frame(
        pd.DataFrame({"criterion": ["yield", "ease"], "direction": ["max", "max"]})
    )
    farms = pd.DataFrame({"sector": "farming"}, index=NAMES)
    catalog = tp.Catalog.from_frame(farms, rows, tree)
    # Those of e1 weigh yield 3 to 1, those of e2 ease 3 to 1; the panel weighs both alike.
    judged = pd.DataFrame(
        {"expert": ["e1", "e2"], "group": ["farmers", "traders"], "node": "root",
         "preferred": ["yield", "ease"], "other": ["ease", "yield"], "strength": [3.0, 3.0]}
    )  # fmt: skip
    panel = tp.Judgments(judged, {"root": ("yield", "ease")})
    return tp.Study(
        catalog, judgments=panel, reference=PROFILE,
        ranking=tp.model.RankingSettings("weighted_sum", {"normalization": "none"}, top=top, priority=rule),
        robustness=tp.model.RobustnessSettings(draws=200),
    )  # fmt: skip
