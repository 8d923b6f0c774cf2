"""Weights of criteria: from judgments, from answers, from data."""
