"""Phases under budgets and staff: the plan, its robustness, monitoring and re-planning."""

from techprio.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
