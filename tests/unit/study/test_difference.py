"""New, gone and renamed technologies; other studies and older versions."""

import json
from dataclasses import replace

import pandas as pd
import pytest

import techprio as tp
from techprio.reporting.difference import write_difference


@pytest.fixture(scope="module")
def study():
    return replace(tp.example("lai-chau"), resources=None)


def changed(study, *, drop=(), rename=None, names=None):
    catalog, renamed = study.catalog, rename or {}
    kept = catalog.technologies.drop(index=list(drop)).rename(index=renamed)
    for technology, words in (names or {}).items():
        kept.loc[technology, "name_vi"] = words
    scores, edges = catalog.scores, catalog.dependencies
    scores = scores[~scores["technology"].isin(drop)].replace({"technology": renamed})
    edges = edges[~(edges["technology"].isin(drop) | edges["requires"].isin(drop))]
    edges = edges.replace({"technology": renamed, "requires": renamed})
    return replace(study, catalog=replace(catalog, technologies=kept, scores=scores, dependencies=edges))


def test_nothing_changed_is_said(study):
    difference = tp.compare_runs(study, study)
    assert difference.factors == ()
    assert (difference.ranks["rank_change"] == 0).all()
    assert "nothing that the ranking uses has changed" in [note.render("en") for note in difference.notes]


def test_gone_and_new(study):
    fewer = changed(study, drop=["AGR05"])
    gone = tp.compare_runs(study, fewer)
    assert gone.factors == ("candidates",)
    assert dict(gone.ranks.set_index("technology")["change"])["AGR05"] == "gone"
    assert "no longer a candidate" in gone.explain("AGR05").render("en")
    back = tp.compare_runs(fewer, study)
    assert dict(back.ranks.set_index("technology")["change"])["AGR05"] == "new"
    # Scores on fixed scales do not depend on who else is a candidate.
    assert back.score_parts["candidates"].abs().max() < 1e-12


def test_same_name_under_another_id_is_one_technology(study):
    new = changed(study, rename={"AGR05": "AGR95"})
    matched = tp.compare_runs(study, new)
    assert dict(matched.renamed) == {"AGR05": "AGR95"}
    assert dict(matched.ranks.set_index("technology")["change"])["AGR95"] == "kept"
    apart = tp.compare_runs(study, new, renamed={})
    kinds = dict(apart.ranks.set_index("technology")["change"])
    assert (kinds["AGR05"], kinds["AGR95"]) == ("gone", "new")


def test_another_name_of_one_id_is_said(study):
    notes = tp.compare_runs(study, changed(study, names={"AGR05": "Tên khác"})).notes
    assert any("AGR05" in note.render("vi") and "Tên khác" in note.render("vi") for note in notes)


def test_renaming_that_cannot_be_is_refused_with_every_fault(study):
    with pytest.raises(tp.InputError, match=r"(?s)old id; found 'NONE1'.*new id; found 'NONE2'"):
        tp.compare_runs(study, study, renamed={"NONE1": "NONE2"})


def test_another_study_is_refused(study):
    with pytest.raises(tp.InputError, match="two studies, 'lai-chau' and 'dien-bien'"):
        tp.compare_runs(study, replace(study, id="dien-bien"))


def test_a_folder_that_is_none_is_refused_in_words(study, tmp_path):
    with pytest.raises(tp.InputError, match="neither a study nor the result of a run") as caught:
        tp.compare_runs(tmp_path / "nothing", study)
    assert "no such folder or file" in str(caught.value)
    with pytest.raises(tp.InputError, match="neither a study nor the result of a run"):
        tp.compare_runs(study, tmp_path)
    with pytest.raises(tp.InputError, match="old: found 3; allowed: a study, a result, or the folder of one"):
        tp.compare_runs(3, study)


def test_only_the_method_changed(study):
    other = replace(study, ranking=replace(study.ranking, options={"normalization": "vector"}))
    difference = tp.compare_runs(study, other)
    assert difference.factors == ("method",)
    ranks = difference.ranks.set_index("technology").loc[difference.rank_parts.index]
    assert (difference.rank_parts["method"] == ranks["rank_change"].astype(float)).all()


def test_result_without_inputs_and_unreadable_record(tmp_path, study):
    (tmp_path / "run.json").write_text(json.dumps({"version": "0"}), encoding="utf-8")
    with pytest.raises(tp.DataFileError, match="inputs it was made from"):
        tp.compare_runs(tmp_path, study)
    study.save(tmp_path / "inputs")
    (tmp_path / "run.json").write_text("[]", encoding="utf-8")
    with pytest.raises(tp.DataFileError, match="record that a run writes"):
        tp.compare_runs(tmp_path, study)


def test_files_repeat_and_hold_every_technology(study, tmp_path):
    difference = tp.compare_runs(study, changed(study, drop=["AGR05"]))
    one = write_difference(difference, tmp_path / "one", language="en")
    two = write_difference(difference, tmp_path / "two", language="en")
    assert [path.name for path in one] == [f"difference.{kind}" for kind in ("csv", "json", "png", "xlsx")]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(one, two, strict=True))
    table = pd.read_csv(tmp_path / "one" / "difference.csv")
    assert set(table["technology"]) == set(study.catalog.technologies.index)
