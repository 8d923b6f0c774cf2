"""Every chart of the house hangs in the gallery, and every picture that is named is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GALLERY = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")


def test_every_chart_hangs_in_the_gallery():
    folder = ROOT / "src" / "techprio" / "charts"
    drawn = {file.stem for file in folder.glob("*.py") if "\ndef draw_" in file.read_text(encoding="utf-8")}
    assert drawn == set(re.findall(r"`techprio\.charts\.(\w+)`", GALLERY))


def test_every_picture_is_there():
    named = re.findall(r"\]\((images/[^)]+)\)", GALLERY)
    assert named
    assert [name for name in named if not (ROOT / "docs" / name).is_file()] == []
