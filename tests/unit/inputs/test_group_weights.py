"""Votes of the groups in ``study.yaml``, such as .4, .4 and .2."""

import pytest

import techprio as tp
from techprio.scoring import study_weights

from ..templates.filling import fill_folder


@pytest.fixture
def study(tmp_path):
    folder = tp.inputs.new_study(tmp_path / "study", sectors="AGR=Nông nghiệp", id="x")
    fill_folder(folder)
    return folder


def state(folder, words):
    file = folder / "study.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next((n for n, line in enumerate(lines) if line.startswith("weights:")), None)
    if at is None:
        lines += ["weights:"]
        at = len(lines) - 1
    lines[at] = "weights:"
    lines.insert(at + 1, f"  group_weights: {words}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def groups_of(folder):
    return list(tp.read_study(folder).judgments.groups)


def test_groups_count_as_stated(study):
    names = groups_of(study)
    stated = dict(zip(names, (0.4, 0.4, 0.2), strict=False))
    state(study, "{" + ", ".join(f"{name}: {weight}" for name, weight in stated.items()) + "}")
    read = tp.read_study(study)
    assert read.weights.voices == stated
    wanted = tp.ahp(read.judgments, groups=stated)
    assert study_weights(read).overall.to_dict() == wanted.overall.to_dict()


@pytest.mark.parametrize("words", ["{nobody: 1}", "{}", "{%s: -1}", "{%s: 0}"])
def test_every_group_has_a_weight(words, study):
    first = groups_of(study)[0]
    state(study, words.replace("%s", first))
    problems = tp.inputs.check_study(study)
    assert bool(problems) == (words != "{}")
    assert all("group_weights" in problem.render("en") for problem in problems)
