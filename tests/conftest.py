"""Studies that tests share: a built one for questionnaires, the shipped one, and that one trimmed."""

import io
import os
import pickle
import shutil
import sys
import time
from functools import partial

import openpyxl
import pandas as pd
import pytest

import techprio as tp
from techprio.study.examples import copy_filled_example

from .commands import techprio
from .trimmed_study import write_trimmed_study

#: The files that take longest begin first, so that no worker ends with one of them alone.
LONGEST_FIRST = (
    "tests/notebooks/test_notebooks.py",
    "tests/docs/test_site.py",
    "tests/office/test_report_in_office.py",
    "tests/office/test_forms_in_office.py",
    "tests/office/test_products_in_office.py",
    "tests/unit/charts/test_texts_of_charts.py",
    "tests/main_job/test_steady_plan.py",
    "tests/main_job/test_screens.py",
    "tests/unit/reporting/test_figures.py",
    "tests/browser/test_questionnaire.py",
    "tests/browser/test_questionnaire_access.py",
    "tests/docs/test_how_to_forms.py",
    "tests/unit/reporting/test_write.py",
    "tests/browser/test_page_seen.py",
    "tests/browser/test_page.py",
    "tests/unit/templates/test_convert.py",
    "tests/browser/test_sliders.py",
    "tests/laws/test_phasing_laws.py",
    "tests/unit/templates/test_blank.py",
    "tests/unit/study/test_difference.py",
    "tests/laws/test_difference_laws.py",
    "tests/laws/test_dependency_laws.py",
    "tests/bad_files/test_check_and_run.py",
)

#: Tests say in which language they look at something; what the machine prefers is not theirs.
os.environ.pop("TECHPRIO_LANGUAGE", None)
#: Where bytecode is not kept, each of the many processes of the tests compiles every file again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

LEVELS = {1: tp.Label("kém", "poor"), 3: tp.Label("vừa", "fair"), 5: tp.Label("tốt", "good")}
RISKS = {1: tp.Label("không rủi ro", "no risk"), 3: tp.Label("có ít", "some"), 5: tp.Label("nhiều", "high")}


#: Programs beside Python that some tests need, by the fixture that gives them. Of the browsers the one that
#: has no desktop of its own comes first: the same engine in half the processor time.
PROGRAMS = {
    "soffice": ("LibreOffice", ("soffice",)),
    "chromium_program": (
        "Chromium", ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    ),
}  # fmt: skip


def _not_installed():
    """Return the fixtures whose program is not here; none in CI, where each must be and its tests fail."""
    return set() if os.environ.get("TECHPRIO_CI") else {one for one in PROGRAMS if not _program(one)}


def pytest_terminal_summary(terminalreporter):
    for fixture in sorted(_not_installed()):
        terminalreporter.write_line(
            f"{PROGRAMS[fixture][0]} is not installed: the tests that need it did not run"
        )


