"""One of a thing is counted in the singular, in English, wherever it stands in a sentence."""

import pytest

from techprio.language import Label, text


@pytest.mark.parametrize(
    ("template", "values", "said"),
    [
        ("{count} technologies are not placed", {"count": 1}, "1 technology is not placed"),
        ("{count} technologies reach the profile", {"count": 1}, "1 technology reaches the profile"),
        ("And {count} technologies that begin later.", {"count": 1}, "And 1 technology that begins later."),
        ("{count} technologies are not placed", {"count": 11}, "11 technologies are not placed"),
        ("{count} technologies are not placed", {"count": 0}, "0 technologies are not placed"),
        ("Plan of {count} technologies", {"count": 1}, "Plan of 1 technology"),
        ("{phases} phases and {starts} starts", {"phases": 1, "starts": 2}, "1 phase and 2 starts"),
        ("{people} people are trained", {"people": Label("1", "1")}, "1 person is trained"),
        (
            "{count} of {all} technologies rest on it",
            {"count": 1, "all": 1},
            "1 of 1 technologies rest on it",
        ),
        ("{count} of the {all} technologies", {"count": 1, "all": 1}, "1 of the 1 technologies"),
    ],
)
def test_one_is_counted_in_the_singular(template, values, said):
    assert text(template, **values).render("en") == said
