"""Rules that every public signature keeps: closed types, one rule for language, named options."""

import inspect
import typing

from .public import CLASSES, functions, hints

FUNCTIONS = dict(functions())
PUBLIC = set(CLASSES.values())


#: The language is what these are about, so it has no default.
ABOUT_A_LANGUAGE = {"set_language", "ReportMaterial.text", "Explorer.__init__"}
#: Takes the places of a sentence, whatever they are called.
PLACES_OF_A_SENTENCE = {"Quantity.fill"}


def _late(name, waiting):
    return not any(name.endswith(f".{one}") for one in waiting)


def _types_in(hint):
    """Yield every class inside an annotation, whatever it is wrapped in."""
    if inspect.isclass(hint) and not typing.get_args(hint):
        yield hint
    for part in typing.get_args(hint):
        for inner in part if isinstance(part, list) else [part]:
            yield from _types_in(inner)


def test_every_annotation_resolves():
    for name, function in FUNCTIONS.items():
        parameters = [one for one in inspect.signature(function).parameters if one not in ("self", "cls")]
        assert set(parameters) <= set(hints(name, function)), name


def test_every_type_in_a_public_signature_is_public():
    hidden = {
        f"{name}: {found.__name__}"
        for name, function in FUNCTIONS.items()
        for hint in hints(name, function).values()
        for found in _types_in(hint)
        if found.__module__.startswith("techprio") and found not in PUBLIC
    }
    assert sorted(hidden) == []


def test_language_is_left_to_the_reader_unless_it_is_stated():
    wrong = [
        name
        for name, function in FUNCTIONS.items()
        if (one := inspect.signature(function).parameters.get("language"))
        and one.default is not None
        and _late(name, ABOUT_A_LANGUAGE)
    ]
    assert wrong == []


def test_options_are_named():
    opaque = [
        name
        for name, function in FUNCTIONS.items()
        for one in inspect.signature(function).parameters.values()
        if one.kind is one.VAR_KEYWORD
        and name != "techprio.reporting.Quantity.fill"  # the places of a heading have any names
        and _late(name, PLACES_OF_A_SENTENCE)
    ]
    assert opaque == []


def test_a_chart_takes_its_axes_first():
    wrong = [
        name
        for name, function in FUNCTIONS.items()
        if name.split(".")[-1].startswith("plot")
        and list(inspect.signature(function).parameters)[:2] != ["self", "ax"]
    ]
    assert wrong == []
