"""Weights: from judgments (AHP), as stated, or from the scores; how far the panel agrees."""

from techprio.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
