robust = tp.simulate(S, W, directions=D, low=0.8 * S, high=1.2 * S, draws=10_000, seed=1, top=2)
robust.p_top()
robust.plot()
