"""Where the values of each kind of picture come from, and what becomes of them."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from api.pictures.album import ALBUM, PictureKind
from api.pictures.board_pack import board_pack
from api.pictures.printing import Printer, pages
from api.pictures.values import BoardValues, HeatValues, MatrixValues
from api.schemas.maps.assembly import journey_map
from api.schemas.maps.map import JourneyMap
from api.schemas.outcomes.matrix import matrix
from api.schemas.reports.board_pack import FOLLOWED, board_values, ids_in
from api.schemas.reports.participation import participation
from api.schemas.reports.picture_figures import (
    gap_values,
    heat_values,
    matrix_values,
    rank_values,
)
from api.schemas.reports.picture_requests import PictureFormat
from api.schemas.reports.pictures import Names, curve_values, head, ids_on, map_values
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Invalid
from domain.queries.maps.map import drawn
from domain.queries.outcomes.matrices import opportunities_of
from domain.queries.reports.board import followed
from domain.queries.reports.names import names
from domain.queries.reports.participation import participation_for_all
from domain.results import OpportunityStatus, ScoringModel

MOST_TOUCHPOINTS = 500
TOO_MANY = "A journey with more than 500 touchpoints is no picture any more: export it as json."
DRAWN_BY = 1
"""Raised whenever the same values are drawn differently: what others have kept is then old."""


async def gathered(kind: PictureKind, tx: Transaction, actor: Actor, journey_id: UUID) -> Any:
    """What is drawn; NotFound when the actor may not see the journey."""
    told = await the_map(tx, actor, journey_id)
    if kind is PictureKind.PARTICIPATION:
        return await _participation(tx, actor, told)
    named = await names(tx, actor, ids_on(told))
    if kind is PictureKind.OPPORTUNITY_MATRIX:
        return await _matrix(tx, actor, told, named)
    made: Callable[..., Any] = _OF_MAP[kind]
    return made(told, named, now().date())


_OF_MAP: dict[PictureKind, Callable[..., Any]] = {
    PictureKind.JOURNEY_MAP: map_values,
    PictureKind.EMOTION_CURVE: curve_values,
    PictureKind.PERCEPTION_GAP: gap_values,
    PictureKind.RANKING: rank_values,
}


async def the_map(tx: Transaction, actor: Actor, journey_id: UUID) -> JourneyMap:
    """The map as all see it; Invalid when it is too large to draw."""
    told = journey_map(await drawn(tx, actor, journey_id))
    if len(told.touchpoints) > MOST_TOUCHPOINTS:
        raise Invalid(TOO_MANY, code="too_large")
    return told


async def _participation(tx: Transaction, actor: Actor, told: JourneyMap) -> HeatValues:
    found = participation(await participation_for_all(tx, actor, told.journey.id))
    ids = [*ids_on(told), *(row.department_id for row in found.rows)]
    return heat_values(found, told, await names(tx, actor, ids), now().date())


async def _matrix(tx: Transaction, actor: Actor, told: JourneyMap, named: Names) -> MatrixValues:
    """Without drafts: they are for those who write them."""
    rows = await opportunities_of(tx, actor, told.journey.id, ())
    shown = [row for row in rows if row["status"] != OpportunityStatus.DRAFT]
    found = matrix(told.journey.id, ScoringModel.VALUE_FOR_EFFORT, shown)
    return matrix_values(found, head(told, named, now().date()))


async def board(tx: Transaction, actor: Actor, journey_id: UUID) -> BoardValues:
    """What a board pack is made of; NotFound when the actor may not see the journey."""
    told = await the_map(tx, actor, journey_id)
    today = now().date()
    found = await followed(tx, actor, journey_id, today, FOLLOWED)
    spoken = participation(await participation_for_all(tx, actor, journey_id))
    named = await names(tx, actor, [*ids_on(told), *ids_in(found)])
    return board_values(told, spoken, found, named, today)


def packed(printer: Printer, values: BoardValues) -> bytes:
    """The PDF of a board pack. It takes a while: this is for a thread."""
    return printer.printed("board_pack", board_pack(values), now())


def tag_of(values: Any, *more: str) -> str:
    """What names these values, drawn like this."""
    return sha256(msgspec.json.encode([DRAWN_BY, more, values])).hexdigest()[:24]


def rendered(printer: Printer, kind: PictureKind, values: Any, format: PictureFormat) -> bytes:
    """The bytes of a picture. It takes a while: this is for a thread."""
    draw = ALBUM[kind]
    if format is PictureFormat.SVG:
        from api.pictures.drawing import drawn as as_svg

        return as_svg(draw.picture(values)).encode()
    title = f"{draw.name}: {values.head.title}"
    return printer.printed("pages", pages(title, draw.pages(values)), now())
