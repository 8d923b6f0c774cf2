"""Studies damaged at random, with what must hold whatever was done to them.

A few in every run of the tests; with ``pytest -m nightly tests/bad_files/test_fuzzing.py`` as many as
``TECHPRIO_FUZZ`` says (100,000 by default). The seed is printed, ``TECHPRIO_FUZZ_SEED`` repeats it.
"""

import csv
import io
import os
import random
import shutil
import sys
import time

import numpy as np
import pytest

import techprio as tp
from techprio.scoring import rank_study, study_weights
from techprio.templates.writing import convert_study

FEW = 40
MANY = int(os.environ.get("TECHPRIO_FUZZ", "100000"))
SIGNS = ["", ";", ",", "\t", '"', "\0", "\r", "\n", "\ufeff", "=1+1", "-", "1e400", "NaN", "６", "1.250", "ộ",
         "\u202e", "{", "[", "&a", "*a", "!!python/object:os.system", "<!ENTITY", "../..", "null",
         "\x1b[2J"]  # fmt: skip


def seed_of(request):
    seed = int(os.environ.get("TECHPRIO_FUZZ_SEED", "0")) or int(time.time() * 1000) % 2**32
    sys.stdout.write(f"TECHPRIO_FUZZ_SEED={seed}  # {request.node.name}\n")
    return seed


@pytest.fixture
def study_folder(copy_trimmed_study, tmp_path):
    return copy_trimmed_study(tmp_path)


def inserted(content, draw):
    at = draw.randrange(len(content) + 1)
    return content[:at] + draw.choice(SIGNS).encode() + content[at:]


def one_byte_changed(content, draw):
    at = draw.randrange(len(content) + 1)
    return content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]


def cut(content, draw):
    at = draw.randrange(len(content) + 1)
    return draw.choice((content[:at], content[at:]))


def line_lost(content, draw):
    lines = content.split(b"\n")
    del lines[draw.randrange(len(lines))]
    return b"\n".join(lines)


def line_doubled(content, draw):
    lines = content.split(b"\n")
    return b"\n".join([*lines, draw.choice(lines)])


def saved_by_another_program(content, draw):
    if draw.random() < 0.5:
        return content.replace(b",", b";")
    return content.decode(errors="replace").encode("utf-16")


ACCIDENTS = (inserted, one_byte_changed, cut, line_lost, line_doubled, saved_by_another_program)


def damaged(content, draw):
    """Return the bytes of a file after one to three accidents."""
    for _ in range(draw.randint(1, 3)):
        content = draw.choice(ACCIDENTS)(content, draw)
    return content


def answer_of_study(folder):
    """Check a study; what is let through can be ranked."""
    problems = tp.check_study(folder)
    if not problems:
        scores = rank(tp.read_study(folder))
        assert all(np.isfinite(one).all() for one in scores.values())
    return problems


def check_damaged(folder, seed, count, answer=answer_of_study, suffixes=(".yaml", ".csv", ".md")):
    """Damage one file at a time; the answer is problems in words, or an error in words."""
    draw = random.Random(seed)
    files = sorted(path for path in folder.rglob("*") if path.suffix in suffixes)
    for number in range(count):
        path = draw.choice(files)
        whole = path.read_bytes()
        path.write_bytes(damaged(whole, draw))
        try:
            for problem in answer(folder):
                assert problem.render("vi")
                assert "None" not in problem.render("en"), "what could not be read is not a name"
        except tp.TechprioError as error:
            said = (error.render("vi"), error.render("en"))
            if not all(said):
                raise AssertionError(said) from error
        except Exception as error:
            error.add_note(f"seed {seed}, accident {number}, file {path.relative_to(folder)}")
            raise
        finally:
            path.write_bytes(whole)


def rank(study):
    rankings = rank_study(study, study_weights(study))
    return {sector: ranking.scores.sort_index() for sector, ranking in rankings.items()}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        heading, *rows = csv.reader(stream)
    return heading, rows


def write_rows(path, heading, rows):
    words = io.StringIO(newline="")
    csv.writer(words, lineterminator="\n").writerows([heading, *rows])
    path.write_text(words.getvalue(), encoding="utf-8")


def test_accidents_are_answered_in_words(study_folder, request):
    check_damaged(study_folder, seed_of(request), FEW)


@pytest.mark.nightly
def test_many_accidents_are_answered_in_words(study_folder, request):
    check_damaged(study_folder, seed_of(request), MANY // 50)


EXPERTS = (tp.forms.Expert("e1", "Nguyễn Văn An", "agencies", ("AGR",)),)
PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc"
    b"\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
)


