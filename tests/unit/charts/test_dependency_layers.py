import pandas as pd
import pytest

from techprio.charts.dependency_layers import draw_dependency_layers, measures_within
from techprio.language import Label

LONG = Label(
    "Tuần hoàn tài nguyên từ phụ phẩm nông nghiệp (vỏ mắc ca, cành chè) thành than hoạt tính và viên nén",
    "Resource circularity from farm residues (macadamia shell, tea prunings) to activated carbon and pellets",
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("layers", [1, 3, 5, 7])
def test_a_name_is_never_cut_and_stays_in_its_box(layers, language):
    draw_and_measure([f"T{k}" for k in range(layers)], language)


@pytest.mark.parametrize("code", ["P00AGR01", "LAICHAU-AGR-01"])
@pytest.mark.parametrize("layers", [1, 5])
def test_an_id_of_many_letters_stays_in_its_chip(layers, code):
    draw_and_measure([f"{code}{k}" for k in range(layers)], "vi")


def draw_and_measure(names, language):
    layers = len(names)
    nodes = pd.DataFrame({"name": [LONG] * layers, "sector": "S", "role": "core"}, index=names)
    edges = pd.DataFrame({"technology": names[1:], "requires": names[:-1], "kind": "hard", "one_of": ""})
    measures = measures_within(nodes, edges)
    axes = draw_dependency_layers(nodes, edges, measures=measures, language=language)
    written = [words for words in axes.texts if words.get_gid() == "name"]
    chips = [words.get_text() for words in axes.texts if words.get_gid() == "code"]
    assert chips == names
    assert [" ".join(words.get_text().split()) for words in written] == [getattr(LONG, language)] * layers
    axes.figure.canvas.draw()
    for words in written:
        extent = words.get_window_extent().transformed(axes.transData.inverted())
        assert abs(extent.y1 - extent.y0) <= measures.row - 0.06
    box = axes.transData.transform((measures.box, 0))[0] - axes.transData.transform((0, 0))[0]
    boxes = [words.get_window_extent() for words in axes.texts if words.get_gid() in ("code", "name")]
    for (code, name), left in zip(zip(boxes[::2], boxes[1::2], strict=True), edges_of(axes), strict=True):
        assert left < code.x0 < code.x1 < name.x0 < name.x1 < left + box


def edges_of(axes):
    """Return the left edges of the boxes, in pixels."""
    boxes = axes.collections[-2].get_paths()
    return [axes.transData.transform(box.get_extents().p0)[0] for box in boxes]
