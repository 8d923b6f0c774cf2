"""Robustness of a ranking: Monte Carlo simulation, sensitivity, methods held against each other."""

from techprio.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
