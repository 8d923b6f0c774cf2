"""The sliders in a real JupyterLab: run the notebook, move a slider, read the new rank."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

import techprio as tp

playwright = pytest.importorskip("playwright.sync_api")
TOKEN = "slider-test"
CELL = """import techprio as tp
result = tp.run(tp.read_study(r"{folder}"), draws=200)
tp.explore(result, "AGR", language="en")"""
MINUTE = 60_000  # milliseconds


@pytest.fixture(scope="module")
def lab(trimmed_folder, tmp_path_factory):
    """Start a server on loopback with one notebook; give the address of the notebook."""
    pytest.importorskip("jupyterlab")
    folder = tmp_path_factory.mktemp("lab")
    cell = {"cell_type": "code", "id": "sliders", "source": CELL.format(folder=trimmed_folder),
            "metadata": {}, "outputs": [], "execution_count": None}  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "sliders.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = {
        name: str(folder / name)
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME")
    }
    options = [
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=",
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**os.environ, **homes},
            stdout=log,
            stderr=log,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/api/status?token={TOKEN}", server, folder / "server.log")
        yield f"http://127.0.0.1:{port}/lab/tree/sliders.ipynb?token={TOKEN}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(address, server, log):
    for _ in range(120):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def page(lab, chromium):
    page = chromium.new_page(viewport={"width": 1500, "height": 2600})
    page.goto(lab, timeout=2 * MINUTE)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=2 * MINUTE)
    _run_all(page)
    _settled(page)
    return page


def _run_all(page):
    """Run the notebook once its kernel is there; a busy machine may swallow the first click."""
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').first.wait_for(timeout=2 * MINUTE)
    slider = page.locator(".jp-OutputArea .widget-slider").first
    for _ in range(3):
        page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        try:
            slider.wait_for(timeout=2 * MINUTE)
        except playwright.TimeoutError:
            continue
        return
    pytest.fail(f"no slider appeared; the page says:\n{page.locator('body').inner_text()[:3000]}")


def _settled(page):
    page.get_by_role("status").get_by_text("up to date").wait_for(timeout=MINUTE)


def _ranks(page):
    rows = page.locator(".jp-OutputArea table").first.locator("tbody tr").all()
    found = {}
    for row in rows:
        cells = row.locator("td").all_inner_texts()
        found[cells[2].split(" ")[0]] = int(re.match(r"\d+", cells[0])[0])
    return found


def _slider(page, words):
    row = page.locator(".widget-slider", has=page.get_by_text(words, exact=True))
    return row.locator(".noUi-handle").first


@pytest.mark.browser
def test_a_moved_slider_gives_the_ranks_that_python_gives(page, trimmed_result):
    result = trimmed_result
    assert _ranks(page) == result.rankings["AGR"].ranks.to_dict()

    handle = _slider(page, "M Impact")
    handle.focus()
    handle.press("End")
    page.get_by_text(re.compile("weights used: .*M 5")).wait_for(timeout=MINUTE)
    _settled(page)

    heads = {name: 100 * share for name, share in result.weights.local["root"].items()}
    expected = tp.what_if(result, {"root": {**heads, "M": 100.0}}, plan=False)
    assert _ranks(page) == expected.rankings["AGR"].ranks.to_dict()
    assert _ranks(page) != result.rankings["AGR"].ranks.to_dict()

    page.get_by_role("button", name="reset").click()
    page.get_by_text(re.compile("weights used: .*M 27.2")).wait_for(timeout=MINUTE)
    _settled(page)
    assert _ranks(page) == result.rankings["AGR"].ranks.to_dict()


@pytest.mark.browser
def test_a_threshold_moves_roles_and_the_plan_is_told(page):
    page.get_by_text("thresholds", exact=True).click()
    handle = _slider(page, "core from how many average technologies")
    handle.focus()
    handle.press("End")
    changes = page.get_by_text(re.compile(r"roles that change: [1-9]\d*"))
    changes.wait_for(timeout=MINUTE)
    assert page.get_by_text(re.compile("no plan")).count() >= 1
