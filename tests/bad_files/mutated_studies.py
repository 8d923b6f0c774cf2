"""A small sound study and what people may do to it: values, keys and cells replaced by others."""

import csv
import functools
import io
import random

import yaml

from techprio.inputs.study_sheets import DOCUMENTS
from techprio.model.fields import fields_of

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
WORDS = [
    "",
    "~",
    "x",
    "-1",
    "0",
    "1",
    "2",
    "3",
    "9",
    "0.5",
    "1.5",
    "100",
    "1e9",
    "nan",
    "inf",
    "0,5",
    "6.000",
    "1.250",
    "true",
    "True",
    "ture",
    "có",
    "on",
    "[a]",
    "[C1]",
    "{a: 1}",
    "{vn: a}",
    "C1",
    "C2",
    "AGR01",
    "AGR02",
    "AGR",
    "2027-07",
    "2028-12",
    "07/2027",
    "topsis",
    "vikor",
    "promethee2",
    "weighted_sum",
    "weighted_product",
    "spotis",
    "waspas",
    "cocoso",
    "copras",
    "panel",
    "uniform",
    "uniform_by_node",
    "around",
    "fixed",
    "given",
    "reference",
    "refernce",
    "minmax",
    "max",
    "sum",
    "none",
    "hard",
    "tham khảo",
    "score",
    "capex_mode",
    "staff",
    "platform",
    "C1;C2",
    "=1+1",
    "../x y",
    "criteria.yaml",
    "no_such.csv",
    "{C1: 0.5, C2: 0.5}",
    "{C1: 50, C2: 50}",
    "{C1: {type: linear, q: 1, p: 3}}",
    "{C9: usual}",
    "{AGR01: 2027-09}",
    "[[AGR01, AGR02]]",
    "{2027-2028: 1}",
    "{7: 3}",
    "{none: 1, pilot: 0.8, partial: 0.5, operational: 0}",
    "[{criterion: C1, at_least: 5}]",
    "{AGR01: {role: core, reason: x}}",
]


def mutated(files, seed):
    """Return the files of a study with one to three changes, by name; the same for the same seed."""
    chance = random.Random(seed)
    said = {name: _said(name, words) for name, words in files.items()}
    while True:
        changed = dict(files)
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            name = chance.choice([name for name in files if name.endswith(".yaml")] * 3 + [*files])
            change = _document if name.endswith(".yaml") else _table
            changed[name] = change(changed[name], name, chance)
        if any(_said(name, words) != said[name] for name, words in changed.items() if words != files[name]):
            return changed


@functools.cache
def _said(name, words):
    """Return what a file says, however it is laid out."""
    return yaml.load(words, Loader=yaml.CBaseLoader) if name.endswith(".yaml") else words


def _document(words, name, chance):
    document = yaml.compose(words, Loader=_LOADER)
    record = next((d.record for d in DOCUMENTS if d.file == name), None)
    places = list(_places(document, record))
    mapping, place, record = chance.choice(places)
    if record is not None and chance.random() < 0.4:
        names = [field.name for field in fields_of(record)]
        key = yaml.ScalarNode("tag:yaml.org,2002:str", chance.choice(names))
        mapping.value.append((key, _value(chance)))
    elif place is not None and chance.random() < 0.15:
        del mapping.value[place]
    elif place is not None:
        key, _ = mapping.value[place]
        mapping.value[place] = (key, _value(chance))
    return yaml.serialize(document, Dumper=_DUMPER, allow_unicode=True)


def _value(chance):
    return yaml.compose(chance.choice(WORDS) or "''", Loader=_LOADER)


def _places(node, record):
    """Give every mapping with the place of each of its keys, and its record where one is known."""
    if isinstance(node, yaml.MappingNode):
        known = {field.name: field.inner for field in fields_of(record)} if record else {}
        yield node, None, record
        for place, (key, value) in enumerate(node.value):
            yield node, place, record
            yield from _places(value, known.get(key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _places(item, record)


def _table(words, name, chance):
    rows = list(csv.reader(io.StringIO(words)))
    row = chance.randrange(len(rows))
    rows[row][chance.randrange(len(rows[row]))] = chance.choice(WORDS)
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
