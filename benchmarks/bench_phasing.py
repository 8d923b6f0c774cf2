"""Phasing and dependency graph: times, gaps and bounds on the shipped study and on large invented ones.

Run with ``OMP_NUM_THREADS=1 python benchmarks/bench_phasing.py``: processor seconds. A proven gap is part of
every row: a plan without its bound is no figure. The same rows in ``scipy.optimize.milp``, without list
schedule and warm start, take their turn beside ours.
"""

import platform
import resource
import time
from dataclasses import replace
from importlib.metadata import version

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

import techprio as tp
from techprio.dependencies.knockout import loss_matrix
from techprio.language import NO_LABEL
from techprio.model.catalog import Catalog, Sector
from techprio.model.resources import Fund, Phase, Resources, Staff
from techprio.phasing.case import make_case
from techprio.scoring import study_weights, technology_values

EDGE = ["technology", "requires", "kind", "timing", "lag_months", "share", "one_of", "confidence"]
YEARS = range(2026, 2036)


def timed(call):
    start = time.process_time()
    found = call()
    return found, time.process_time() - start


def plan_row(what, plan, seconds):
    phases = plan.placements["phase"].value_counts()
    counts = " + ".join(str(phases.get(phase.id, 0)) for phase in plan.resources.phases)
    left = len(plan.unplaced)
    print(
        f"| {what} | {seconds:.1f} s | {100 * plan.gap:.3f} % | {plan.value:.4f} | {plan.bound:.4f} | "
        f"{counts} | {left} | {plan.stopped_on} |",
        flush=True,
    )


def rigid(resources):
    return replace(resources, funds=tuple(replace(fund, carry_over="none") for fund in resources.funds))


def shipped():
    study = tp.example("lai-chau")
    study = replace(study, resources=replace(study.resources, objective="value"))
    weights = study_weights(study)
    values = technology_values(
        study, weights, tp.ranking.make_method(study.ranking.method, study.ranking.options)
    )
    for what, limits, options in (
        ("Lai Châu, carry-over, gap 0.5 %", study.resources, {}),
        ("Lai Châu, carry-over, gap 0.01 %", study.resources, {"gap": 1e-4, "time_limit": 300.0}),
        ("Lai Châu, rigid years, gap 0.5 %", rigid(study.resources), {}),
        ("Lai Châu, rigid years, gap 0.01 %", rigid(study.resources), {"gap": 1e-4, "time_limit": 300.0}),
    ):
        plan, seconds = timed(
            lambda limits=limits, options=options: tp.plan_phases(study, limits, values, **options)
        )
        plan_row(what, plan, seconds)
    plain(study, values)


def plain(study, values):
    """The same rows in scipy's solver, without list schedule and without warm start."""
    case = make_case(study.catalog, study.resources, values, excluded={})
    rows = case.rows
    found, seconds = timed(
        lambda: milp(
            -rows.cost,
            constraints=LinearConstraint(rows.matrix, rows.lower, rows.upper),
            bounds=Bounds(0, 1),
            integrality=np.ones(len(rows.cost)),
            options={"mip_rel_gap": 0.005, "time_limit": 120},
        )
    )
    starts = rows.starts(found.x)
    placed = int((starts >= 0).sum())
    value, bound = -found.fun, -found.mip_dual_bound
    print(
        f"| the same rows in scipy.optimize.milp, gap 0.5 % | {seconds:.1f} s | "
        f"{100 * (bound / value - 1):.3f} % | {value:.4f} | {bound:.4f} | {placed} in all | "
        f"{len(starts) - placed} | gap |"
    )


