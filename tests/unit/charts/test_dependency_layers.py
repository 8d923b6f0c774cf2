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
    names = [f"T{k}" for k in range(layers)]
    nodes = pd.DataFrame({"name": [LONG] * layers, "sector": "S", "role": "core"}, index=names)
    edges = pd.DataFrame({"technology": names[1:], "requires": names[:-1], "kind": "hard", "one_of": ""})
    measures = measures_within(nodes, edges)
    axes = draw_dependency_layers(nodes, edges, measures=measures, language=language)
    written = [words for words in axes.texts if words.get_gid() == "name"]
    assert [" ".join(words.get_text().split()) for words in written] == [getattr(LONG, language)] * layers
    axes.figure.canvas.draw()
    for words in written:
        extent = words.get_window_extent().transformed(axes.transData.inverted())
        assert abs(extent.y1 - extent.y0) <= measures.row - 0.06
        assert extent.x1 - words.get_position()[0] + 0.62 <= measures.box
