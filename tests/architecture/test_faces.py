"""The public face: stub, ``__all__``, ``dir`` and what loads are the same names."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import techprio

SOURCE = Path(techprio.__file__).parent
STAGES = (
    "weighting",
    "ranking",
    "robustness",
    "dependencies",
    "phasing",
    "survey",
    "inputs",
    "forms",
    "reporting",
    "model",
)
FACES = ["techprio", *(f"techprio.{stage}" for stage in STAGES)]
#: The chain as the design fixes it, by what the names are for.
CHAIN = {
    *("Study", "Catalog", "CriteriaTree", "Criterion", "Scale", "Judgments", "DecisionMatrix", "Resources"),
    *("Gate", "Label"),
    *("Weights", "Ranking", "RankAcceptability", "Roles", "Plan", "StudyResult"),
    *("METHODS", "Topsis", "WeightedSum"),
    *("ahp", "given_weights", "rank", "simulate", "compare_methods", "weight_sensitivity"),
    *("classify_roles", "plan_phases", "monitor_plan"),
    *("assess_survey",),
    *("run", "run_many", "compare_runs", "compare_scenarios", "what_if", "explore"),
    *("read_study", "check_study", "example", "copy_example", "read_score_table"),
    *("TechprioError", "InputError", "DataFileError", "InfeasibleError", "TechprioWarning"),
    *("set_language", "__version__"),
}


def _stub(face):
    file = Path(import_module(face).__file__).with_suffix(".pyi")
    return ast.parse(file.read_text(encoding="utf-8"))


def _declared(face):
    for node in _stub(face).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__":
            return ast.literal_eval(node.value)
    raise AssertionError(f"the stub of {face} has no __all__")


def _imported(face):
    nodes = [node for node in _stub(face).body if isinstance(node, ast.ImportFrom)]
    return [alias.name for node in nodes for alias in node.names]


def test_the_chain_is_the_chain_of_the_design():
    assert len(CHAIN) == 47
    assert set(techprio.__all__) == {*CHAIN, *STAGES, "errors"}


@pytest.mark.parametrize("face", FACES)
def test_stub_list_and_dir_name_the_same(face):
    module = import_module(face)

    assert sorted(module.__all__) == sorted(_declared(face))
    assert set(_declared(face)) - {"__version__"} == set(_imported(face))
    assert set(dir(module)) == set(module.__all__)


def test_errors_show_what_is_theirs():
    assert sorted(dir(techprio.errors)) == sorted(techprio.errors.__all__)


@pytest.mark.parametrize("face", [*FACES, "techprio.errors"])
def test_every_name_loads_and_is_described(face):
    module = import_module(face)
    for name in module.__all__:
        value = getattr(module, name)
        assert name == "__version__" or value.__doc__, f"{face}.{name} has no docstring"


@pytest.mark.parametrize("face", FACES)
def test_no_name_is_both_a_function_and_a_module(face):
    modules = {file.stem for file in Path(import_module(face).__file__).parent.glob("*")}
    functions = set(_imported(face)) - {*STAGES, "errors"}
    assert not functions & modules


def test_a_face_imports_nothing_and_no_module_imports_from_a_face():
    for face in FACES:
        body = ast.parse(Path(import_module(face).__file__).read_text(encoding="utf-8")).body
        imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
        assert [node.module for node in imports] == ["techprio.lazy"], face
    shown = {(face, name) for face in FACES for name in _imported(face)}
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in FACES[1:]:
                taken = {(node.module, alias.name) for alias in node.names}
                assert not taken & shown, f"{file}: import from the module, not from its room"


def test_a_name_that_does_not_exist_is_answered_with_the_nearest():
    with pytest.raises(AttributeError, match=re.escape("no name 'rnak'; did you mean rank?")):
        _ = techprio.rnak
    with pytest.raises(AttributeError, match=re.escape("did you mean swing_weights?")):
        _ = techprio.weighting.swing_weight
    techprio.set_language("vi")
    try:
        with pytest.raises(AttributeError, match="có phải ý bạn là rank"):
            _ = techprio.rnak
    finally:
        techprio.set_language(None)


def test_what_is_no_part_of_the_face_is_not_shown():
    code = "import techprio as tp; tp.run; print([n for n in ('charts', 'display', 'sliders', 'templates', 'cli', 'study', 'locale') if n in dir(tp)])"  # noqa: E501
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
