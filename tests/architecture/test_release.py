"""What a release needs: one version, licences of all libraries, a wheel that the sdist gives too."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import techprio as tp

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_version_is_one():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == PROJECT["version"] == tp.__version__
    assert cited["license"] == PROJECT["license"]


def test_every_library_has_its_licence():
    table = re.findall(
        r"^\| ([\w-]+) \|", (ROOT / "docs/licences.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    needed = [re.match(r"[\w.-]+", one)[0] for one in PROJECT["dependencies"]]
    assert table[2:] == needed


def build(source, folder, *targets):
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    for target in targets:
        subprocess.run([*command, "-t", target], cwd=source, check=True, capture_output=True)


def test_sdist_gives_the_same_wheel(tmp_path):
    pytest.importorskip("hatchling", reason="the test extra brings it")
    build(ROOT, tmp_path / "here", "sdist", "wheel")
    (packed,) = (tmp_path / "here").glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path / "there", filter="data")
    (unpacked,) = (tmp_path / "there").iterdir()
    build(unpacked, tmp_path / "there", "wheel")
    contents = []
    for place in ("here", "there"):
        (wheel,) = (tmp_path / place).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            contents.append({name: archive.read(name) for name in archive.namelist()})
    assert contents[0].keys() == contents[1].keys()
    assert [name for name in contents[0] if contents[0][name] != contents[1][name]] == []
