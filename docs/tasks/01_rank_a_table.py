tp.rank(S, W, directions=D).to_frame()
