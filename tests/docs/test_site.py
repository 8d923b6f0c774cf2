"""The documentation: no warning, code that runs, READMEs in step, a newcomer's path as typed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE = ("reference", "course")  # by docs/conf.py
PAGES = sorted(page for page in (ROOT / "docs").rglob("*.md") if not set(MADE) & set(page.parts))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT / "src"),
    "MPLBACKEND": "Agg",
    "PYTHONIOENCODING": "utf-8",
}


def blocks(path, kind):
    return [code for found, code in FENCE.findall(path.read_text(encoding="utf-8")) if found == kind]


def test_site_is_built_without_a_warning(tmp_path):
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-D",  # without the pages of source code, which take a third of the time and have no text of ours
        "extensions=myst_nb,sphinx.ext.autodoc,sphinx.ext.napoleon",
        str(ROOT / "docs"),
        str(tmp_path / "site"),
    ]
    # tests/notebooks runs them
    without_running = {**ENVIRONMENT, "TECHPRIO_SITE_NOTEBOOKS": "off"}
    done = subprocess.run(command, capture_output=True, text=True, env=without_running, timeout=600)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "reference" / "ranking.html").is_file()
    for language, words in (("en", "What comes when"), ("vi", "Việc nào làm khi nào")):
        page = tmp_path / "site" / "course" / language / "06-phasing.html"
        assert words in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=lambda page: page.stem)
def test_python_of_a_page_runs(page, tmp_path):
    code = "\n".join(blocks(page, "python"))
    if page.stem == "robustness":  # the sentences before the block name what it begins with
        code = (
            (
                'import techprio as tp\nstudy = tp.example("lai-chau")\nweights = tp.ahp(study.judgments)\n'
                'matrix = study.catalog.decision_matrix("AGR")\nmethod = tp.Topsis("reference")\n' + code
            )
            .replace("Client()", "Client(n_workers=1, dashboard_address=None)")
            .replace("1_000_000", "2_000")
        )
    script = tmp_path / "page.py"
    script.write_text(
        f"if __name__ == '__main__':\n    {code.replace(chr(10), chr(10) + '    ')}\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, cwd=tmp_path, env=ENVIRONMENT
    )
    assert done.returncode == 0, done.stderr


def test_links_between_files_lead_somewhere():
    for page in [*PAGES, ROOT / "README.md", ROOT / "README.vi.md"]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def commands(path):
    return [
        re.sub(r"\s+#.*", "", line).strip()
        for block in blocks(path, "")
        for line in block.splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]


def test_both_readmes_give_the_same_commands_and_code():
    english, vietnamese = ROOT / "README.md", ROOT / "README.vi.md"
    shown = [line.split("   ")[0].strip() for line in commands(english)]
    assert set(commands(vietnamese)) == {re.sub(r" --files.*", "", line) for line in shown}
    ours = [re.sub(r"\s+#.*", "", line) for line in blocks(english, "python")[0].splitlines()]
    assert ours == blocks(vietnamese, "python")[0].splitlines()


def typed(line, folder):
    words = line.split()
    assert words[0] == "techprio"
    return subprocess.run(
        [sys.executable, "-m", "techprio", *words[1:]], cwd=folder, capture_output=True, text=True,
        encoding="utf-8", env=ENVIRONMENT,
    )  # fmt: skip


def test_the_path_of_a_newcomer_as_it_is_typed(tmp_path, shipped_run):
    """Every command of the tutorial, in an empty folder; installation itself is the first step of CI.

    The main job is that of ``shipped_run``, whose options only add files and a second language.
    """
    lines = [
        line
        for line in commands(ROOT / "docs" / "tutorial" / "first-steps.md")
        if line.startswith("techprio")
    ]
    assert [line.split()[1] for line in lines] == ["run", "template", "check"]
    assert lines[0] == "techprio run lai-chau --out results --files workbook,charts"
    assert {"priorities.csv", "priorities.xlsx", "charts"} <= {path.name for path in shipped_run[0].iterdir()}
    for line in lines[1:]:
        done = typed(line, tmp_path)
        assert "Traceback" not in done.stderr
        # a blank study is not complete, and check says what is still to be filled in
        assert done.returncode == (1 if " check " in line else 0), done.stderr
    assert (tmp_path / "my-study" / "study.yaml").is_file()
    own = blocks(ROOT / "docs" / "tutorial" / "first-steps.md", "python")[0]
    assert len([line for line in own.splitlines() if line.strip()]) < 10
