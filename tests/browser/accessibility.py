"""What axe finds in the way of a person on a page that stands in the browser."""

from axe_playwright_python.sync_playwright import Axe

_AXE = Axe()


def barriers(page, *, colours_only=False):
    """Return the rule and the first element of everything that axe holds against a page."""
    # Lists of what passed are megabytes of a long page, and took most of the time.
    options = {"resultTypes": ["violations"]}
    if colours_only:
        options["runOnly"] = ["color-contrast"]
    found = _AXE.run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
