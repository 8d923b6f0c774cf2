"""A caller's script that uses what stands behind the stages."""

import pandas as pd

import techprio as tp
from techprio.weighting import swing_weights

scores = pd.DataFrame({"readiness": [7.0, 8.0], "cost": [90.0, 40.0]}, index=["Cold chain", "Data"])
weights: tp.Weights = swing_weights({"readiness": 100, "cost": 50})
same: tp.Weights = tp.weighting.rank_order_centroid_weights(["readiness", "cost"])
method: tp.ranking.Method = tp.ranking.Vikor()
spread: tp.robustness.Around = tp.robustness.Around(spread=0.25)
graph: tp.dependencies.DependencyGraph = tp.dependencies.build_graph(
    pd.DataFrame({"technology": ["Data"], "requires": ["Cold chain"]}), ["Data", "Cold chain"]
)
settings: tp.dependencies.RoleSettings = tp.model.RoleSettings()
problem: type[tp.errors.Problem] = tp.inputs.Problem
