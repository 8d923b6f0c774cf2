tp.rank(S, W, tp.Topsis("minmax"), directions=D).ranks
tp.rank(S, W, "vikor", directions=D).ranks