def pytest_collection_modifyitems(config, items):
    absent = _not_installed()
    left_out = [item for item in items if absent & set(getattr(item, "fixturenames", ()))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    order = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Give a function that makes something once in a test run; the other workers read it from disk."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "shared"
    shared.mkdir(exist_ok=True)
    return partial(_once, shared)


LONGEST_WAIT = 900  # seconds, for a worker that died while it made something


def _once(folder, name, make):
    made, claim = folder / f"{name}.pickle", folder / f"{name}.claim"
    given_up = time.monotonic() + LONGEST_WAIT
    while not made.exists() and time.monotonic() < given_up:
        try:
            claim.mkdir()
        except FileExistsError:
            time.sleep(0.2)
            continue
        try:
            found = make(folder)
            whole = folder / f"{name}.part"
            whole.write_bytes(pickle.dumps(found))
            whole.replace(made)
        finally:
            claim.rmdir()
    return pickle.loads(made.read_bytes())


@pytest.fixture(scope="session")
def small_study():
    """Return six comparisons, and scores of levels, months and jobs, in two sectors."""
    ordinal = tp.Scale("ordinal", 1, 5)
    access = tp.Criterion(
        "F1", tp.Label("Tiếp cận", "Access"), direction="max", scale=ordinal, anchors=LEVELS,
        definition=tp.Label("Có nhà cung cấp.", "Suppliers exist."),
    )  # fmt: skip
    skill = tp.Criterion("F2", tp.Label("Nhân lực", "Skills"), direction="max", scale=ordinal, anchors=LEVELS)
    training = tp.Criterion("F3", tp.Label("Đào tạo", "Training"), direction="min", unit="months",
                            scale=tp.Scale("ratio", 60, 0))  # fmt: skip
    jobs = tp.Criterion("J", tp.Label("Việc làm", "Jobs"), direction="max", unit="jobs",
                        scale=tp.Scale("ratio", 1, 10_000, "log10"))  # fmt: skip
    risk = tp.Criterion("R", tp.Label("Rủi ro", "Risk"), direction="min", scale=tp.Scale("ordinal", 5, 1),
                        anchors=RISKS)  # fmt: skip
    feasible = tp.Criterion("F", tp.Label("Khả thi", "Feasibility"), (access, skill, training))
    tree = tp.CriteriaTree("small", "root", (feasible, jobs, risk))
    names = {"AGR01": ("Tưới tự động", "Irrigation"), "AGR02": ("Giống lúa", "Rice seed"),
             "AGR03": ("Chế biến chè", "Tea"), "LOG01": ("Kho lạnh", "Cold store"),
             "LOG02": ("Theo dõi xe", "Tracking")}  # fmt: skip
    technologies = pd.DataFrame(
        [(name[:3], vi, en, 1.0) for name, (vi, en) in names.items()],
        index=list(names), columns=["sector", "name_vi", "name_en", "cost"],
    )  # fmt: skip
    scores = pd.DataFrame({"F1": 3, "F2": 2, "F3": 12, "J": 100, "R": 3}, index=list(names))
    sectors = {"AGR": tp.Label("Nông nghiệp", "Farming"), "LOG": tp.Label("Hậu cần", "Logistics")}
    catalog = tp.Catalog.from_frame(technologies, scores, tree, sectors=sectors)
    weights = dict.fromkeys(scores.columns, 0.2)
    return tp.Study(catalog, weights=weights, id="small", title=tp.Label("Nghiên cứu nhỏ", "Small study"))


class Workbook:
    """A form that is being filled in: cells by question and key of the column."""

    def __init__(self, content):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.columns, self.rows = {}, {}
        for sheet in self.book.worksheets:
            for row in sheet.iter_rows():
                keys = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
                if "question" in keys and sheet.title not in self.columns:
                    self.columns[sheet.title] = keys
                elif sheet.title in self.columns:
                    question = sheet.cell(row[0].row, self.columns[sheet.title]["question"]).value
                    if isinstance(question, str) and question.split(":")[0] in (
                        "pair",
                        "score",
                        "half",
                        "grid",
                    ):
                        self.rows[question] = (sheet, row[0].row)

    def cell(self, question, key):
        """Return the cell of a question under a key."""
        sheet, row = self.rows[question]
        return sheet.cell(row, self.columns[sheet.title][key])

    def answer(self, question, value, degree=None, note=None):
        """Write an answer as somebody would."""
        is_pair = question.startswith("pair:")
        self.cell(question, "side" if is_pair else "value").value = value
        if degree is not None:
            self.cell(question, "degree").value = degree
        if note is not None:
            self.cell(question, "note").value = note

    def answer_all(self, side="A", degree=3, level=4, number=12):
        """Answer every question alike."""
        for question in self.rows:
            if question.startswith("pair:"):
                self.answer(question, side, degree)
            elif question.startswith("score:"):
                self.answer(question, number if question.rpartition(":")[2] in ("F3", "J") else level)
        return self

    def save(self, path):
        """Save it as a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path


@pytest.fixture(scope="session")
def open_workbook():
    """Return what opens a form to fill it in."""
    return lambda path: Workbook(path.read_bytes())


@pytest.fixture(scope="session")
def copy_trimmed_study():
    """Give a function that writes the trimmed study, with the tree around it, and returns its folder."""
    return write_trimmed_study


@pytest.fixture(scope="session")
def trimmed_folder(tmp_path_factory):
    """Give the folder of the trimmed study; nobody writes into it."""
    return write_trimmed_study(tmp_path_factory.mktemp("trimmed"))


@pytest.fixture(scope="session")
def trimmed_study(trimmed_folder):
    return tp.read_study(trimmed_folder)


@pytest.fixture(scope="session")
def shipped_study():
    return tp.example("lai-chau")


@pytest.fixture(scope="session")
def shipped_result(shipped_study, once):
    """One run of the shipped study, for what only it can show; nobody changes it."""
    return once("shipped-result", lambda _: tp.run(shipped_study).complete())


@pytest.fixture(scope="session")
def trimmed_result(trimmed_study, once):
    """One run of the trimmed study; nobody changes it."""
    return once("trimmed-result", lambda _: tp.run(trimmed_study, draws=200).complete())


@pytest.fixture(scope="session")
def sample_material(tmp_path_factory):
    """What people would write of the shipped study: its sample texts and tables, and what became of it."""
    filled = tp.read_study(copy_filled_example("lai-chau", tmp_path_factory.mktemp("filled") / "study"))
    return filled.material, filled.status


@pytest.fixture(scope="session")
def shipped_run(once):
    """The shipped study run as a user would, all files in both languages: their folder, and the screen."""

    def run(folder):
        done = techprio(
            "run", "lai-chau", "--out", "results", "--lang", "both", "--files", "all", "--lists", cwd=folder
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return folder / "results", done.stdout

    return once("shipped-run", run)


@pytest.fixture(scope="session")
def soffice():
    """Give the program of LibreOffice, which opens and saves what techprio writes."""
    return _program("soffice") or pytest.fail("LibreOffice is not installed")


@pytest.fixture(scope="session")
def chromium_program():
    """Give the program of a Chromium, in which the pages are tried."""
    return _program("chromium_program") or pytest.fail("Chromium is not installed")


def _program(fixture):
    commands = PROGRAMS[fixture][1]
    return next((path for command in commands if (path := shutil.which(command))), None)
