"""Forms of a study that has no judgments and no scores yet: they are what the forms are for."""

import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli import main
from techprio.errors import DataFileError
from techprio.forms.questions import facts_of


@pytest.fixture
def blank(tmp_path):
    """Return a study as the template leaves it, with a title and two technologies."""
    CliRunner().invoke(
        main,
        ["template", str(tmp_path / "blank"), "--sectors", "AGR", "--id", "blank", "--criteria", "lai-chau"],
    )
    study = tmp_path / "blank" / "study.yaml"
    words = study.read_text(encoding="utf-8")
    study.write_text(words.replace("\ntitle:", "\ntitle: Lộ trình", 1), encoding="utf-8")
    (table,) = (tmp_path / "blank").glob("*/technologies.csv")
    table.write_text("id,name_vi,lifetime,lead_mode\nA1,Tưới,20,\nA2,Giống,,lâu\n", encoding="utf-8")
    return table


def test_a_blank_study_can_be_asked_about(blank, tmp_path):
    (tmp_path / "experts.csv").write_text("expert,name,group,sectors\ne1,An,g,AGR\n", encoding="utf-8")
    study, experts, sent, out = (str(tmp_path / name) for name in ("blank", "experts.csv", "sent", "out"))
    (tmp_path / "back").mkdir()
    typed = ["forms", "make", study, "--experts", experts, "--out", sent, "--as", "both"]
    done = CliRunner().invoke(main, [*typed, "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "e1: 24 comparisons, about 5 min · 24 scores" in done.output
    typed = ["forms", "read", study, str(tmp_path / "back"), "--experts", experts, "--sent", sent]
    done = CliRunner().invoke(main, [*typed, "--out", out, "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "not in yet: e1" in done.output


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("id,name_vi\nA1,Tưới\nA1,Giống\n", "id"),
        ("id,name_vi\nA1,\n", "name_vi"),
        ("id,ten_ky\nA1,x\n", "name_vi"),
        ("name_vi\nTưới\n", "id"),
        ("id,name_vi\n", ""),
    ],
)
def test_what_is_asked_about_must_be_there(blank, content, field):
    blank.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        tp.inputs.read_asked(blank.parents[1])
    assert field in {problem.field for problem in caught.value.problems}


def test_a_whole_study_is_asked_about_alike():
    asked = tp.inputs.read_asked("lai-chau")
    whole = tp.example("lai-chau")
    sectors = [sector.code for sector in whole.catalog.sectors]
    assert facts_of(asked, sectors) == facts_of(whole, sectors)
