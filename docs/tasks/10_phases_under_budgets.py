limits = tp.Resources.from_frame(
    B,
    start="2026-01",
    end="2035-12",
    phases={"2026-2030": (2026, 2030), "2031-2035": (2031, 2035)},
)
plan = tp.plan_phases(T, limits, values, dependencies=E)
plan.to_frame()
plan.explain("Dairy")
plan.plot()
