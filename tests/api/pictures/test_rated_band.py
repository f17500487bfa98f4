"""What the groups say of touchpoints, below what is felt there."""

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings

from api.pictures.album import A3_HEIGHT, A3_WIDTH, ALBUM, PictureKind
from api.pictures.journey_map import journey_map, journey_pages
from api.pictures.map_grid import Sheet, sheets
from api.pictures.marks import TOLERANCE, Box, Mark, Panel, Stroke, Symbol, Words
from api.pictures.rated_band import RADIUS, look_of, rated_row
from api.pictures.theme import Shape
from api.pictures.values import Contact, Dot, GroupLine, Head, MapValues, StageHead
from domain.roles import Group
from tests.api.pictures.values import maps, sixty

FRONTLINE, SUPPORT, _, EXECUTIVE = Group
REACH = RADIUS * 1.3
"""How far from its middle the widest shape goes."""


def sheet(*lines: GroupLine) -> Sheet:
    """A map of so many touchpoints, rated like this."""
    count = len(lines[0].dots)
    contacts = [Contact(f"Touchpoint {at}", 0, [], False, None) for at in range(count)]
    head = Head("Rated", [], "Revision 1", "")
    (found,) = sheets(MapValues(head, [StageHead("All", "")], contacts, [], [], [*lines]), None)
    return found


def line_of(group: Group, *means: float | None) -> GroupLine:
    return GroupLine(group, [None if mean is None else Dot(group, mean, 9) for mean in means])


def points(marks: Sequence[Mark]) -> list[Symbol]:
    """The shapes that stand for means: those that tell something."""
    return [one for one in marks if isinstance(one, Symbol) and one.tip]


def strokes(marks: Sequence[Mark], group: Group) -> list[Stroke]:
    """The lines of a group, without the sample beside its name."""
    (frame,) = [one.box for one in marks if isinstance(one, Panel) and one.kind == "rated"]
    found = [one for one in marks if isinstance(one, Stroke) and one.points[0][0] >= frame.x]
    return [one for one in found if one.color == look_of(group).color]


@given(maps())
@settings(max_examples=30, deadline=None)
def test_whatever_is_rated_stays_inside_its_band(values: MapValues) -> None:
    for part in sheets(values, A3_WIDTH):
        row = rated_row(part, 100)
        frames = [one.box for one in row.marks if isinstance(one, Panel) and one.kind == "rated"]
        assert len(frames) <= 1
        boxes = [Box(one.x - REACH, one.y - REACH, 2 * REACH, 2 * REACH)
                 for one in points(row.marks)]  # fmt: skip
        lines = [one for one in row.marks if isinstance(one, Stroke)]
        boxes += [Box(x, y, 0, 0) for one in lines for x, y in one.points]
        for frame in frames:
            names = Box(part.head(0).x, frame.y, part.head(0).width, frame.height)
            assert all(frame.holds(box) or names.holds(box) for box in boxes)
        assert frames or not boxes
        ends = [one.box.bottom for one in row.marks if isinstance(one, Panel | Words)]
        assert max(ends, default=100) <= row.next_y + TOLERANCE


def test_there_is_no_line_across_a_touchpoint_that_a_group_did_not_rate() -> None:
    lines = line_of(FRONTLINE, 1, 2, None, 3, 4, 5, None, 1), line_of(EXECUTIVE, *[2] * 8)
    marks = rated_row(sheet(*lines), 0).marks
    assert [len(one.points) for one in strokes(marks, FRONTLINE)] == [2, 3]
    assert [len(one.points) for one in strokes(marks, EXECUTIVE)] == [8]
    assert len(points(marks)) == 6 + 8


def test_too_few_to_show_are_a_gap_and_their_number() -> None:
    line = line_of(SUPPORT, 4, None, 4)
    line.dots[1] = Dot(SUPPORT, None, 2)
    marks = rated_row(sheet(line), 0).marks
    assert strokes(marks, SUPPORT) == []
    assert len(points(marks)) == 2
    words = [text for one in marks if isinstance(one, Words) for text in one.lines]
    assert "n=2, too few" in words


def test_equal_means_stand_beside_each_other_in_different_shapes() -> None:
    row = sheet(*(line_of(group, 3, 3) for group in Group))
    marks = rated_row(row, 0).marks
    for at in range(2):
        room = row.cell(at, 0)
        here = [one for one in points(marks) if room.x <= one.x <= room.right]
        assert len({one.shape for one in here}) == 4
        assert len({one.y for one in here}) == 1
        assert all(abs(one.x - other.x) >= 2 * REACH for one, other in combinations(here, 2))
        assert all(room.x + REACH <= one.x <= room.right - REACH for one in here)


def test_a_group_looks_as_it_does_among_perception_gaps() -> None:
    marks = rated_row(sheet(line_of(EXECUTIVE, 1, 5)), 0).marks
    assert {one.shape for one in points(marks)} == {Shape.DIAMOND}
    low, high = sorted(points(marks), key=lambda one: one.x)
    assert low.y > high.y, "the more, the higher"


def test_nobody_has_rated_means_no_band() -> None:
    values = sixty()
    values.rated = []
    for page in [journey_map(values), *journey_pages(values, A3_WIDTH, A3_HEIGHT)]:
        assert page.panels("rated") == []
        assert not any("ated by" in line for words in page.words() for line in words.lines)


def test_sixty_touchpoints_have_their_figures_on_every_page() -> None:
    pages = ALBUM[PictureKind.EMOTION_CURVE].pages(sixty())
    assert len(pages) == 8, "both bands of a sheet are on one page"
    for page in pages:
        (band,) = page.panels("rated")
        (felt,) = page.panels("curve")
        assert felt.box.bottom < band.box.y
        words = [words for words in page.words() if band.box.holds(words.box)]
        assert {words.pen.anchor for words in words} == {"middle"}
        assert all(not words.whole for words in words), "nothing is cut"
        assert all(words.pen.size * 0.75 >= 7 for words in words)
    shown = [one for page in pages for one in points(page.marks) if "of 5, n=12" in one.tip]
    dots = [dot for line in sixty().rated for dot in line.dots if dot is not None]
    assert len(shown) == sum(dot.mean is not None for dot in dots)


def test_what_is_rated_is_told() -> None:
    values = sixty()
    told = journey_map(values).told
    assert sum(line.startswith("How strongly it moves customers") for line in told) == 60
    stages = [place for place, line in enumerate(told) if line.startswith("Touchpoint: ")]
    first = told[stages[1] : stages[2]]
    (line,) = [line for line in first if line.startswith("How strongly")]
    assert "frontline staff 1.50 of 5, n=12" in line
    assert "support staff n=2, too few to show" in line


def test_what_is_rated_and_who_answers_go_on_the_next_page_with_what_is_felt() -> None:
    values = sixty()
    values.lanes = values.lanes[:1] * 4
    pages = journey_pages(values, A3_WIDTH, A3_HEIGHT)
    assert len(pages) == 16
    for lanes, feelings in zip(pages[::2], pages[1::2], strict=True):
        assert lanes.panels("answer")
        assert not lanes.panels("curve")
        assert len(feelings.panels("curve")) == len(feelings.panels("rated")) == 1
        assert feelings.panels("moment")
