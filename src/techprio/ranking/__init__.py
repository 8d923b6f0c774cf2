"""Rankings: methods, explanation of a pair, dominance."""

from techprio.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
