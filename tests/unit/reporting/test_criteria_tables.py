"""Tables of criteria and judgments: what stays in the study."""

from dataclasses import replace

from techprio.reporting.criteria_tables import judgments_table


def test_notes_of_experts_leave_the_study_only_where_they_are_asked_for(trimmed_result):
    notes = {note for note in trimmed_result.study.judgments.statements["note"] if note}
    assert notes
    plain = judgments_table(trimmed_result)
    said = {str(cell) for row in plain.rows for cell in row}
    assert not notes & said
    asked = judgments_table(replace(trimmed_result, options={"with_judgments": True}))
    assert notes <= {str(cell) for row in asked.rows for cell in row}
    assert len(asked.rows) == len(plain.rows)
