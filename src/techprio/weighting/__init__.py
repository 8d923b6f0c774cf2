"""Weights of criteria: pairwise comparisons, other statements, the data, and figures that are given."""
