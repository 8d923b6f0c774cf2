"""Blank studies, the manual of columns, schemas for editors, and one form of a study into the other."""
