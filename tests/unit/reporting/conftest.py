import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("invented_run", Path(__file__).with_name("invented_run.py"))
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)


@pytest.fixture(scope="session")
def invented():
    """Give the maker of invented runs."""
    return _module.invented_run


@pytest.fixture(scope="session")
def run(invented):
    return invented()
