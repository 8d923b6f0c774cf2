"""The dependency graph and the roles that follow from it."""
