"""Frames as they come: nullable, pyarrow, categorical, dates, several levels, and those of other libraries.

Every argument of a public function that is a table or a column of pandas is exchanged for one that says the
same in another form, and for one that says something else. The first works, the second is answered in words.
"""

import pickle
import types

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.annotations import is_of_another_library
from tests.unit.test_wrong_values import CALLS, function_of


def nullable(frame):
    return frame.convert_dtypes()


def with_objects(frame):
    return frame.astype(object)


def backed_by_pyarrow(frame):
    pytest.importorskip("pyarrow", reason="an optional library of pandas")
    return frame.convert_dtypes(dtype_backend="pyarrow")


def categorical_names(frame):
    """Give words as categories: names of rows, and columns of words."""
    frame = frame.copy()
    frame.index = pd.CategoricalIndex(frame.index) if frame.index.dtype.kind == "O" else frame.index
    if isinstance(frame, pd.DataFrame):
        words = {name for name in frame if not pd.api.types.is_numeric_dtype(frame[name])}
        return frame.astype(dict.fromkeys(words, "category"))
    return frame


SAME = {
    "nullable": nullable,
    "objects": with_objects,
    "pyarrow": backed_by_pyarrow,
    "categories": categorical_names,
}


def a_hole(frame):
    """Give a nullable frame without its first number."""
    frame = frame.convert_dtypes()
    if isinstance(frame, pd.Series):
        return frame.mask(np.arange(len(frame)) == 0)
    return frame.mask(np.arange(frame.size).reshape(frame.shape) == 0)


def a_hole_in_every_column(frame):
    return frame.convert_dtypes().shift(1)


def dates(frame):
    when = pd.date_range("2026-01-01", periods=len(frame)).to_series().set_axis(frame.index)
    return when if isinstance(frame, pd.Series) else frame.apply(lambda column: when)


def number_categories(frame):
    return frame.astype("category")


def levels_of_rows(frame):
    index = pd.MultiIndex.from_arrays([["a"] * len(frame), range(len(frame))])
    return frame.set_axis(index)


def levels_of_columns(frame):
    if isinstance(frame, pd.Series):
        return frame
    return frame.set_axis(pd.MultiIndex.from_product([["a"], frame.columns]), axis=1)


def mixed_rows(frame):
    return frame.set_axis([None, 1.5, *range(2, len(frame))][: len(frame)])


def equal_rows_of_words_and_numbers(frame):
    """What shares a rank is put in order, whatever its name is."""
    return frame.iloc[[0] * len(frame)].set_axis(["x", 1.5, *range(2, len(frame))][: len(frame)])


def rows_by_date(frame):
    return frame.set_axis(pd.date_range("2026-01-01", periods=len(frame)))


def doubled_columns(frame):
    return pd.concat([frame, frame], axis=1) if isinstance(frame, pd.DataFrame) else pd.concat([frame, frame])


OTHER = [a_hole, a_hole_in_every_column, dates, number_categories, levels_of_rows, levels_of_columns,
         mixed_rows, equal_rows_of_words_and_numbers, rows_by_date, doubled_columns]  # fmt: skip

FRAMES = [
    (name, parameter)
    for name, right in CALLS.items()
    for parameter, value in right.items()
    if parameter != "self" and isinstance(value, pd.DataFrame | pd.Series)
]


def call(name, parameter, value):
    right = {key: one for key, one in CALLS[name].items() if key != "self"}
    owner = CALLS[name].get("self")
    function = function_of(name) if owner is None else getattr(owner, name.rpartition(".")[2])
    return function(**{**right, parameter: value})


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "parameter"), FRAMES)
@pytest.mark.parametrize("form", SAME)
def test_same_frame_in_another_form_works(name, parameter, form):
    given = CALLS[name][parameter]
    assert repr(call(name, parameter, SAME[form](given))) == repr(call(name, parameter, given))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "parameter"), FRAMES)
def test_odd_frame_is_answered_in_words(name, parameter):
    raw = []
    for form in OTHER:
        try:
            call(name, parameter, form(CALLS[name][parameter]))
        except tp.TechprioError:
            continue
        except Exception as error:
            raw.append(f"{form.__name__}: {type(error).__name__}: {error}")
    assert raw == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "parameter"), FRAMES)
def test_frame_that_is_changed_later_changes_nothing(name, parameter):
    given = CALLS[name][parameter].copy()
    made = call(name, parameter, given)
    before = pickle.dumps(made)
    given[:] = given[::-1].to_numpy()
    assert pickle.dumps(made) == before


def frame_of(library):
    """Give an object that lets its cells be taken as frames of polars and pyarrow do."""
    return type("DataFrame", (), {"__module__": library, "__arrow_c_stream__": lambda self, *_: None})()


@pytest.mark.parametrize("library", ["polars.dataframe.frame", "pyarrow.lib"])
@pytest.mark.parametrize(("name", "parameter"), FRAMES)
def test_frame_of_another_library_is_refused_by_name(name, parameter, library):
    with pytest.raises(tp.TechprioError, match=f"{parameter}.*DataFrame of {library.partition('.')[0]}"):
        call(name, parameter, frame_of(library))


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_frames_of_these_libraries_are_known(library):
    module = pytest.importorskip(library, reason="its frames are refused by name, without it")
    make = module.DataFrame if library == "polars" else module.table
    with pytest.raises(tp.InputError, match=f"of {library}.*to_pandas"):
        tp.rank(make({"a": [1.0, 2.0]}), {"a": 1})


def test_frames_of_pandas_itself_are_none_of_another_library():
    for kind in (pd.DataFrame, pd.Series, pd.Index, np.ndarray, types.SimpleNamespace):
        assert not is_of_another_library(kind)
