"""Seconds of reading 100 returned workbooks of 216 answers; size and first question of a page.

Each reading runs in a process of its own. The first question is timed by Chromium's own clock, from the
start of the navigation to the first frame after the button "start" was pressed.
"""

import io
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

EXPERTS, OPENED = 100, 7
PHONE = {"width": 390, "height": 844}


def experts_asked():
    import techprio as tp

    return tuple(tp.forms.Expert(f"e{n:03}", f"N {n}", f"g{n % 3}", ("AGR",)) for n in range(EXPERTS))


def fill_in(content, study, number):
    """Fill in a form from its lists, as people do; return its bytes."""
    import openpyxl

    from techprio.display.quantities import render
    from techprio.forms.questions import DEGREES, level_words, levels_of

    book = openpyxl.load_workbook(io.BytesIO(content))
    places = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            keys = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
            if "question" in keys:
                places[sheet.title] = keys
                continue
            at = places.get(sheet.title, {})
            question = str(row[at["question"] - 1].value) if at else ""
            if question.startswith("pair:"):
                degree = 2 + number % 8
                row[at["side"] - 1].value = row[at["A"] - 1].value.split("\n")[0]
                row[at["degree"] - 1].value = f"{degree} - {DEGREES[degree].render('vi')}"
            elif question.startswith("score:"):
                criterion = study.criteria.by_id[question.rpartition(":")[2]]
                levels = levels_of(criterion)
                level = levels[number % len(levels)] if levels else None
                words = render(level_words(criterion, level), "vi") if levels else None
                row[at["value"] - 1].value = words or float(criterion.scale.lowest) + number % 5
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_round(place):
    """Read the round; print the seconds on the wall and of the processor."""
    import techprio as tp

    study = tp.example("lai-chau")
    started, before = time.perf_counter(), time.process_time()
    found = tp.forms.collect_forms(study, experts_asked(), place / "back", place / "sent")
    wall, used = time.perf_counter() - started, time.process_time() - before
    assert not found.problems
    assert len(found.comparisons) + len(found.answers) == EXPERTS * 216
    print(f"{wall:.1f} {used:.1f}")


def first_question(page):
    """Return the median of the milliseconds until the first question stands on a phone."""
    from playwright.sync_api import sync_playwright

    program = next(
        path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))
    )
    found = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for _ in range(OPENED):
            view = browser.new_page(viewport=PHONE)
            view.goto(page.as_uri())
            opened = view.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
            touched = view.evaluate(
                """async () => {
                  const start = performance.now();
                  document.querySelector('#screen button.main').click();
                  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                  return performance.now() - start;
                }"""
            )
            assert view.locator(".question").count() == 1
            found.append(opened + touched)
            view.close()
        browser.close()
    return statistics.median(found)


def main():
    import openpyxl

    import techprio as tp

    print(
        f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},"
    )
    print(f"openpyxl {openpyxl.__version__}\n")
    study, experts = tp.example("lai-chau"), experts_asked()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        started = time.process_time()
        tp.forms.make_forms(study, experts, place / "sent", language="vi")
        made = time.process_time() - started
        (place / "back").mkdir()
        for number, expert in enumerate(experts):
            name = f"lai-chau-{expert.code}-r1.xlsx"
            content = fill_in((place / "sent" / name).read_bytes(), study, number)
            (place / "back" / name).write_bytes(content)
        done = subprocess.run(
            [sys.executable, __file__, str(place)], capture_output=True, text=True, check=True
        )
        wall, used = done.stdout.split()
        tp.forms.make_forms(study, experts[:1], place / "page", language="vi", kind="page")
        page = place / "page" / "lai-chau-e000-r1.html"
        print("| what | figure |\n| --- | ---: |")
        print(f"| 100 workbooks made, processor | {made:.1f} s |")
        print(f"| 100 workbooks of 216 answers read | {wall} s |")
        print(f"| the same, processor | {used} s |")
        print(f"| page of 216 questions | {page.stat().st_size / 1000:.0f} kB |")
        print(f"| first question at 390 px, median of {OPENED} | {first_question(page):.0f} ms |")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        read_round(Path(sys.argv[1]))
    else:
        main()