def invented(count, seed):
    """A catalogue of platforms, cores and others, in six sectors over ten years."""
    stream = np.random.default_rng(seed)
    platforms, cores = max(4, count // 12), count // 3
    kind = np.repeat([0, 1, 2], [platforms, cores, count - platforms - cores])
    sector = stream.integers(0, 6, count)
    hub = stream.permutation(1 / np.arange(1, platforms + 1) ** 0.8)
    hub /= hub.sum()
    edges = set()
    same = [[] for _ in range(6)]
    for i in range(1, platforms):
        if stream.random() < 0.35:
            edges.add((i, int(stream.integers(0, i))))
    for i in range(platforms, platforms + cores):
        edges |= {(i, int(j)) for j in stream.choice(platforms, stream.integers(1, 3), replace=False, p=hub)}
        if same[sector[i]] and stream.random() < 0.35:
            edges.add((i, int(stream.choice(same[sector[i]]))))
        same[sector[i]].append(i)
    for i in range(platforms + cores, count):
        if same[sector[i]] and stream.random() < 0.75:
            edges.add((i, int(stream.choice(same[sector[i]]))))
        if stream.random() < 0.3:
            edges.add((i, int(stream.choice(platforms, p=hub))))
    names = [f"T{i:05d}" for i in range(count)]
    cost = np.array([60, 30, 12])[kind] * np.exp(np.clip(stream.normal(0, 0.5, count), -0.8, 0.6))
    frame = pd.DataFrame(
        {
            "sector": [f"s{code}" for code in sector], "capex_mode": cost.round(2),
            "lead_mode": 6.0 * stream.integers(1, 6, count), "staff": stream.integers(0, 6, count) * 1.0,
            "trl_local": np.clip(np.round(stream.normal(7, 1.3, count)), 4, 9), "status": "none",
            "function": np.where(kind == 0, "enabling", "production_or_application"), "fund_local": 1.0,
        },
        index=pd.Index(names, name="id"),
    )  # fmt: skip
    table = [(names[a], names[b], "hard", "FS", 0, np.nan, "", np.nan) for a, b in sorted(edges)]
    sectors = tuple(Sector(f"s{code}", NO_LABEL) for code in range(6))
    catalog = Catalog(None, sectors, frame, pd.DataFrame(), pd.DataFrame(table, columns=EDGE))
    values = pd.Series(cost**0.7 * stream.uniform(0.4, 1.6, count), index=names)
    return catalog, values, invented_limits(frame)


def invented_limits(frame):
    per_year = float(frame["capex_mode"].sum()) / 20
    people = float(frame["staff"].sum()) / 14
    return Resources(
        id="large", start="2026-01", end="2035-12",
        phases=(Phase("2026-2030", 2026, 2030), Phase("2031-2035", 2031, 2035)),
        funds=(Fund("local", NO_LABEL, dict.fromkeys(YEARS, per_year)),),
        staff=Staff(NO_LABEL, dict.fromkeys(YEARS, people)),
        lead_factor={"none": 1.0}, earliest_start_months={4: 24, 5: 12, 6: 6}, period_months=12,
        objective="value",
    )  # fmt: skip


def large():
    for count, gap in ((500, 1e-3), (2000, 1e-3), (5000, 1e-3), (10_000, 1e-3)):
        catalog, values, limits = invented(count, 1)
        plan, seconds = timed(
            lambda c=catalog, v=values, r=limits, g=gap: tp.plan_phases(c, r, v, gap=g, time_limit=120.0)
        )
        plan_row(f"{count:,} invented technologies x 10 years, gap 0.1 %", plan, seconds)


def graphs():
    print("\n| what | processor time |\n| --- | ---: |")
    catalog, values, _ = invented(10_000, 2)
    names = list(catalog.technologies.index)
    graph, seconds = timed(lambda: tp.dependencies.build_graph(catalog.dependencies, names))
    print(f"| 10,000 technologies, {len(graph.edges):,} edges: checked and built | {seconds:.2f} s |")
    _, seconds = timed(lambda: loss_matrix(graph))
    print(f"| the knock-out table of technology x technology | {seconds:.2f} s |")
    lost, seconds = timed(
        lambda: tp.dependencies.knock_out_losses(graph, values, catalog.technologies["sector"])
    )
    print(f"| knock-out by sector | {seconds:.2f} s |")
    (carried, _), seconds = timed(lambda: tp.dependencies.shapley_values(graph, values))
    print(f"| unlocked value by Shapley, exact | {seconds:.2f} s |")
    assert abs(carried.sum() - values.sum()) < 1e-6 * values.sum()
    assert lost.shape == (10_000, 6)
    _, seconds = timed(lambda: tp.dependencies.find_critical_chain(graph, catalog.technologies["lead_mode"]))
    print(f"| levels, critical chain, slack | {seconds:.2f} s |")
    _, seconds = timed(lambda: tp.classify_roles(catalog, values))
    print(f"| roles, all of it | {seconds:.2f} s |", flush=True)


def sureness():
    study = tp.example("lai-chau")
    plan = tp.plan_phases(study)
    found, seconds = timed(lambda: tp.phasing.replacement_costs(study, plan, jobs=2))
    print(f"\n`tp.phasing.replacement_costs(study, plan, jobs=2)`: {found!r}, {seconds:.0f} s in all.")
    found, seconds = timed(lambda: tp.phasing.date_certainty(study, plan))
    print(f"`tp.phasing.date_certainty(study, plan)`: {found!r}, {seconds:.1f} s in all.")
    found, seconds = timed(lambda: tp.phasing.plan_influence(study, plan))
    print(f"`tp.phasing.plan_influence(study, plan)`: {found!r}, {seconds:.0f} s in all.")


def main():
    packages = ", ".join(f"{name} {version(name)}" for name in ("highspy", "scipy", "networkx", "numpy"))
    print(
        f"techprio {tp.__version__}, {packages}, Python {platform.python_version()}, {platform.machine()}\n"
    )
    print("| what | processor time | proven gap | value | bound | placed by phase | left out | stopped on |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    shipped()
    large()
    graphs()
    sureness()
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
