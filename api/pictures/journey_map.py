"""A journey map, or some rows of one: one wide picture, or pages that go on from each other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from api.pictures.curve_band import curve_row, signed
from api.pictures.frame import Key, closed, foot, opened, opening_words
from api.pictures.map_bands import Band, card_row, lane_row, moment_label, moment_row, stage_row
from api.pictures.map_grid import Sheet, sheets
from api.pictures.marks import Picture
from api.pictures.rated_band import rated_row, told_of
from api.pictures.theme import ALARM, Shape, look
from api.pictures.values import Contact, MapValues

NARROWEST = 760.0
TOGETHER = 3
"""So many rows at the end of a map stay on a page together: what is felt, rated, and answered."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn of a map: its kind, and its rows from the top."""

    kind: str
    bands: Callable[[MapValues], list[Band]]


def _all_rows(values: MapValues) -> list[Band]:
    lanes = [lane_row(lane) for lane in values.lanes]
    return [stage_row, card_row, *lanes, curve_row, rated_row, moment_row]


def _curves(values: MapValues) -> list[Band]:
    """Both on a page, one below the other, or the one that there is as high as both."""
    felt = partial(curve_row, height=280 if values.rated else 440)
    return [stage_row, card_row, felt, partial(rated_row, height=240)]


WHOLE = Plan("Journey map", _all_rows)
CURVE = Plan("Emotion curve", _curves)


def journey_map(values: MapValues, plan: Plan = WHOLE) -> Picture:
    """The map as one picture, as wide as it has to be."""
    (sheet,) = sheets(values, None)
    width = max(sheet.width, NARROWEST)
    picture = Picture(values.head.title, width, 0, list(told(values, plan)))
    y = opened(values.head, plan.kind, picture)
    for band in plan.bands(values):
        row = band(sheet, y)
        picture.marks += row.marks
        y = row.next_y
    closed(picture, values.head, keys(values), y + 8)
    return picture


def journey_pages(
    values: MapValues, width: float, height: float, plan: Plan = WHOLE
) -> list[Picture]:
    """The map on pages of one size; columns go on, and stages and touchpoints are said again."""
    pages: list[Picture] = []
    for sheet in sheets(values, width):
        pages += _pages(sheet, plan, width, height)
    for number, page in enumerate(pages, 1):
        page.title = f"{values.head.title}, page {number} of {len(pages)}"
        page.told = [f"{page.title}: told on page 1."]
    pages[0].told = list(told(values, plan))
    return pages


def keys(values: MapValues) -> list[Key]:
    """What shapes and colors mean."""
    found = [Key(Shape.DIAMOND, ALARM, "Moment of truth, ranked by emotional impact")]
    for place, curve in enumerate(values.curves):
        its = look(place)
        found.append(Key(its.shape, its.color, f"What is felt: {curve.name}"))
    return found


def _pages(sheet: Sheet, plan: Plan, width: float, height: float) -> list[Picture]:
    """The rows of a sheet, as many on a page as fit; the first two stand on every page.

    The last ones go to the next page together rather than one of them alone.
    """
    values = sheet.values
    first, second, *rest = plan.bands(values)
    end = height - foot(values.head, keys(values), width)
    pages: list[Picture] = []
    y = height
    for at, band in enumerate(rest):
        row = band(sheet, y)
        following = rest[at:] if at == len(rest) - TOGETHER else [band]
        if _ends(sheet, following, y) > end:
            page = Picture("", width, height, [])
            y = opened(values.head, plan.kind, page)
            for repeated in (first, second):
                row = repeated(sheet, y)
                page.marks += row.marks
                y = row.next_y
            pages.append(page)
            row = band(sheet, y)
        pages[-1].marks += row.marks
        y = row.next_y
    for page in pages:
        closed(page, values.head, keys(values), end)
    return pages


def _ends(sheet: Sheet, bands: Sequence[Band], y: float) -> float:
    """Where rows end that are drawn from a height downward."""
    for band in bands:
        y = band(sheet, y).next_y
    return y


def told(values: MapValues, plan: Plan = WHOLE) -> Iterator[str]:
    """The map in words, stage by stage."""
    yield from opening_words(values.head, plan.kind)
    for place, stage in enumerate(values.stages):
        goal = f" {stage.goal}" if stage.goal else ""
        yield f"Stage {place + 1} of {len(values.stages)}: {stage.name}.{goal}"
        for lane in values.lanes:
            if lane.of_stages[place]:
                yield f"{lane.question} {lane.of_stages[place]}"
        for at, contact in enumerate(values.contacts):
            if contact.stage == place:
                yield from _contact(values, at, contact)


def _contact(values: MapValues, at: int, contact: Contact) -> Iterator[str]:
    channels = f" Channels: {', '.join(contact.channels)}." if contact.channels else ""
    yield f"Touchpoint: {contact.name}.{channels}"
    if contact.moment is not None:
        who = contact.moment.accountable or "nobody yet"
        yield f"{moment_label(contact.moment)}. Accountable: {who}."
    for curve in values.curves:
        value = curve.values[at]
        if value is not None:
            yield f"Felt ({curve.name}): {curve.labels[at]} {signed(value)}."
    yield from told_of(values, at)
    for lane in values.lanes:
        if lane.of_contacts[at]:
            yield f"{lane.question} {lane.of_contacts[at]}"
