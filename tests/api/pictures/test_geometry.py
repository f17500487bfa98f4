"""Nothing overlaps, nothing leaves its box, nothing leaves the page; whatever the texts."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pictures.album import A3_HEIGHT, A3_WIDTH, ALBUM, PictureKind
from api.pictures.journey_map import journey_map, journey_pages
from api.pictures.marks import Box, Picture, Symbol
from api.pictures.text import broken, clean, width
from api.pictures.values import MapValues
from tests.api.pictures.values import GAPS, PLACES, RANKS, heats, maps, sixty

PANELS = ("stage", "card", "answer", "moment", "curve", "rated")


def faults(picture: Picture) -> list[str]:
    """What is wrong with where things stand."""
    return [*_off_the_paper(picture), *_too_wide(picture), *_in_the_way(picture)]


def _off_the_paper(picture: Picture) -> Iterator[str]:
    paper = Box(0, 0, picture.width, picture.height)
    boxes = [words.box for words in picture.words()]
    shapes = [mark for mark in picture.marks if isinstance(mark, Symbol)]
    boxes += [Box(one.x - 4, one.y - 4, 8, 8) for one in shapes]
    yield from (f"off the paper: {box}" for box in boxes if not paper.holds(box))


def _too_wide(picture: Picture) -> Iterator[str]:
    for words in picture.words():
        widths = [width(line, words.pen.size, bold=words.pen.bold) for line in words.lines]
        if max(widths, default=0) > words.box.width + 0.01:
            yield f"wider than its box: {words}"


def _in_the_way(picture: Picture) -> Iterator[str]:
    panels = [panel for kind in PANELS for panel in picture.panels(kind)]
    for one, other in combinations(panels, 2):
        if one.box.meets(other.box):
            yield f"{one} covers {other}"
    texts = [words.box for words in picture.words() if words.lines]
    for panel in panels:
        astride = [box for box in texts if panel.box.meets(box) and not panel.box.holds(box)]
        yield from (f"half on {panel}: {box}" for box in astride)
    # Several lines of feeling may cross, and so may what they are called.
    curves = [*picture.panels("curve"), *picture.panels("field")]
    apart = [box for box in texts if not any(curve.box.holds(box) for curve in curves)]
    for first, second in combinations(apart, 2):
        if first.meets(second):
            yield f"words on words: {first} {second}"


@given(maps())
@settings(max_examples=30, deadline=None)
def test_any_map_is_drawn_without_a_fault(values: MapValues) -> None:
    assert faults(journey_map(values)) == []


@given(maps())
@settings(max_examples=20, deadline=None)
def test_any_map_is_laid_out_on_pages_without_a_fault(values: MapValues) -> None:
    pages = journey_pages(values, A3_WIDTH, A3_HEIGHT)
    assert pages
    for page in pages:
        assert (page.width, page.height) == (A3_WIDTH, A3_HEIGHT)
        assert faults(page) == []
    assert sum(len(page.panels("card")) for page in pages) >= max(len(values.contacts), 1) * bool(
        values.stages
    )


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (PictureKind.PERCEPTION_GAP, GAPS),
        (PictureKind.RANKING, RANKS),
        (PictureKind.OPPORTUNITY_MATRIX, PLACES),
        (PictureKind.PARTICIPATION, heats()),
        (PictureKind.EMOTION_CURVE, maps()),
    ],
)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_any_chart_is_drawn_without_a_fault(
    kind: PictureKind, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    found = data.draw(values)
    assert faults(ALBUM[kind].picture(found)) == []
    for page in ALBUM[kind].pages(found):
        assert faults(page) == []


def test_sixty_touchpoints_go_on_over_pages_that_say_again_where_one_is() -> None:
    pages = journey_pages(sixty(), A3_WIDTH, A3_HEIGHT)
    assert len(pages) == 8
    for page in pages:
        lines = [line for words in page.words() for line in words.lines]
        assert lines.count("Stages") == 1
        assert min(words.pen.size for words in page.words()) * 0.75 >= 7, "legible in points"
        assert 6 <= len(page.panels("card")) <= 8
    again = [any("(continued)" in line for words in page.words() for line in words.lines)
             for page in pages]  # fmt: skip
    assert any(again)
    assert not again[0]
    assert pages[0].told[0].startswith("Journey map: ")


@given(st.text(max_size=400), st.floats(30, 400), st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_lines_fit_and_lose_nothing_unless_they_say_so(text: str, room: float, most: int) -> None:
    found = broken(text, room, 11, most=most)
    assert len(found.lines) <= most
    assert all(width(line, 11) <= room + 0.01 for line in found.lines)
    if not found.cut:
        assert "".join("".join(found.lines).split()) == "".join(clean(text).split())
    else:
        assert found.lines[-1].endswith("…")


@pytest.mark.parametrize("figures", ["0123456789"])
def test_figures_are_of_one_width(figures: str) -> None:
    assert len({width(figure, 10) for figure in figures}) == 1
    assert len({width(figure, 10, bold=True) for figure in figures}) == 1
