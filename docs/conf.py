"""The documentation site: ``python -m sphinx -W docs build/docs``."""

import os

from techprio import __version__

project = "techprio"
author = "The techprio developers"
release = version = __version__
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
# Building the site runs the course, so that its pages show results; "off" leaves them out.
nb_execution_mode = os.environ.get("TECHPRIO_SITE_NOTEBOOKS", "force")
nb_execution_timeout = 600
nb_execution_in_temp = True
nb_execution_raise_on_error = True
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

# One page for the chain and one for each public module, made from their __all__: no name is left out.
PAGES = {
    "chain": ("techprio", "The chain"),
    "weighting": ("techprio.weighting", "Weights"),
    "ranking": ("techprio.ranking", "Rankings"),
    "robustness": ("techprio.robustness", "Robustness"),
    "dependencies": ("techprio.dependencies", "Dependencies and roles"),
    "phasing": ("techprio.phasing", "Phases and monitoring"),
    "survey": ("techprio.survey", "Survey of firms"),
    "inputs": ("techprio.inputs", "Reading and checking files"),
    "forms": ("techprio.forms", "Questionnaires"),
    "reporting": ("techprio.reporting", "Reports"),
    "errors": ("techprio.errors", "Errors"),
    "model": ("techprio.model", "Nouns and results"),
}


def write_reference(app: object) -> None:
    """Write the pages of the reference; a name that several modules show is described on the first page."""
    from importlib import import_module
    from pathlib import Path

    described: dict[str, str] = {}
    for page, (home, title) in PAGES.items():
        module = import_module(home)
        modules = {other for other, _ in PAGES.values()}
        names = [name for name in module.__all__ if f"{home}.{name}" not in modules]
        lines = [f"# {title}: `{home}`", "", str(module.__doc__), "", "```{eval-rst}"]
        for name in names:
            if name not in described:
                lines += describe(home, name, getattr(module, name))
        lines += ["```", ""]
        elsewhere = [f"`{name}` ({{doc}}`{described[name]}`)" for name in names if name in described]
        if elsewhere:
            lines += ["Also in this module: " + ", ".join(elsewhere) + ".", ""]
        described |= {name: page for name in names if name not in described}
        (Path(__file__).parent / "reference" / f"{page}.md").write_text("\n".join(lines), encoding="utf-8")


def describe(home: str, name: str, value: object) -> list[str]:
    """Return the directive of one name."""
    import inspect

    if not callable(value):  # a text or a dict has no docstring of its own; index.md describes it
        return []
    if not inspect.isclass(value):
        return [f".. autofunction:: {home}.{name}", ""]
    fields = getattr(value, "_fields", ())  # of a named tuple: its docstring describes them
    without = [f"   :exclude-members: {', '.join(fields)}"] if fields else []
    return [f".. autoclass:: {home}.{name}", "   :members:", *without, ""]


def write_course(app: object) -> None:
    """Write the notebooks of the course in both languages, with a page that lists them."""
    from pathlib import Path

    from techprio.study.examples import course_notebooks

    heads = {"en": "The course", "vi": "Khóa học"}
    for language, title in heads.items():
        folder = Path(__file__).parent / "course" / language
        folder.mkdir(parents=True, exist_ok=True)
        course = course_notebooks(language)  # type: ignore[arg-type]
        for name, notebook in course.items():
            (folder / name).write_text(notebook, encoding="utf-8")
        listed = [Path(name).stem for name in course]
        page = [f"# {title}", "", "```{toctree}", ":maxdepth: 1", "", *listed, "```", ""]
        (folder / "index.md").write_text("\n".join(page), encoding="utf-8")


def setup(app: object) -> None:
    """Write the reference and the course before the pages are read."""
    app.connect("builder-inited", write_reference)  # type: ignore[attr-defined]
    app.connect("builder-inited", write_course)  # type: ignore[attr-defined]
