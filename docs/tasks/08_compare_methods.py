comparison = tp.compare_methods(S, W, ["topsis", "weighted_sum", "vikor"], directions=D)
comparison.to_frame()
comparison.agreement
