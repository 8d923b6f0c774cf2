"""A Chromium without a window, driven from the tests."""

import pytest


@pytest.fixture(scope="session")
def chromium(chromium_program):
    """Give a started browser; skip, or in CI fail, where there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield browser
        browser.close()
