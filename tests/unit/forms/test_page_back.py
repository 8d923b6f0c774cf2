"""The page back to each expert: what was read, one thing to look at, nothing of another person."""

import docx
import numpy as np
import pytest

import techprio as tp
from techprio.forms.questions import pairs_of
from techprio.weighting.consistency import measure_consistency

CIRCLE = {("F", "J"): "F", ("J", "R"): "J", ("F", "R"): "R"}  # F > J > R > F


def words_of(path):
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.fixture(scope="module")
def pages(small_study, tmp_path_factory):
    """Six experts answered; one in a circle, one almost nothing, one is far from the rest."""
    from techprio.forms.round_folder import read_round

    from ...answer_files import answers_text

    place = tmp_path_factory.mktemp("back")
    experts = tuple(tp.forms.Expert(f"e{n}", f"Người thứ {n}", "g", ("LOG",)) for n in range(6))
    tp.forms.make_forms(small_study, experts, place / "sent")
    made = read_round(place / "sent")
    (place / "in").mkdir()
    for number, expert in enumerate(experts):
        said = [{"q": pair.key, "preferred": pair.one, "value": 3} for pair in pairs_of(small_study)]
        for row, pair in zip(said, pairs_of(small_study), strict=True):
            if number == 0 and pair.node == "root":
                row.update(preferred=CIRCLE[pair.one, pair.other], value=9)
        said.append({"q": "score:LOG:LOG01:F1", "value": 1 if number == 2 else 5})
        if number == 1:
            said = [
                {"q": "score:LOG:LOG02:F1", "value": None, "unknown": True},
                {"q": "score:LOG:LOG02:R", "value": 77},
            ]
        head = {"format": "techprio-answers", "version": 1, **made.marks(expert.code), "round": 1,
                "state": "final", "sequence": 1}  # fmt: skip
        content = answers_text({**head, "answers": said})
        (place / "in" / f"{expert.code}.answers.json").write_text(content, encoding="utf-8")
    found = tp.forms.collect_forms(small_study, experts, place / "in", place / "sent")
    tp.forms.save_forms(small_study, experts, found, place / "out", language="vi")
    return found, {
        expert.code: words_of(place / "out" / "pages" / f"{expert.code}.docx") for expert in experts
    }


def test_names_stand_in_place_of_codes(pages):
    words = pages[1]["e0"]
    assert "Khả thi hơn Việc làm: 9" in words
    assert not any(f"{code} hơn" in words for code in ("F", "J", "R"))


def test_one_revision_a_group_and_the_ratio_with_its_meaning(pages):
    words = pages[1]["e0"]
    circle = np.array([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])
    assert f"{measure_consistency(circle).cr:.4f}".replace(".", ",")[:5] in words
    assert "các câu khớp nhau không hơn ngẫu nhiên" in words
    assert words.count(" hơn ") >= 2
    lines = [line.partition(":")[0] for line in words.split("\n") if " hơn " in line and ":" in line]
    sides = {frozenset(line.split(" hơn ")) for line in lines}
    heads = {"Khả thi", "Việc làm", "Rủi ro"}
    assert len([pair for pair in sides if pair <= heads]) == 1  # one of the three sides, not all of them
    assert len([pair for pair in sides if not pair & heads]) == 1  # and one below


def test_what_is_open_and_what_could_not_be_read(pages):
    words = pages[1]["e1"]
    assert "So sánh: 0 trên 6; điểm: 0 trên 10; không biết: 1." in words
    assert "Còn 15 câu chưa trả lời." in words
    assert "1 câu không đọc được" in words


def test_the_code_is_that_of_the_answer_file(pages):
    found, words = pages
    codes = found.files.set_index("expert")["code"]
    for expert, said in words.items():
        assert codes[expert] in said


def test_the_group_is_shown_from_five_on_and_no_other_name(pages):
    words = pages[1]
    assert "Người thứ 3" not in words["e2"]
    assert not any(f"e{n}" in words["e2"] for n in (0, 1, 3, 4, 5))
    assert "Kho lạnh" in words["e2"]  # far from the median of five
    assert "Chỉ hiện số liệu chung" not in words["e2"]


def test_below_five_no_figure_of_the_group(small_study, new_round, tmp_path):
    experts = tuple(tp.forms.Expert(f"e{n}", f"N{n}", "g", ("LOG",)) for n in range(4))
    few = new_round(tmp_path / "few", experts=experts)
    for number, expert in enumerate(experts):
        few.put_answers(expert.code, answers=[
            *[{"q": pair.key, "preferred": pair.one, "value": 2 + number} for pair in pairs_of(small_study)],
            {"q": "score:LOG:LOG01:F1", "value": 1 if number == 2 else 5},
        ])  # fmt: skip
    tp.forms.save_forms(small_study, experts, few.read(), tmp_path / "out", language="vi")
    words = words_of(tmp_path / "out" / "pages" / "e2.docx")
    assert "Chỉ hiện số liệu chung khi có từ năm câu trả lời." in words
    assert "Kho lạnh" not in words


def test_a_node_of_which_nothing_is_known_is_left_out_for_that_expert_alone(small_study, new_round, tmp_path):
    experts = tuple(tp.forms.Expert(f"e{n}", f"N{n}", "g") for n in range(2))
    two = new_round(tmp_path / "two", experts=experts)
    for number, expert in enumerate(experts):
        two.put_answers(expert.code, answers=[
            {"q": pair.key, "value": None, "unknown": True} if number == 0 and pair.node == "F"
            else {"q": pair.key, "preferred": pair.one, "value": 3}
            for pair in pairs_of(small_study)
        ])  # fmt: skip
    found = two.read()
    assert found.problems == ()
    assert set(found.progress["state"]) == {"complete"}
    assert found.judgments.groupby("expert")["node"].unique().map(set).to_dict() == {
        "e0": {"root"}, "e1": {"root", "F"},
    }  # fmt: skip
    tp.forms.save_forms(small_study, experts, found, tmp_path / "out", language="en")
    words = words_of(tmp_path / "out" / "pages" / "e0.docx")
    assert "don't know: 3" in words
    assert "Access" not in words
    assert "Risk" in words
