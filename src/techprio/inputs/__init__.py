"""Files to model: every problem found, with its place."""
