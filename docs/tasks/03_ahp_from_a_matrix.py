weights = tp.ahp(pd.DataFrame([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]], index=list(D), columns=list(D)))
weights.overall
weights.consistency
