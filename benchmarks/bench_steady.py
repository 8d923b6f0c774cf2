"""The plan that stands still: processor seconds of canonical plan, keep, dates and certificate.

Run with ``OMP_NUM_THREADS=1 python benchmarks/bench_steady.py [certify] [large]``. Ranks and values are known
before the clock starts; a run of a study has them anyway.
"""

import platform
import sys
import time
from dataclasses import replace
from importlib.metadata import version

from bench_phasing import invented

import techprio as tp
from techprio.phasing.placement_costs import _continuous_bounds, _Search
from techprio.phasing.priority_plan import phase_numbers, weighed_case
from techprio.phasing.source import find_basis


def timed(what, call):
    start = time.process_time()
    found = call()
    print(f"| {what} | {time.process_time() - start:.1f} s |", flush=True)
    return found


def scaled(resources, *, money=1.0, staff=1.0):
    def times(per_year, factor):
        return {year: amount * factor for year, amount in per_year.items()}

    funds = tuple(
        replace(fund, per_year=times(fund.per_year, money)) if fund.hard else fund for fund in resources.funds
    )
    people = replace(resources.staff, per_year=times(resources.staff.per_year, staff))
    return replace(resources, funds=funds, staff=people)


def late(resources, plan, name):
    month = plan.placements.loc[name, "start"]
    decisions = replace(resources.decisions, not_before={name: f"{int(month[:4]) + 1}{month[4:]}"})
    return replace(resources, decisions=decisions)


def shipped():
    study = tp.example("lai-chau")
    basis = find_basis(study)
    known = {"excluded": basis.excluded, "priorities": basis.priorities}
    plan = timed(
        "Lai Châu: canonical plan, proofs and steadiness included",
        lambda: tp.plan_phases(study, None, basis.values, **known),
    )
    for what, change in (
        ("money - 1 %", {"money": 0.99}), ("money + 1 %", {"money": 1.01}),
        ("staff - 1 %", {"staff": 0.99}), ("money - 5 %", {"money": 0.95}),
    ):  # fmt: skip
        limits = scaled(study.resources, **change)
        timed(
            f"the same kept, {what}",
            lambda limits=limits: tp.plan_phases(study, limits, basis.values, keep=plan, **known),
        )
    for name in ("CRS02", "PRO15"):
        limits = late(study.resources, plan, name)
        timed(
            f"the same kept, {name} a year later",
            lambda limits=limits: tp.plan_phases(
                study, limits, basis.values, keep=plan, epsilon=0.02, **known
            ),
        )
    timed(
        "dates and money under 10,000 draws",
        lambda: tp.phasing.date_certainty(
            study, plan, values=basis.values, excluded=basis.excluded, draws=10_000
        ),
    )
    if "certify" in sys.argv:
        case = weighed_case(basis, node_limit=20_000, time_limit=60.0)
        search = _Search(case.model, case.rows, phase_numbers(case.data), len(study.resources.phases))
        timed("the continuous stage of the certificate", lambda: _continuous_bounds(search))
        timed(
            "what every other placement would cost",
            lambda: tp.phasing.replacement_costs(study, plan, values=basis.values, **known),
        )


def large():
    for count in (500, 2_000):
        catalog, values, limits = invented(count, 1)
        timed(
            f"{count:,} invented technologies x 10 years: canonical plan",
            lambda c=catalog, v=values, r=limits: tp.plan_phases(c, replace(r, objective="priority"), v),
        )


def main():
    packages = ", ".join(f"{name} {version(name)}" for name in ("highspy", "scipy", "numpy"))
    print(
        f"techprio {tp.__version__}, {packages}, Python {platform.python_version()}, {platform.machine()}\n"
    )
    print("| what | processor time |\n| --- | ---: |")
    shipped()
    if "large" in sys.argv:
        large()


if __name__ == "__main__":
    main()
