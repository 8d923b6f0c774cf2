"""Charts: a table in, a matplotlib Axes out; one file a chart."""
