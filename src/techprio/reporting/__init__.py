"""Reports: the files of a result and the blocks of a report of one's own."""

from techprio.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
