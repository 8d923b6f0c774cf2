"""Laws of every result: repr, ==, hash, pickle, JSON, tables of declared quantities, two languages."""

import copy
import dataclasses
import importlib
import json
import pickle
import pkgutil
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.display.quantities import Quantity, Table, render
from techprio.display.results import Result, plain, same
from techprio.language import Label, text

#: One heading over two quantities that no table shows together, with the reason.
SAME_HEADING = {
    frozenset({"state", "point_state"}): "of work, a form, an indicator or a point of the checklist",
    frozenset({"value", "stated"}): "a figure, and the setting of a record",
    frozenset({"group", "group_weight"}): "of experts; on the form of one expert, what they weigh",
    frozenset({"criterion_name", "name_of_indicator"}): "the name of what the row is about",
    frozenset({"technology", "point"}): "the code of what the row is about",
    frozenset({"name", "name_vi"}): "the name in the language of the table, and in Vietnamese",
    frozenset({"contents", "text"}): "what a sheet holds, and what is written",
}
#: One key with two headings, with the reason.
SAME_KEY = {
    "p_top": "of the first k, or of reaching the reference profile: the rule of priority says which",
    "top_low": "of the first k, or of what reaches the reference profile: the rule of priority says which",
    "top_high": "of the first k, or of what reaches the reference profile: the rule of priority says which",
    "complete": "of the answers of a form, and of the comparisons of an expert",
    "top_changes": "without a run, how many are first is not known",
}


