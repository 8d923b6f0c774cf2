from techprio.study.approved import approved_plan

__all__ = [
    "approved_plan",
]
