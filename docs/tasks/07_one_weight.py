walk = tp.weight_sensitivity(tp.rank(S, W, directions=D), "cost", top=2)
walk.crossings
walk.plot().figure.savefig("cost.png")
