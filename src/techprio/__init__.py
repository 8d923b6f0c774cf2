"""techprio: technology prioritisation, from survey and judgments to ranked lists.

The names of this module are the chain from a study to its result. What stands behind a stage is in
its module: ``weighting``, ``ranking``, ``robustness``, ``dependencies``, ``phasing``, ``survey``,
``inputs``, ``forms``, ``reporting``, ``model``, ``errors``. A name is loaded when it is first used, so
that ``import techprio`` is quick.
"""

from techprio.lazy import attach

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = attach(__name__, __file__)
__all__ += ["__version__"]
