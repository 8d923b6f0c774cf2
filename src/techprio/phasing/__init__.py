"""Which technology starts when, under budgets, staff and prerequisites."""
