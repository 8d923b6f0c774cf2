"""A run of the shipped catalogue with invented scores, roles and plan.

Reporting must print whatever a run says, so its tests do not need the real numbers; the
technologies, names, costs and dependencies are those of the catalogue.
"""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from techprio.dependencies.chain import transitive_reduction
from techprio.dependencies.graph import catalog_graph
from techprio.language import Label, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.catalog import Catalog, Sector
from techprio.model.criteria import CriteriaTree, Criterion
from techprio.model.plan import Plan
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.resources import Fund, Phase, Resources, Staff
from techprio.model.roles import Roles
from techprio.model.run import RunData
from techprio.model.scale import Scale
from techprio.model.study import RoleSettings, Study, ValueSettings
from techprio.model.weights import Weights
from techprio.ranking.topsis import Topsis

ROOT = Path(__file__).parents[3]
STUDY = ROOT / "catalogs" / "lai-chau"


def invented_run(*, seed=7, screened=("ENE05",), rename=None, sectors=None):
    generator = np.random.default_rng(seed)
    study = _study(rename or {}, sectors)
    weights = _weights(study, generator)
    rankings, acceptability = {}, {}
    for sector in study.catalog.sectors:
        rankings[sector.code], acceptability[sector.code] = _ranked(
            study, weights, sector, generator, screened
        )
    values = (
        pd.concat([r.scores for r in rankings.values()]).reindex(study.catalog.technologies.index).fillna(0.0)
    )
    roles = _roles(study, values, generator)
    plan = _plan(study, values, screened)
    return RunData(
        study=study,
        weights=weights,
        rankings=rankings,
        acceptability=acceptability,
        values=values,
        roles=roles,
        plan=plan,
        provenance=Provenance("0.1.0", "Topsis(normalization='reference')", 2026, study.inputs),
        notes=(text("found {found}", found="W1"),),
        options={"draws": 10_000, "seed": 2026},
    )


