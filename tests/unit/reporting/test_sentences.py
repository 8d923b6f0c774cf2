"""The sentence of each technology."""

import pytest

import techprio as tp
from techprio.reporting.sentences import technology_sentence, technology_sentences

from .invented_run import invented_run


def test_a_sentence_says_rank_class_role_phase_and_what_would_change_it(trimmed_result):
    found = technology_sentences(trimmed_result)
    assert set(found) == set(trimmed_result.study.catalog.technologies.index)
    said = str(found["AGR01"])
    rank = int(trimmed_result.rankings["AGR"].ranks["AGR01"])
    for part in (f"number {rank} of 6 in Agriculture", "of the draws", "Role: ", "operational ", "For it: "):
        assert part in said
    watched = trimmed_result.roles.of("watch")
    assert watched
    assert all("watch, not now" in str(found[name]) for name in watched)


def test_what_is_screened_says_why_and_an_unknown_name_is_refused():
    run = invented_run()
    assert "is not ranked" in str(technology_sentence(run, "ENE05"))
    assert "(ENE05)" not in str(technology_sentence(run, "ENE05", codes=False))
    with pytest.raises(tp.InputError, match="ENE5"):
        technology_sentence(run, "ENE5")
