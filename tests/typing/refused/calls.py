"""Calls that cannot work."""

import techprio as tp

study = tp.example("lai-chau")
matrix = study.catalog.decision_matrix("AGR")
weights = tp.ahp(study.judgments)
ranking = tp.rank(matrix, weights)

tp.rank(1, 2, nonsense=3)  # E: call-arg
tp.rank(matrix, weights, tp.Topsis)  # E: arg-type
tp.rank(matrix, weights, tp.Topsis(), {"a": "max"})  # E: call-arg
tp.Topsis(vector=True)  # E: call-arg
tp.run("lai-chau")  # E: arg-type
tp.run(study, 500)  # E: call-arg
tp.run(study, drwas=500)  # E: call-arg
tp.set_language("fr")  # E: arg-type
tp.Study(1)  # E: arg-type
tp.weight_sensitivity(matrix)  # E: arg-type
tp.simulate(matrix, weights, draws="many")  # E: arg-type
tp.monitor_plan(ranking)  # E: arg-type
tp.what_if(study, nonsense=1)  # E: arg-type
ranking.shwo()  # E: attr-defined
ranking.show(language="fr")  # E: arg-type
ranking.plot(languge="vi")  # E: call-arg