def study_with_prose(study, folder, open_workbook):
    study.save(folder / "study")
    (folder / "study/texts").mkdir()
    (folder / "study/texts/context.vi.md").write_text(
        "# Bối cảnh\n\n![Bản đồ](map.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    (folder / "study/texts/map.png").write_bytes(PICTURE)
    return lambda place: answer_of_study(place / "study")


def study_workbook(study, folder, open_workbook):
    convert_study(study.save(folder / "study"), folder / "study.xlsx")
    shutil.rmtree(folder / "study")
    return lambda place: answer_of_study(place / "study.xlsx")


def forms(study, folder, open_workbook):
    tp.forms.make_forms(study, EXPERTS, folder / "sent", language="vi")
    open_workbook(folder / "sent/small-e1-r1.xlsx").answer_all().save(folder / "back/filled.xlsx")
    shutil.copy(folder / "sent/small-e1-r1.xlsx", folder / "back/empty.xlsx")

    def read(place):
        return tp.forms.collect_forms(study, EXPERTS, place / "back", place / "sent").problems

    return read


def result_folder(study, folder, open_workbook):
    tp.run(study, draws=20).save(folder / "result", outputs=())

    def read(place):
        tp.compare_runs(place / "result", study, plan=False)
        return ()

    return read


def score_table(study, folder, open_workbook):
    frame = study.catalog.decision_matrix("AGR").values
    frame.to_csv(folder / "table.csv")
    frame.to_excel(folder / "table.xlsx")

    def read(place):
        for name in ("table.csv", "table.xlsx"):
            assert len(tp.read_score_table(place / name).scores)
        return ()

    return read


#: What is damaged, with its share of the accidents: a study is checked faster than forms are read.
PLACES = {study_with_prose: 0.6, score_table: 0.28, study_workbook: 0.04, forms: 0.03, result_folder: 0.03}
KINDS = (".yaml", ".csv", ".md", ".png", ".xlsx", ".json", ".html")


@pytest.mark.parametrize("make", PLACES)
def test_accidents_at_every_door_are_answered_in_words(make, small_study, tmp_path, open_workbook, request):
    answer = make(small_study, tmp_path, open_workbook)
    answer(tmp_path)  # it can be read before the accidents
    check_damaged(tmp_path, seed_of(request), FEW // 4, answer, KINDS)


@pytest.mark.nightly
@pytest.mark.parametrize("make", PLACES)
def test_many_accidents_at_every_door_are_answered_in_words(
    make, small_study, tmp_path, open_workbook, request
):
    answer = make(small_study, tmp_path, open_workbook)
    check_damaged(tmp_path, seed_of(request), int(MANY * PLACES[make]), answer, KINDS)


def test_order_of_rows_says_nothing(study_folder, trimmed_study, request):
    draw = random.Random(seed_of(request))
    for path in study_folder.rglob("*.csv"):
        heading, rows = rows_of(path)
        draw.shuffle(rows)
        write_rows(path, heading, rows)
    shuffled, stated = rank(tp.read_study(study_folder)), rank(trimmed_study)
    assert shuffled.keys() == stated.keys()
    for sector, scores in stated.items():
        assert shuffled[sector].to_dict() == scores.to_dict()


def test_one_score_moves_its_technology_only(study_folder, trimmed_study, request):
    draw, before = random.Random(seed_of(request)), rank(trimmed_study)
    path = draw.choice(sorted(study_folder.rglob("scores.csv")))
    heading, rows = rows_of(path)
    whole = path.read_bytes()
    value = heading.index("value")
    for row in draw.sample(rows, 6):
        kept, row[value] = row[value], str(float(row[value]) * 0.9)
        write_rows(path, heading, rows)
        row[value] = kept
        if tp.check_study(study_folder):
            continue  # the score left its scale or its spread
        after = rank(tp.read_study(study_folder))
        moved = {name for sector in before for name in before[sector].index
                 if before[sector][name] != after[sector][name]}  # fmt: skip
        assert moved <= {row[heading.index("technology")]}
    path.write_bytes(whole)


@pytest.mark.parametrize(
    "part",
    [
        "dependencies.csv",
        "resources.yaml",
        "survey.csv",
        "agriculture/scores.csv",
        "agriculture/technologies.csv",
    ],
)
def test_part_that_is_gone_is_told(study_folder, part):
    (study_folder / part).unlink()
    problems = tp.check_study(study_folder)
    assert any(part.split("/")[-1].partition(".")[0] in str(problem) for problem in problems)


def test_part_under_another_name_is_told(study_folder):
    shutil.move(study_folder / "dependencies.csv", study_folder / "Dependencies (1).csv")
    assert any("Dependencies (1).csv" in str(problem) for problem in tp.check_study(study_folder))
