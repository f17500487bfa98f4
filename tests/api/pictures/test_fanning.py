"""Dots of one place are drawn around it, and in no quadrant but their own."""

import pytest

from api.pictures.fanning import RADIUS
from api.pictures.marks import Panel, Symbol
from api.pictures.opportunity_matrix import borders, chart
from api.pictures.values import Head, MatrixPoint, MatrixValues


@pytest.mark.parametrize("count", [1, 2, 4, 18, 60])
@pytest.mark.parametrize("value", [1.0, 2.5, 3.0, 5.0])
@pytest.mark.parametrize("effort", [1, 2, 3, 5])
def test_dots_stay_in_their_quadrant(effort: int, value: float, count: int) -> None:
    point = MatrixPoint("Call back", value, effort, "big bet", None, "open")
    row = chart(MatrixValues(Head("All", [], "", ""), 3, [point] * count, [])).rows[0](0.0)
    [field] = (one.box for one in row.marks if isinstance(one, Panel) and one.kind == "field")
    dots = [one for one in row.marks if isinstance(one, Symbol)]
    split, level = borders(field, 3)
    assert len({(one.x, one.y) for one in dots}) == count
    for one in dots:
        assert field.x <= one.x - RADIUS
        assert one.x + RADIUS <= field.right
        assert field.y <= one.y - RADIUS
        assert one.y + RADIUS <= field.bottom
        assert (one.x - RADIUS >= split) if effort >= 3 else (one.x + RADIUS <= split)
        assert (one.y + RADIUS <= level) if value >= 3 else (one.y - RADIUS >= level)
