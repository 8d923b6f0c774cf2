"""Ranking methods and why a rank is what it is."""
