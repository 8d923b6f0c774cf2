import json
import re

import pytest

from techprio.errors import InputError
from techprio.reporting import write
from techprio.reporting.figures import Charts
from techprio.reporting.write import inside, write_results

QUICK = ("workbook", "charts")


@pytest.fixture(scope="module")
def run(invented):
    """A run of two sectors: what is drawn for them tells as much about files as seven."""
    return invented(sectors=("CRS", "LOG"))


@pytest.fixture(scope="module")
def result(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("result") / "kết quả"
    return folder, write_results(run, folder, languages=("vi", "en"))


def _contents(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_both_languages_and_nothing_left_over(result):
    folder, paths = result
    names = set(_contents(folder))
    assert names >= {
        "priorities.csv", "plan.csv", "run.json", "priorities.xlsx", "priorities.en.xlsx",
        "analysis.xlsx", "analysis.en.xlsx",
        "report.html", "figures.json", "documents/tom-tat.docx", "documents/tom-tat.en.docx",
        "documents/du-thao.docx", "documents/du-thao-phieu.docx",
        "charts/roadmap-1.png", "charts/roadmap-1.en.png", "charts/dependencies.png", "inputs/resources.yaml",
    }  # fmt: skip
    assert {p.relative_to(folder).as_posix() for p in paths} == names
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_record_has_bound_gap_hashes_and_no_clock(result, run):
    record = json.loads((result[0] / "run.json").read_text(encoding="utf-8"))
    assert (record["phasing"]["bound"], record["phasing"]["gap"]) == (run.plan.bound, run.plan.gap)
    assert record["seed"] == 2026
    assert record["inputs"] == dict(run.study.inputs)
    assert record["ranking"]["reversal_possible"] is False
    assert set(record["files"]) == set(_contents(result[0]))


def test_two_runs_give_the_same_bytes(result, invented, tmp_path):
    write_results(invented(sectors=("CRS", "LOG")), tmp_path / "again", languages=("vi", "en"))
    assert _contents(result[0]) == _contents(tmp_path / "again")


def test_a_failed_run_leaves_the_earlier_result(run, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    monkeypatch.setattr(write, "draw_charts", lambda run, *, language, **wanted: Charts())
    write_results(run, folder, outputs=QUICK)
    before = _contents(folder)
    monkeypatch.setattr(write, "plan_csv", lambda run: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_results(run, folder, outputs=QUICK)
    assert _contents(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_files_of_the_last_run_go_and_others_stay(run, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    drawn = {one: Charts({f"charts/{one}.png": b"x"}) for one in ("vi", "en")}
    monkeypatch.setattr(write, "draw_charts", lambda run, *, language, **wanted: drawn[language])
    write_results(run, folder, languages=("vi", "en"), outputs=QUICK)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    write_results(run, folder, languages=("vi",), outputs=QUICK)
    names = set(_contents(folder))
    assert "notes.txt" in names
    assert not names & {"priorities.en.xlsx", "charts/en.en.png"}


@pytest.mark.parametrize("languages", [(), "vi", ("vi", "fr")])
def test_languages_are_checked(run, tmp_path, languages):
    with pytest.raises(InputError, match="vi"):
        write_results(run, tmp_path / "out", languages=languages)


def test_a_file_is_not_a_folder(run, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="folder"):
        write_results(run, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../criteria/a.yaml", "criteria/a.yaml"), ("/etc/a", "etc/a"), ("C:\\b\\a.csv", "b/a.csv")],
)
def test_inputs_stay_inside(name, kept):
    assert inside(name) == kept


@pytest.mark.parametrize(
    ("outputs", "there"),
    [
        ((), set()),
        (("workbook",), {"priorities.xlsx", "analysis.xlsx"}),
        (("page",), {"report.html"}),
        (("charts",), {"charts/roadmap-1.png"}),
        (("papers",), {"documents/tom-tat.docx"}),
        (("reference",), {"report.docx"}),
    ],
)
def test_only_what_was_asked_for(run, tmp_path, outputs, there, monkeypatch):
    """What is written is seen elsewhere; here which files there are."""

    def drawn(run, *, language, files=True, markup=True):
        return Charts({"charts/roadmap-1.png": b"x"} if files else {})

    monkeypatch.setattr(write, "draw_charts", drawn)
    monkeypatch.setattr(write, "document_bytes", lambda run, **options: b"x")
    write_results(run, tmp_path / "out", outputs=outputs)
    names = set(_contents(tmp_path / "out"))
    assert {"priorities.csv", "plan.csv", "run.json"} | there <= names
    optional = {
        "priorities.xlsx", "analysis.xlsx", "report.docx",
        "report.html", "charts/roadmap-1.png", "documents/tom-tat.docx",
    }  # fmt: skip
    assert names & optional == there


def test_the_page_is_small_and_holds_its_charts_as_letters_and_lines(result):
    page = (result[0] / "report.html").read_text(encoding="utf-8")
    assert len(page.encode()) <= 1_000_000
    assert "data:image/png" not in page
    names = re.findall(r"<svg [^>]*class=([\w-]+)", page)
    assert len(set(names)) == len(names) > 4  # panels of the roadmap, money, dependencies
    for drawing in re.findall(r"<svg.*?</svg>", page):
        assert drawing.count("lang=vi") > 0
        assert drawing.count("lang=en") > 0
    worn = {
        one for said in re.findall(r'class=(?:"([^"]+)|([\w-]+))', page) for one in " ".join(said).split()
    }
    looks = r"(?:s|p\d+-)\d+"
    assert {one for one in worn if re.fullmatch(looks, one)} == set(re.findall(rf"\.({looks})\{{", page))
    pointed = set(re.findall(r'(?:url\(#|<use[^>]* href="#)([^)"]+)', page))
    assert pointed <= set(re.findall(r'id="(p\d+-p\d+)"', page))
    assert pointed


@pytest.mark.parametrize("outputs", ["page", ("pages",)])
def test_outputs_are_checked(run, tmp_path, outputs):
    with pytest.raises(InputError, match="workbook, charts, papers, page, reference"):
        write_results(run, tmp_path / "out", outputs=outputs)
