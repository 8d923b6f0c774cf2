"""A Chromium without a window, driven from the tests."""

import os
import shutil

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """Give a started browser; skip, or in CI fail, where there is none."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        message = "Chromium is not installed"
        if os.environ.get("TECHPRIO_CI"):
            pytest.fail(message)
        pytest.skip(message)  # no Chromium here; under CI it fails instead
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
