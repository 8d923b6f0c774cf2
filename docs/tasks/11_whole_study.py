catalog = tp.Catalog.from_frame(T, S, tree, E)
result = tp.run(tp.Study(catalog, weights=W, resources=limits, title="Lai Chau, short list"), seed=1)
result.save("results")
assert tp.run(tp.read_study("results/inputs"), seed=1) == result
