"""The documentation site: ``python -m sphinx -W docs build/docs``."""

from techprio import __version__

project = "techprio"
author = "The techprio developers"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["schema"]
html_theme = "furo"
html_title = "techprio"
html_static_path: list[str] = []
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
nitpicky = False

# One page a room, made from the list of public names, so that no name is left out.
ROOMS = {
    "study": ("The whole chain", ("techprio.study", "techprio.sliders")),
    "weights": ("Weights", ("techprio.weighting", "techprio.model.weights", "techprio.model.judgments")),
    "ranking": (
        "Ranking",
        (
            "techprio.ranking",
            "techprio.model.ranking",
            "techprio.model.dominance",
            "techprio.model.explanation",
        ),
    ),
    "robustness": ("How sure", ("techprio.robustness", "techprio.model.acceptability")),
    "dependencies": (
        "Dependencies and roles",
        ("techprio.dependencies", "techprio.model.roles", "techprio.model.critical_chain"),
    ),
    "phasing": (
        "Phasing and monitoring",
        ("techprio.phasing", "techprio.model.plan", "techprio.model.frontier", "techprio.model.scenarios"),
    ),
    "survey": (
        "Survey of firms",
        ("techprio.survey", "techprio.model.instrument", "techprio.model.assessment"),
    ),
    "reading": ("Reading files, blank studies", ("techprio.inputs", "techprio.templates")),
    "forms": ("Questionnaires", ("techprio.forms", "techprio.model.forms")),
    "errors": ("Errors", ("techprio.errors",)),
    "model": ("Nouns", ("techprio.model", "techprio.language")),
}


def write_reference(app: object) -> None:
    """Write the pages of the reference; each name stands in the first room that fits."""
    import inspect
    from pathlib import Path

    import techprio

    folder = Path(__file__).parent / "reference"
    left = dict(techprio._HOMES)
    for page, (title, modules) in ROOMS.items():
        mine = {name: home for name, home in left.items() if home.startswith(modules)}
        left = {name: home for name, home in left.items() if name not in mine}
        lines = [f"# {title}", "", "```{eval-rst}"]
        for name, home in mine.items():
            value = getattr(techprio, name)
            kind = "class" if inspect.isclass(value) else "function" if callable(value) else "data"
            lines += [f".. auto{kind}:: {home}.{name}", *(["   :members:"] if kind == "class" else []), ""]
        (folder / f"{page}.md").write_text("\n".join([*lines, "```", ""]), encoding="utf-8")
    if left:
        raise ValueError(f"no room in the reference for {', '.join(left)}")


def setup(app: object) -> None:
    """Write the reference before the pages are read."""
    app.connect("builder-inited", write_reference)  # type: ignore[attr-defined]
