"""Seconds until the lists of the page are seen, and milliseconds of a move of a slider.

Each page is opened and moved at a desk and at a phone's size. A move ends when the new list is laid out.
Time is that of the page's own thread in Chromium: what one waits for on a machine that does nothing else.
"""

import json
import os
import platform
import shutil
import statistics
import tempfile
from pathlib import Path

import numpy as np

import techprio as tp
from techprio.reporting.page.html_page import page_bytes

OPENED, MOVED = 3, 20
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
#: Says when the first frame after the page was read, lists and workshop included, is on the screen.
SEEN = """addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => requestAnimationFrame(
  () => { window.seen = performance.now(); })));"""
MOVE = """count => {
  const input = document.querySelector('#sliders input');
  document.getElementById('workshop').scrollIntoView({ behavior: 'instant' });
  for (let place = 0; place < count; place += 1) {
    input.value = 100 + (place * 37) % 800;
    input.dispatchEvent(new Event('input'));
    document.body.offsetHeight;
  }
}"""


def with_one_sector_of(count, page):
    """Return the page with a workshop of one sector of so many technologies, those of the study repeated."""
    before, _, rest = page.partition('<script type="application/json" id="data">')
    words, _, after = rest.partition("</script>")
    data = json.loads(words)
    rng = np.random.default_rng(0)
    whole = data["sectors"][0]
    rows = {key: [row for one in data["sectors"] for row in one[key]] for key in ("far", "near")}
    known = list(data["technologies"].values())
    whole["ids"] = [f"T{place:03}" for place in range(count)]
    for key, gaps in rows.items():
        whole[key] = [
            (np.array(gaps[place % len(gaps)]) * rng.uniform(0.8, 1.2)).tolist() for place in range(count)
        ]
    data["technologies"] = {name: known[place % len(known)] for place, name in enumerate(whole["ids"])}
    data["sectors"] = [whole]
    return f'{before}<script type="application/json" id="data">{json.dumps(data)}</script>{after}'


def measured(browser, page_file, size):
    """Return seconds until the lists are seen and of each move, as the page's own thread worked for them."""
    seen, moves = [], []
    for _ in range(OPENED):
        page = browser.new_page(viewport=size)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})

        def worked(session=session):
            found = session.send("Performance.getMetrics")["metrics"]
            return {one["name"]: one["value"] for one in found}["TaskDuration"]

        page.add_init_script(SEEN)
        page.goto(page_file.as_uri())
        page.wait_for_function("window.seen > 0")
        before = worked()
        seen.append(before)
        page.evaluate(MOVE, MOVED)
        moves.append((worked() - before) / MOVED)
        page.close()
    return statistics.median(seen), statistics.median(moves)


def main():
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    page = page_bytes(tp.run(tp.example("lai-chau"), draws=200), language="vi").decode()
    pages = {"90 in 7 sectors": page, "500 in one": with_one_sector_of(500, page)}
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors\n")
    print("| technologies | size | MB | first list, s | a move, ms |")
    print("| --- | --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, content in pages.items():
            file = Path(folder) / f"{len(name)}.html"
            file.write_text(content, encoding="utf-8")
            for size, pixels in SIZES.items():
                seen, move = measured(browser, file, pixels)
                weight = file.stat().st_size / 1e6
                print(f"| {name} | {size} | {weight:.2f} | {seen:.2f} | {1000 * move:.1f} |")
        browser.close()


if __name__ == "__main__":
    main()