def _study(rename, chosen):
    plain = yaml.safe_load((STUDY / "study.yaml").read_text(encoding="utf-8"))
    sectors = tuple(
        Sector(s["code"], Label(**s["label"]), s["folder"], s.get("cross", False)) for s in plain["sectors"]
    )
    technologies = pd.concat(
        [pd.read_csv(STUDY / s.folder / "technologies.csv").assign(sector=s.code) for s in sectors]
    ).set_index("id")
    technologies = technologies.fillna({"partners": "", "plan_clauses": "", "sources": ""})
    for name, new in rename.items():
        technologies.loc[name, "name_vi"] = new
    scores = pd.concat([pd.read_csv(STUDY / s.folder / "scores.csv") for s in sectors], ignore_index=True)
    dependencies = pd.read_csv(STUDY / "dependencies.csv").assign(share=np.nan, one_of="", confidence=np.nan)
    known = dependencies["technology"].isin(technologies.index)
    known &= dependencies["requires"].isin(technologies.index)
    catalog = Catalog(
        _criteria(), sectors, technologies, scores.fillna({"note": ""}), dependencies[known],
        pd.read_csv(STUDY / "sources.csv").set_index("id"),
    )  # fmt: skip
    files = {f.relative_to(STUDY).as_posix(): f.read_bytes() for f in sorted(STUDY.rglob("*.*"))}
    return Study(
        id=plain["id"],
        title=Label(**plain["title"]),
        catalog=catalog,
        resources=_resources(),
        weights={leaf.id: 1.0 / len(catalog.criteria.leaves) for leaf in catalog.criteria.leaves},
        value=ValueSettings("score", ("F3",)),
        illustrative=True,
        inputs={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        files=files,
    )


def _criterion(plain):
    scale = plain.get("scale")
    return Criterion(
        id=plain["id"],
        label=Label(**plain["label"]),
        children=tuple(_criterion(child) for child in plain.get("children", ())),
        direction=plain.get("direction"),
        unit=str(plain.get("unit", "")),
        scale=Scale(**scale) if scale else None,
        field=plain.get("field", ""),
    )


def _criteria():
    plain = yaml.safe_load((ROOT / "criteria" / "lai-chau.yaml").read_text(encoding="utf-8"))
    return CriteriaTree(plain["id"], "root", tuple(_criterion(head) for head in plain["criteria"]))


def _resources():
    plain = yaml.safe_load((STUDY / "resources.yaml").read_text(encoding="utf-8"))
    funds = tuple(
        Fund(name, Label(**fund["label"]), fund["per_year"], fund["limit"] == "hard")
        for name, fund in plain["budgets"].items()
    )
    staff = Staff(Label(**plain["staff"]["label"]), plain["staff"]["per_year"])
    phases = tuple(Phase(p["id"], p["first_year"], p["last_year"]) for p in plain["phases"])
    return Resources(plain["id"], plain["start"], plain["end"], phases, funds, staff, illustrative=True)


def _weights(study, generator):
    tree = study.criteria
    local = {}
    for node, children in tree.hierarchy.items():
        shares = generator.dirichlet(np.full(len(children), 8.0))
        local.update({(node, child): share for child, share in zip(children, shares, strict=True)})
    heads = {head: local["root", head] for head in tree.hierarchy["root"]}
    overall = {
        leaf.id: heads[tree.head_of(leaf.id)] * local[tree.head_of(leaf.id), leaf.id] for leaf in tree.leaves
    }
    experts = [f"e{k:02d}" for k in range(1, 13)]
    drawn = generator.dirichlet(40 * np.array(list(overall.values())), size=12)
    consistency = pd.DataFrame(
        [
            {"expert": e, "node": node, "n": len(c), "lambda_max": len(c) * 1.02, "ci": 0.01,
             "cr": float(generator.uniform(0, 0.14)), "gci": 0.05, "complete": True}
            for e in ["group", *experts] for node, c in tree.hierarchy.items()
        ]
    )  # fmt: skip
    index = pd.MultiIndex.from_tuples(local, names=["node", "criterion"])
    return Weights(
        overall=pd.Series(overall),
        local=pd.Series(list(local.values()), index=index),
        consistency=consistency,
        by_expert=pd.DataFrame(drawn, index=experts, columns=list(overall)),
        by_group=pd.DataFrame(drawn[:3], index=["agencies", "science", "firms"], columns=list(overall)),
        method="AHP(priorities='eigenvector', aggregate='judgments')",
        hierarchy=tree.hierarchy,
        labels={c: criterion.label for c, criterion in tree.by_id.items()},
    )


def _ranked(study, weights, sector, generator, screened):
    matrix = study.catalog.decision_matrix(sector.code)
    out = {name: text("found {found}", found="F6") for name in screened if name in matrix.alternatives}
    kept = matrix.without(*out) if out else matrix
    names = list(kept.alternatives)
    scores = pd.Series(
        np.sort(generator.uniform(0.2, 0.85, len(names)))[::-1][generator.permutation(len(names))], names
    )
    ranks = scores.rank(ascending=False, method="min").astype(int)
    size = len(names)
    places = np.arange(1, size + 1)
    closeness = np.exp(-np.abs(ranks.to_numpy()[:, None] - places[None, :]) / 1.2)
    for _ in range(200):
        closeness /= closeness.sum(axis=1, keepdims=True)
        closeness /= closeness.sum(axis=0, keepdims=True)
    index = pd.DataFrame(closeness, index=names, columns=places)
    low = pd.Series((index.cumsum(axis=1) < 0.05).sum(axis=1) + 1, names)
    high = pd.Series((index.cumsum(axis=1) < 0.95).sum(axis=1).clip(upper=size - 1) + 1, names)
    ranking = Ranking(scores, ranks, (), kept, weights.overall, Topsis("reference").bind(kept), False, out)
    sure = RankAcceptability(
        index, (index * places).sum(axis=1), low, high, pd.DataFrame(0.5, index=names, columns=names),
        draws=10_000, seed=2026,
    )  # fmt: skip
    return ranking, sure


def _roles(study, values, generator):
    technologies = study.catalog.technologies
    names = technologies.index
    dependents = study.catalog.dependencies.query("kind == 'hard'")["requires"].value_counts()
    count = dependents.reindex(names).fillna(0)
    role = pd.Series(np.select([count >= 5, count >= 1], ["platform", "core"], "encouraged"), names)
    cross = pd.Series(np.where(technologies["sector"] == "CRS", "cross-sector", "own sector"), names)
    carried = values + 0.1 * count
    table = pd.DataFrame(
        {
            "sector": technologies["sector"], "role": role,
            "scope": cross.where(role == "platform", ""),
            "breadth": count / 3, "breadth_margin": count / 9, "own_loss": count / 40,
            "own_loss_margin": count / 6, "depth": 0.8 + count / 2, "depth_margin": (0.8 + count / 2) / 1.25,
            "certainty": generator.uniform(0.4, 1, len(names)), "own_value": values, "carried": carried,
            "difference": carried - values, "kept_value": (carried + values) / 2,
            "role_final": role, "role_reason": "",
        }
    )  # fmt: skip
    sectors = [s.code for s in study.catalog.sectors]
    loss = np.minimum(
        1, generator.uniform(0, 0.3, (len(names), len(sectors))) * count.to_numpy()[:, None] / 5
    )
    levels = _levels(study)
    return Roles(
        table, pd.DataFrame(loss, index=names, columns=sectors), RoleSettings(), draws=1000, levels=levels,
        labels={name: study.catalog.label(name) for name in names},
        edges=transitive_reduction(catalog_graph(study.catalog)),
        stated_edges=len(study.catalog.dependencies),
    )  # fmt: skip


def _levels(study):
    names = study.catalog.technologies.index
    hard = study.catalog.dependencies.query("kind == 'hard'")
    levels = pd.Series(0, names)
    for _ in range(len(names)):
        deeper = hard.assign(up=hard["requires"].map(levels) + 1).groupby("technology")["up"].max()
        levels = deeper.reindex(names).fillna(0).astype(int)
    return levels


def _month(start, months):
    total = int(start[:4]) * 12 + int(start[5:]) - 1 + months
    return f"{total // 12}-{total % 12 + 1:02d}"


def _plan(study, values, screened):
    technologies, resources = study.catalog.technologies, study.resources
    hard = study.catalog.dependencies.query("kind == 'hard'").groupby("technology")["requires"].agg(list)
    levels = _levels(study)
    finish, rows, reasons, spending, staff = {}, [], {}, [], []
    for place, name in enumerate(levels.sort_values(kind="stable").index):
        row = technologies.loc[name]
        lead = int(row["lead_mode"] * {"none": 1, "pilot": 0.8, "partial": 0.5}[row["status"]] + 0.5)
        ready = max([0, *(finish.get(j, 999) for j in hard.get(name, []))])
        start = -(-max(ready, 6 * (place % 5)) // 6) * 6
        placed = start + lead <= 102 and name not in screened and row["capex_mode"] < 3000
        operational = _month(resources.start, start + lead) if placed else ""
        if placed:
            finish[name] = start + lead
        phase = ("2026-2030" if operational <= "2030-12" else "2031-2035") if placed else ""
        rows.append(
            {"technology": name, "sector": row["sector"], "phase": phase,
             "start": _month(resources.start, start) if placed else "", "operational": operational,
             "lead_months": lead, "straddles": placed and start < 42 < start + lead, "value": values[name],
             "cost": row["capex_mode"], "placed": placed}
        )  # fmt: skip
        reasons[name] = text("did you mean {name}?", name=name)
        if placed:
            halves = max(1, -(-lead // 6))
            for k in range(halves):
                for fund in resources.funds:
                    amount = row["capex_mode"] * row[f"fund_{fund.id}"] / halves
                    spending.append((name, _month(resources.start, start + 6 * k), fund.id, amount))
            staff.append((name, _month(resources.start, (start + lead) // 6 * 6), float(row["staff"])))
    placements = pd.DataFrame(rows).set_index("technology").loc[technologies.index]
    spent = pd.DataFrame(spending, columns=["technology", "period", "fund", "amount"])
    people = pd.DataFrame(staff, columns=["technology", "period", "people"])
    return Plan(
        placements, reasons, spent, people, _budget_use(resources, spent), _staff_use(resources, people),
        value=31.2, bound=31.3, gap=0.003, status="optimal", stopped_on="gap", resources=resources,
        labels={name: study.catalog.label(name) for name in technologies.index},
        sectors={sector.code: sector.label for sector in study.catalog.sectors},
    )  # fmt: skip


def _budget_use(resources, spent):
    yearly = spent.assign(year=spent["period"].str[:4].astype(int)).groupby(["fund", "year"])["amount"].sum()
    rows = []
    for fund in resources.funds:
        for phase in resources.phases:
            limit_sum = used_sum = 0.0
            for year in range(max(2027, phase.first_year), phase.last_year + 1):
                limit, used = fund.per_year[year], float(yearly.get((fund.id, year), 0.0))
                limit_sum, used_sum = limit_sum + limit, used_sum + used
                rows.append((fund.id, phase.id, year, limit, used, limit_sum, used_sum, fund.hard))
    columns = ["fund", "phase", "year", "limit", "used", "cumulative_limit", "cumulative_used", "hard"]
    return pd.DataFrame(rows, columns=columns)


def _staff_use(resources, people):
    yearly = people.assign(year=people["period"].str[:4].astype(int)).groupby("year")["people"].sum()
    available = pd.Series(resources.staff.per_year).cumsum()
    needed = yearly.reindex(available.index).fillna(0).cumsum()
    return pd.DataFrame({"year": available.index, "available": available.values, "needed": needed.values})
