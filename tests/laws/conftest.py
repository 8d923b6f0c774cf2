"""Hypothesis for a run that everyone waits for: the same examples each time, no long shrinking.

``pytest --hypothesis-profile=search`` draws anew and shrinks what it finds.
"""

from hypothesis import Phase, settings

settings.register_profile("run", derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate])
settings.register_profile("search", deadline=None)
settings.load_profile("run")
