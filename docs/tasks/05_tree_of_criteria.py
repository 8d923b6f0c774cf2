tree = tp.CriteriaTree.from_frame(criteria)
weights = tp.ahp({"goal": {("feasible", "impact"): 2}, "feasible": {("readiness", "cost"): 3}}, criteria=tree)
tp.rank(S, weights, tp.Topsis("reference"), directions=tree)
