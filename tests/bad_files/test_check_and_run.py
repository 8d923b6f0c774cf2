"""Whatever a run refuses as input, ``check_study`` lists, with the same line: a thousand mutated studies."""

import pickle

import pytest

import techprio as tp
from techprio.dependencies.roles import classify_roles
from techprio.phasing.case import make_case
from techprio.ranking.methods import make_method
from techprio.robustness import simulate
from techprio.scoring import rank_study, sector_matrices, study_weights, technology_values

from ..unit.templates.filling import fill_folder
from .mutated_studies import mutated

STUDIES, PARTS = 1000, 10


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tp.inputs.new_study(tmp_path_factory.mktemp("sound") / "study", sectors="AGR", id="x")
    fill_folder(folder)
    for path in folder.glob("*.csv"):
        if len(path.read_text(encoding="utf-8").splitlines()) < 2:
            path.unlink()
    return folder


def files_of(folder):
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".csv"))
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in paths}


def stages(study, taken):
    """Take every stage of a run as far as it can refuse its input, with one draw.

    What a stage made of the input of an earlier study it makes of the same input again.
    """

    def once(stage, given, make):
        key = pickle.dumps((stage, given))
        if key not in taken:
            taken[key] = make()
        return taken[key]

    def rank_and_draw():
        for ranking in rank_study(study, weights, method, matrices=matrices).values():
            simulate(
                ranking.matrix,
                weights,
                method,
                draws=1,
                seed=settings.seed,
                weight_distribution=settings.weights,
                score_distribution=settings.scores,
                top=study.ranking.top,
            )
        return technology_values(study, weights, method, matrices=matrices)

    catalog, settings, roles = study.catalog, study.robustness, (study.roles, study.role_overrides)
    needs = (catalog.technologies, catalog.dependencies, catalog.sectors, catalog.cycles)
    method = make_method(study.ranking.method, study.ranking.options)
    weighed = (study.criteria, study.judgments, study.weights)
    weights = once("weights", weighed, lambda: study_weights(study))
    matrices = once("matrices", catalog, lambda: sector_matrices(study))
    ranked = (catalog, weights, method, settings, study.ranking, study.gates, study.value)
    values = once("ranks", ranked, rank_and_draw)
    once(
        "roles",
        (needs, values, roles),
        lambda: classify_roles(catalog, values, settings=roles[0], overrides=roles[1]),
    )
    if study.resources is not None:
        once(
            "phases",
            (needs, study.resources),
            lambda: make_case(catalog, study.resources, values, excluded={}) and None,
        )


def refused_by_run(study, taken, *, clean):
    """Return what a run refuses; the stages are not reached by a study that was refused."""
    try:
        read = tp.read_study(study)
        if clean:
            stages(read, taken)
    except tp.InfeasibleError:  # no plan keeps the limits: a result, no fault of the input
        return []
    except tp.TechprioError as error:
        return error.problems or [error]
    return []


def places(problems):
    return [(one.code, one.file, one.place) if hasattr(one, "code") else str(one) for one in problems]


@pytest.fixture(scope="module")
def taken():
    return {}


@pytest.mark.parametrize("part", range(PARTS))
def test_what_a_run_refuses_is_listed(study, taken, part):
    sound = files_of(study)
    size = STUDIES // PARTS
    for seed in range(part * size, (part + 1) * size):
        changed = {name: words for name, words in mutated(sound, seed).items() if words != sound[name]}
        for name, words in changed.items():
            (study / name).write_text(words, encoding="utf-8")
        try:
            problems = tp.check_study(study)
            if not problems or seed % 10 == 0:  # reading is checking; a tenth shows it for what is refused
                assert places(refused_by_run(study, taken, clean=not problems)) == places(problems), seed
        finally:
            for name in changed:
                (study / name).write_text(sound[name], encoding="utf-8")