class _Balanced(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def _declared():
    """Yield every quantity of the library with the module and name under which it is declared."""
    for module in pkgutil.walk_packages(tp.__path__, "techprio."):
        if module.name.endswith("__main__"):
            continue
        found = importlib.import_module(module.name)
        for name, value in vars(found).items():
            if isinstance(value, Quantity):
                yield module.name, name, value


def _words(language):
    texts = set()
    for _, _, quantity in _declared():
        texts |= {render(quantity.heading, language), render(quantity.explanation, language)}
    return texts


def test_every_noun_and_result_is_among_them(shown):
    modules = [importlib.import_module(m.name) for m in pkgutil.walk_packages(tp.__path__, "techprio.")
               if not m.name.endswith("__main__")]  # fmt: skip
    assert modules
    classes = set()
    todo = [Result]
    while todo:
        below = [c for c in todo.pop().__subclasses__() if c.__module__.startswith("techprio.")]
        below = [c for c in below if not c.__module__.startswith("techprio.inputs.")]  # as a file is read
        classes |= set(below)
        todo += below
    assert {c.__name__ for c in classes} <= {type(one).__name__ for one in shown.values()}


def test_every_class_with_a_frame_is_a_result(shown):
    with_frame = {type(one) for one in shown.values() if hasattr(one, "to_frame")}
    assert {c.__name__ for c in with_frame if not issubclass(c, Result)} == set()


def test_repr_is_one_short_line(shown):
    for name, one in shown.items():
        line = repr(one)
        assert line.startswith(f"{type(one).__name__}("), name
        assert line.endswith(")"), name
        assert len(line) <= 120, (name, len(line))
        assert "\n" not in line, name
        assert not re.search(r"\bnan\b|None|<NA>|0x[0-9a-f]{6}", line), line


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_shown_is_whole(shown, language):
    for name, one in shown.items():
        html = one.show(language)._repr_html_()
        parser = _Balanced()
        parser.feed(html)
        assert parser.open == [], name
        assert "<table" in html, name
        assert not re.search(r">\s*(nan|None|NaT|<NA>|inf)\s*<", html), name
        plain_text = repr(one.show(language))
        assert not re.search(r"\b(nan|None|NaT|inf)\b|<NA>", plain_text), name


def test_vietnamese_has_no_english_heading(shown):
    english = {render(q.heading, "en") for _, _, q in _declared() if not isinstance(q.heading, str)}
    vietnamese = {render(q.heading, "vi") for _, _, q in _declared()}
    for name, one in shown.items():
        for table in one.tables().values():
            assert not set(table.heads("vi")) & (english - vietnamese), (name, table.id)


def test_shown_follows_the_chosen_language(shown):
    tp.set_language("vi")
    try:
        for name, one in shown.items():
            assert one._repr_html_() == one.show("vi")._repr_html_() == one.show()._repr_html_(), name
    finally:
        tp.set_language(None)
    assert shown["plan"]._repr_html_() == shown["plan"].show("en")._repr_html_()


def test_an_unknown_language_is_an_error(shown):
    with pytest.raises(tp.InputError, match="vi, en"):
        shown["result"].show("fr")


def test_tables_are_made_of_declared_quantities(shown):
    declared = {(q.key, render(q.heading, "en"), render(q.explanation, "en")) for _, _, q in _declared()}
    heads = {head.split(" (")[0] for _, head, _ in declared}
    families = {key for key, _, _ in declared}
    for name, one in shown.items():
        tables = one.tables()
        assert tables, name
        for id, table in tables.items():
            assert isinstance(table, Table)
            assert table.id == id
            for row in table.rows:
                assert len(row) == len(table.columns), (name, id)
            for column in table.columns:
                key = column.key.partition(":")
                known = key[0] in families and (key[1] or column.quantity.head("en").split(" (")[0] in heads)
                assert known or "{k}" in str(heads), (name, id, column.key)


def test_every_quantity_is_documented_in_both_languages():
    for module, name, quantity in _declared():
        for words in (quantity.heading, quantity.explanation):
            assert render(words, "en").strip(), (module, name)
            assert render(words, "vi").strip(), (module, name)
        assert render(quantity.explanation, "en") != render(quantity.explanation, "vi"), (module, name)
        assert render(quantity.explanation, "en").endswith("."), (module, name)


def test_one_key_has_one_heading_and_one_heading_one_key():
    keys, heads = {}, {}
    for _, _, quantity in _declared():
        for language in ("en", "vi"):
            heading = render(quantity.heading, language)
            keys.setdefault((quantity.key, language), set()).add(heading)
            heads.setdefault((heading, language), set()).add(quantity.key)
    assert {key: found for key, found in keys.items() if len(found) > 1 and key[0] not in SAME_KEY} == {}
    twice = {head: found for head, found in heads.items() if len(found) > 1}
    assert {head: found for head, found in twice.items() if frozenset(found) not in SAME_HEADING} == {}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_json_is_json(shown, language):
    for name, one in shown.items():
        words = one.to_json(language)
        found = json.loads(words, parse_constant=pytest.fail)
        assert found == one.to_dict(language), name
        assert " object at 0x" not in words, name
    assert shown["plan"].to_dict("vi") != shown["plan"].to_dict("en")


def test_equality_is_of_content_and_a_bool(shown):
    for name, one in shown.items():
        again = pickle.loads(pickle.dumps(one))
        assert (one == again) is True, name
        assert (one != again) is False, name
        assert (one == copy.deepcopy(one)) is True, name
        for other in (1, None, "x", pd.DataFrame({"a": [1]}), np.arange(3), one.tables()):
            assert (one == other) is False, name
            assert (other == one) is False or isinstance(other, pd.DataFrame | np.ndarray), name


def test_a_changed_copy_is_another(shown):
    for name, one in shown.items():
        for field in dataclasses.fields(one):
            value = getattr(one, field.name)
            if not isinstance(value, pd.DataFrame | pd.Series) or not field.compare or not len(value):
                continue
            changed = dataclasses.replace(one, **{field.name: value.iloc[:-1]}) if _can_replace(one) else None
            assert changed is None or (one == changed) is False, (name, field.name)


def _can_replace(one):
    return type(one).__name__ not in ("Catalog", "DecisionMatrix", "Judgments")  # they check themselves


def test_a_result_says_that_it_has_no_hash(shown):
    for one in shown.values():
        with pytest.raises(TypeError, match="cannot be a key"):
            hash(one)


def test_main_frames_begin_with_what_they_are_about(shown):
    first = {
        **dict.fromkeys(["ranking", "acceptability", "methods"], "alternative"),
        **dict.fromkeys(["roles", "plan", "chain", "scenarios"], "technology"),
        **dict.fromkeys(["difference", "what_if", "monitoring", "result"], "technology"),
    }
    for name, column in first.items():
        assert shown[name].to_frame().columns[0] == column, name


def test_plots_take_axes_first_and_need_nothing_else(shown):
    import matplotlib.pyplot as plt

    for name, one in shown.items():
        if not hasattr(one, "plot"):
            continue
        axes = one.plot(language="vi")
        assert axes is not None, name
        plt.close(axes.figure)
        parameters = list(type(one).plot.__annotations__)
        assert parameters[0] == "ax", name


def test_what_explains_speaks_both_languages(shown):
    for words in (shown["roles"].explain("CRS01"), shown["plan"].explain("CRS01")):
        assert words.render("en").startswith("CRS01: ")
        assert words.render("vi") != words.render("en")
    with pytest.raises(tp.InputError, match="did you mean CRS01"):
        shown["roles"].explain("CRS0l")
    with pytest.raises(tp.InputError, match="did you mean CRS01"):
        shown["plan"].explain("CRS0l")
    why = shown["ranking"].explain("AGR01")
    assert (why.ahead, why.behind) == tuple(shown["ranking"].to_frame()["alternative"].head(2))
    last = shown["ranking"].to_frame()["alternative"].tail(2).tolist()
    assert (shown["ranking"].explain(last[1]).ahead, shown["ranking"].explain(last[1]).behind) == tuple(last)


def test_content_is_compared_cell_by_cell():
    frame = pd.DataFrame({"a": [1.0, np.nan], "b": ["x", None]})
    assert same(frame, frame.copy())
    assert same(frame, frame.astype({"a": "float32"}))
    assert not same(frame, frame.rename(columns={"a": "c"}))
    assert not same(frame, frame.assign(a=[1.0, 2.0]))
    assert same({"x": (1, [2, np.array([np.nan])])}, {"x": (1, [2, np.array([np.nan])])})
    assert not same([1], (1,))
    assert not same(len, lambda: None)


def test_plain_values_have_no_numpy_and_no_nan():
    frame = pd.DataFrame(
        {"a": [np.int64(1), 2], "b": [np.inf, np.nan]}, index=pd.Index(["x", "y"], name="id")
    )
    assert plain(frame, "en") == [{"id": "x", "a": 1, "b": None}, {"id": "y", "a": 2, "b": None}]
    assert plain((Label("Giá", "Cost"), text("yes"), {3}, pd.NaT), "vi") == ["Giá", "có", [3], None]


def test_every_result_has_notes_a_record_and_a_frame(shown):
    for name, one in shown.items():
        if name in ("study", "catalog", "tree", "judgments", "resources", "matrix", "graph", "layout"):
            continue
        assert isinstance(one.notes, tuple), name
        assert one.provenance.version == tp.__version__, name
        assert isinstance(one.to_frame(), pd.DataFrame), name
