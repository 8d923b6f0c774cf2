import pandas as pd

import techprio as tp

names = ["ColdChain", "Data", "Dairy", "Tea"]
S = pd.DataFrame(
    {"readiness": [7.0, 8, 5, 6], "cost": [90.0, 40, 60, 30], "jobs": [120.0, 30, 80, 60]}, index=names
)
D = {"readiness": "max", "cost": "min", "jobs": "max"}
W = {"readiness": 0.5, "cost": 0.3, "jobs": 0.2}
E = pd.DataFrame({"technology": ["Dairy", "Tea", "Dairy"], "requires": ["ColdChain", "Data", "Data"]})
T = pd.DataFrame(
    {
        "sector": ["logistics", "digital", "farming", "farming"],
        "cost": [90.0, 40, 60, 30],
        "months": [18, 12, 12, 6],
    },
    index=names,
)
B = pd.DataFrame({"budget": [30.0] * 10}, index=range(2026, 2036))
values = pd.Series([0.6, 0.7, 0.4, 0.5], index=names)
judgments = pd.DataFrame(
    [
        ("An", "farms", "readiness", "cost", 3),
        ("An", "farms", "readiness", "jobs", 5),
        ("An", "farms", "cost", "jobs", 2),
        ("Binh", "firms", "cost", "readiness", 2),
        ("Binh", "firms", "readiness", "jobs", 3),
        ("Binh", "firms", "cost", "jobs", 5),
        ("Chi", "firms", "readiness", "cost", 2),
        ("Chi", "firms", "readiness", "jobs", 4),
        ("Chi", "firms", "cost", "jobs", 2),
    ],
    columns=["expert", "group", "preferred", "other", "strength"],
)
criteria = pd.DataFrame(
    [
        ("feasible", "goal", "", None, None),
        ("impact", "goal", "", None, None),
        ("readiness", "feasible", "max", 1, 9),
        ("cost", "feasible", "min", 100, 0),
        ("jobs", "impact", "max", 0, 150),
    ],
    columns=["criterion", "parent", "direction", "worst", "best"],
)
bodies = [
    '{"scores": {"A": {"x": 1, "y": 2}, "B": {"x": 2, "y": 1}}, "weights": {"x": 0.7, "y": 0.3},'
    ' "method": "topsis", "directions": {"x": "max", "y": "max"}}',
    '{"scores": {"A": {"x": 1, "y": 2}, "B": {"x": 2, "y": 1}}, "weights": {"x": 0.7, "y": 0.3},'
    ' "method": "topsi", "directions": {"x": "max", "y": "max"}}',
]
