"""Reading, checking, converting and starting studies and single files."""

from techprio.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
