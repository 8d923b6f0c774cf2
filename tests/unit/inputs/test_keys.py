"""The records of keys say what the readers do: what a record forbids, its reader refuses."""

import copy
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from techprio.inputs.criteria import CriteriaFile, read_criteria
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.records import read_record
from techprio.inputs.resources import ResourcesFile, read_resources
from techprio.inputs.study_file import METHOD_NAMES, RankingFile, StudyFile
from techprio.inputs.yaml_reader import read_yaml
from techprio.model.fields import field_of, fields_of
from techprio.model.study import RobustnessSettings, RoleSettings, WeightSettings
from techprio.ranking.methods import METHODS, option_fields
from techprio.weighting.consistency import RANDOM_INDICES

ROOT = Path(__file__).parents[3]
CRITERIA = yaml.safe_load((ROOT / "criteria/lai-chau.yaml").read_text(encoding="utf-8"))
RESOURCES = yaml.safe_load((ROOT / "catalogs/lai-chau/resources.yaml").read_text(encoding="utf-8"))
STUDY = yaml.safe_load((ROOT / "catalogs/lai-chau/study.yaml").read_text(encoding="utf-8"))


def refused(record, path=()):
    """Give paths with a value that the record does not allow."""
    for key in fields_of(record):
        here = (*path, key.name)
        if key.choices:
            yield here, "no such word"
        elif key.kind in ("number", "integer") and key.least is not None:
            yield here, key.least - 1
        if key.kind in ("number", "integer") and key.most is not None:
            yield here, key.most + 1
        if key.kind == "block" and key.inner:
            yield from refused(key.inner, here)
        if key.kind == "blocks" and key.name != "children" and path == ():
            yield from refused(key.inner, (*here, 0))


def changed(document, path, value):
    new = copy.deepcopy(document)
    at = new
    for step, below in pairwise(path):
        at = (
            at[step] if isinstance(step, int) else at.setdefault(step, [{}] if isinstance(below, int) else {})
        )
    at[path[-1]] = value
    return yaml.safe_dump(new, allow_unicode=True).encode()


def shown(path):
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return words


def codes(diagnostics, path):
    return {problem.code for problem in diagnostics.problems if problem.field == shown(path)}


@pytest.mark.parametrize(("path", "value"), list(refused(ResourcesFile)), ids=str)
def test_resources(path, value):
    diagnostics = Diagnostics()
    read_resources(changed(RESOURCES, path, value), "resources.yaml", diagnostics)
    assert codes(diagnostics, path) & {"Y207", "Y208", "R504"}, diagnostics.problems


def leaf_paths():
    for path, value in refused(CriteriaFile):
        if path[:2] == ("criteria", 0):
            yield ("criteria", 0, "children", 1, *path[2:]), value


@pytest.mark.parametrize(("path", "value"), list(leaf_paths()), ids=str)
def test_criteria(path, value):
    diagnostics = Diagnostics()
    read_criteria(changed(CRITERIA, path, value), "criteria.yaml", diagnostics)
    assert "Y208" in codes(diagnostics, path), diagnostics.problems


SETTINGS = {
    "weights": WeightSettings, "ranking": RankingFile, "robustness": RobustnessSettings, "roles": RoleSettings
}  # fmt: skip


@pytest.mark.parametrize("part", SETTINGS)
def test_settings(part):
    others = {field.name for name in METHOD_NAMES for field in option_fields(name)} - {"normalization"}
    for path, value in refused(SETTINGS[part]):
        diagnostics = Diagnostics()
        read_record(read_yaml(changed(STUDY[part], path, value), "study.yaml", diagnostics), SETTINGS[part])
        expected = {"Y203"} if part == "ranking" and path[0] in others else {"Y207", "Y208"}
        assert codes(diagnostics, path) & expected, path


def test_words_of_the_study_are_those_of_the_rooms_that_do_the_work():
    assert set(field_of(RankingFile, "method").choices) == {*METHODS}
    assert set(field_of(WeightSettings, "random_index").choices) == set(RANDOM_INDICES)


def test_every_key_is_explained_in_both_languages():
    def walk(record):
        for key in fields_of(record):
            yield record.__name__, key
            if key.inner and key.name != "children":
                yield from walk(key.inner)

    bare = [
        (name, key.name)
        for record in (StudyFile, CriteriaFile, ResourcesFile)
        for name, key in walk(record)
        if not (key.label.vi and key.label.en and bool(key.explanation.vi) == bool(key.explanation.en))
    ]
    assert not bare
