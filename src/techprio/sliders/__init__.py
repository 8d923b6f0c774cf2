"""Sliders in a notebook: weights and thresholds move, ranks, roles and phases follow."""
