"""The wheel carries its messages compiled: a user of it needs no Babel."""

import subprocess
import sys
import zipfile
from gettext import GNUTranslations
from pathlib import Path

import pytest

from techprio.language import translate

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling", reason="the test extra brings it")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        yield archive


def test_messages_are_compiled(wheel):
    assert not [name for name in wheel.namelist() if name.endswith(".po")]
    with wheel.open("techprio/locale/vi/techprio.mo") as stream:
        messages = GNUTranslations(stream)
    for english in ("proposal: {proposal}", "found {found}"):
        assert messages.gettext(english) == translate(english, "vi") != english


def test_stubs_and_data_are_inside(wheel):
    names = set(wheel.namelist())
    assert {"techprio/__init__.pyi", "techprio/weighting/__init__.pyi", "techprio/py.typed"} <= names
    assert any(name.startswith("techprio/shipped/catalogs/") for name in names)
    course = {f"techprio/shipped/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert course <= names
    assert course
