"""The report as one page for a browser, with the workshop in it."""
