"""Tables and charts of an assessment in words of one language."""

import pytest

import techprio as tp
from techprio.survey.tables import tabulate_survey


@pytest.mark.parametrize("language", ["vi", "en"])
def test_tables_mark_every_class_that_is_not_official(language, assessment):
    tables = tabulate_survey(assessment, language)
    assert set(tables) == {"sectors", "levels", "groups", "firms", "potential", "trend", "yearly", "swot"}
    for name in ("level_circular", "level_plan"):
        words = tables["firms"].loc[tables["firms"]["level"].notna(), name]
        mark = {"vi": "ngưỡng tạm|không chính thức", "en": "provisional|not official"}[language]
        assert words.str.contains(mark).all()
    assert (tables["firms"].loc[tables["firms"]["level"].isna(), "level_plan"] == "").all()
    cells = {type(cell).__name__ for table in tables.values() for name in table for cell in table[name]}
    assert not cells & {"Text", "Label"}


def test_charts_draw_one_instrument_each(assessment):
    import matplotlib as mpl

    mpl.use("Agg")
    inside = assessment.plot(language="en")
    outside = assessment.plot(language="en", extension=True)
    assert [tick.get_text() for tick in inside.get_yticklabels()] == ["AGR", "MIN", "PRO"]
    assert "TOU" in [tick.get_text() for tick in outside.get_yticklabels()]
    assert "provisional" in inside.get_title(loc="left")
    profile = assessment.plot_profile(sector="PRO", language="en")
    assert len(profile.get_yticklabels()) == 5
    with pytest.raises(tp.InputError, match="no complete firm"):
        assessment.plot_profile(sector="TOU")
