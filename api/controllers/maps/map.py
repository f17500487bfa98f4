"""The map over HTTP."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get
from litestar.params import FromPath, QueryParameter
from msgspec.json import Decoder

from api.auth.actor import By, Db
from api.auth.tokens import Principal
from api.middleware.finish import known_tags, names_tag
from api.plugins.shelf import Kept, Shelf
from api.replies import as_json
from api.schemas.life.past_maps import PastMap, past_map
from api.schemas.maps.assembly import AnyMap, cut, journey_map
from api.schemas.maps.map import Beside, JourneyMap
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import FieldError, Invalid
from domain.queries.life.states import instant, state_at
from domain.queries.maps.map import drawn, revisions
from domain.roles import May

CELLS = Beside.CELLS
Asked = Request[Any, Principal, Any]

_MAP = Decoder(JourneyMap)
_PAST = Decoder(PastMap)
_ENCODE = msgspec.json.Encoder().encode


class MapController(Controller):
    """A whole journey map in one read."""

    tags = ["Maps"]

    @get(
        "/journeys/{journey_id:uuid}/map",
        may=May.READ_JOURNEY,
        hot=True,
        opt={"etag": True, "problems": (422,)},
        reply=JourneyMap,
        or_reply=PastMap,
    )
    async def get_journey_map(
        self,
        tx: Db,
        actor: By,
        request: Asked,
        journey_id: FromPath[UUID],
        touchpoint_ids: Annotated[
            list[UUID] | None,
            QueryParameter(max_items=100, description="Leave only these touchpoints."),
        ] = None,
        revision: Annotated[
            int | None,
            QueryParameter(
                ge=1,
                le=9_007_199_254_740_991,
                description="The map as it was at this revision of the journey: a PastMap.",
            ),
        ] = None,
    ) -> Response[Any]:
        """The map as all see it who may read the journey; what depends on you is its overlay.

        With `revision` it is a PastMap: structure and content as they were, without what members
        have said and rated. It never changes, unless something is erased.
        """
        if revision is not None:
            body, tag = await _past(tx, actor, journey_id, revision)
            return as_json(chosen(body, touchpoint_ids, _PAST), ETag=tag)
        kept = await current_map(tx, actor, request, journey_id, known_tags(request.scope))
        body = chosen(kept.body, touchpoint_ids, _MAP) if kept.body else kept.body
        return as_json(body, ETag=kept.tag)


async def _past(
    tx: Transaction, actor: Actor, journey_id: UUID, revision: int
) -> tuple[bytes, str]:
    """The bytes of a past map, and a tag that tells of what has been erased since."""
    then = await instant(tx, actor, journey_id, revision)
    state = await state_at(tx, actor, journey_id, revision)
    return _ENCODE(past_map(then, state)), f'"past-{revision}-{len(state.erased)}"'


async def current_map(
    tx: Transaction, actor: Actor, request: Asked, journey_id: UUID, known: bytes | None = None
) -> Kept:
    """The bytes of a map as it is now; none when `known` names their ETag already."""
    shelf: Shelf = request.app.state.maps
    key = (actor.organization_id, journey_id)
    kept = shelf.get(key)
    tag = _tag(await revisions(tx, actor, journey_id))
    if names_tag(known, tag):
        return Kept(tag, b"")
    if kept is not None and kept.tag == tag:
        return kept
    found = await drawn(tx, actor, journey_id)
    made = Kept(_tag(found.row), _ENCODE(journey_map(found)))
    shelf.put(key, made)
    return made


def _tag(row: Row) -> str:
    return f'"{row["revision"]}-{row["organization_revision"]}"'


def beside(kept: Kept, touchpoint_id: UUID, asked: list[Beside]) -> dict[str, Any]:
    """What stands beside a touchpoint on a map, as far as it is asked for."""
    drawn = _MAP.decode(kept.body)
    on_map = [one for one in drawn.touchpoints if one.id == touchpoint_id]
    told: dict[str, Any] = {
        name: getattr(one, name) for name in asked if name != CELLS for one in on_map
    }
    if CELLS in asked:
        told[CELLS] = [cell for cell in drawn.cells if cell.touchpoint_id == touchpoint_id]
    return told


def chosen(body: bytes, wanted: list[UUID] | None, reading: Decoder[AnyMap]) -> bytes:
    """The map with some touchpoints only; Invalid names those that are not on it."""
    if not wanted:
        return body
    left, missing = cut(reading.decode(body), wanted)
    if missing:
        detail = "There is no such touchpoint on this map."
        errors = [FieldError(f"{detail} ({wanted[place]})", "unknown_touchpoint",
                             parameter="touchpoint_ids") for place in missing]  # fmt: skip
        raise Invalid(detail, code="unknown_touchpoint", errors=errors)
    return _ENCODE(left)
