"""What is written by others stays text; what is shown is told; what is told apart is no color."""

from itertools import combinations
from xml.etree import ElementTree

import pytest

from api.pictures import theme
from api.pictures.drawing import drawn
from api.pictures.journey_map import journey_map, journey_pages
from api.pictures.marks import Picture
from api.pictures.printing import Printer, pages
from api.pictures.values import (
    Contact,
    Curve,
    Dot,
    GroupLine,
    Head,
    LaneRow,
    MapValues,
    MomentMark,
    StageHead,
)
from domain.clock import now
from domain.errors import Invalid, Unavailable
from domain.roles import Group
from tests.api.pictures.values import sixty

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    "svg",
    "title",
    "desc",
    "g",
    "rect",
    "text",
    "tspan",
    "polyline",
    "circle",
    "polygon",
    "path",
}
HOSTILE = (
    "<script>alert(1)</script>",
    "</text><script>alert(1)</script>",
    '"><image href="https://evil.example/x" onload="alert(1)"/>',
    "<foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject>",
    "<style>@import 'https://evil.example'</style>",
    "]]><![CDATA[<script>]]>",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "&lt;script&gt; &#60;script&#62;",
    "' onmouseover='alert(1)",
    "\x00\x08\ud800\ufffe<a\nxlink:href='javascript:alert(1)'>",
    "\u202egnp.exe\u2066",
)


def full_of(text: str) -> MapValues:
    """A map where everything that anybody can write says this."""
    moment = MomentMark(text, 1, True, 4.0, text, False, [text])
    return MapValues(
        Head(text, [text], text, text),
        [StageHead(text, text)],
        [Contact(text, 0, [text], True, moment)],
        [LaneRow(text, [text * 40], [text * 40])],
        [Curve(text, [1.0], [text]), Curve(text, [-1.0], [text])],
        [GroupLine(group, [Dot(group, 3.0, 4)]) for group in Group],
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_others_write_stays_text(text: str) -> None:
    told = drawn(journey_map(full_of(text)))
    found = ElementTree.fromstring(told)  # our own document
    for element in found.iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert "alert" not in value
            assert "evil" not in value
    assert "<!" not in told
    assert "\u202e" not in told


def test_a_picture_says_what_it_shows_in_words_and_in_order() -> None:
    found = ElementTree.fromstring(drawn(journey_map(sixty())))
    assert found.get("role") == "img"
    names = found.get("aria-labelledby", "").split()
    told = {child.get("id"): child.text or "" for child in found if child.get("id")}
    assert names == list(told) == ["title", "desc"]
    assert told["title"] == "I go to an appointment"
    lines = told["desc"].split("\n")
    stages = [line for line in lines if line.startswith("Stage ")]
    assert stages[0] == "Stage 1 of 8: Stage A. Get it done"
    assert len(stages) == 8
    assert sum(line.startswith("Touchpoint: ") for line in lines) == 60
    assert "Moment of truth no. 1. Accountable: nobody yet." in lines


def test_what_is_cut_is_told_whole_to_whoever_points_at_it() -> None:
    values = full_of("long words " * 30)
    found = ElementTree.fromstring(drawn(journey_map(values)))
    tips = [tip.text or "" for tip in found.iter(f"{SVG}title")]
    assert ("long words " * 30).strip() in tips


def test_letters_of_several_scripts_on_a_line_are_drawn_each_by_its_own_font() -> None:
    values = full_of("Ask ملاحظات (12) פגישה twice")
    found = ElementTree.fromstring(drawn(journey_map(values)))
    fonts = {
        (part.text or "").strip(): part.get("font-family") for part in found.iter(f"{SVG}tspan")
    }
    assert fonts["ملاحظات"] == "'Noto Sans Arabic'"
    assert fonts["פגישה"] == "'Noto Sans Hebrew'"
    assert fonts["(12)"] is None
    made = Printer().printed("pages", pages("Title", journey_pages(values, 1587, 1123)), now())
    assert b"pdfuaid:part" in made, "it has all the letters"


def test_letters_that_no_font_has_are_boxes_and_no_refusal() -> None:
    values = full_of("予約 ملاحظات 한 😀 कि")
    made = Printer().printed("pages", pages("Title", journey_pages(values, 1587, 1123)), now())
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" not in made


def test_letters_and_shapes_stand_out_from_what_is_behind_them() -> None:
    for paper in (theme.PAPER, theme.PANEL, theme.CARD, theme.MOMENT):
        for ink in (theme.INK, theme.MUTED, theme.ALARM):
            assert theme.contrast(ink, paper) >= 4.5, (ink, paper)
    assert theme.contrast(theme.ON_HEADER, theme.HEADER) >= 4.5
    for ink, heat in zip(theme.ON_HEAT, theme.HEAT, strict=True):
        assert theme.contrast(ink, heat) >= 4.5, heat
    for look in theme.LOOKS:
        assert theme.contrast(look.color, theme.PAPER) >= 3, look
    assert theme.contrast(theme.EDGE, theme.PAPER) >= 3


def test_nothing_is_told_apart_by_color_alone() -> None:
    for one, other in combinations(theme.LOOKS, 2):
        assert one.shape is not other.shape
        assert one.dash != other.dash


@pytest.mark.parametrize(
    "values",
    [
        MapValues(Head("Empty", [], "Revision 1", ""), [], [], [], [Curve("all", [], [])], []),
        MapValues(
            Head("One", [], "Revision 1", ""),
            [StageHead("Alone", "")],
            [],
            [LaneRow("Why?", [""], [])],
            [Curve("all", [], [])],
            [],
        ),
    ],
    ids=["empty", "one stage"],
)
def test_little_is_drawn_as_well(values: MapValues) -> None:
    pictures: list[Picture] = [journey_map(values), *journey_pages(values, 1587, 1123)]
    for picture in pictures:
        text = drawn(picture)
        assert values.head.title in text
        assert "No emotion is recorded yet." in text
        assert "as rated by" not in picture.description()
        assert picture.panels("rated") == []


def test_no_more_are_printed_at_once_than_there_is_room_for() -> None:
    with pytest.raises(Unavailable):
        Printer(at_once=0, waiting=0).printed("pages", b"{}", now())


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(Invalid):
        Printer(seconds=0.001).printed("pages", pages("Title", [journey_map(sixty())]), now())


def test_what_cannot_be_printed_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        Printer().printed("pages", b"{}", now())
    assert refused.value.code == "not_printable"
