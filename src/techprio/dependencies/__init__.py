"""Dependencies between technologies: the graph, the roles, the critical chain."""

from techprio.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
