"""Questionnaires: made, collected, round after round."""

from techprio.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
