"""The structure of a journey: adding, changing, moving, removing and bringing back its pieces.

Stages, lanes, touchpoints and emotions are changed alike; what differs is in their services.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Conflict, FieldError, Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.policy import require
from domain.queries.maps.siblings import Ordered, siblings
from domain.roles import May
from domain.rules import ordering
from domain.rules.ordering import End
from domain.services.steps.changing import change, touch
from domain.services.steps.links import change_all, put_links
from domain.services.steps.places import current, enter
from domain.services.steps.references import check_references, named_by
from domain.services.steps.subjects import entity, subject

Piece = Stage | Lane | Touchpoint | Emotion
AnyPiece = TypeVar("AnyPiece", bound=Piece)
AnyRow = TypeVar("AnyRow", Stage, Lane)


async def journey_to_edit(tx: Transaction, actor: Actor, journey_id: UUID) -> Locked:
    """Hold a journey whose structure the actor may edit."""
    head, place = await enter(tx, actor, journey_id)
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    return head


async def piece_to_edit(
    tx: Transaction,
    actor: Actor,
    model: type[AnyPiece],
    piece_id: UUID,
    expected: int | None = None,
    may: May = May.EDIT_JOURNEY,
) -> tuple[Locked, AnyPiece]:
    """Hold a piece that is on the map and that the actor may edit, at the version they expect."""
    head, place, piece = await subject(tx, actor, model, piece_id)
    await check_surroundings(tx, actor, piece)
    require(actor, may, place.standing(actor))
    if expected is not None:
        current(piece.version, expected)
    return head, piece


async def check_surroundings(tx: Transaction, actor: Actor, piece: Piece) -> None:
    """NotFound when what a piece stands in has been removed: it went off the map with it."""
    if isinstance(piece, Emotion):
        piece = await entity(tx, actor, Touchpoint, piece.touchpoint_id)
    if isinstance(piece, Touchpoint):
        await entity(tx, actor, Stage, piece.stage_id)


async def named_piece(
    tx: Transaction, actor: Actor, model: type[AnyPiece], piece_id: UUID, holder: Piece
) -> AnyPiece:
    """A piece of the same journey that a body names by `<kind>_id`; Invalid when there is none."""
    try:
        piece = await entity(tx, actor, model, piece_id)
        await check_surroundings(tx, actor, piece)
    except NotFound:
        piece = None
    if piece is None or piece.journey_id != holder.journey_id:
        kind = model.subject_kind.value
        detail = f"There is no such {kind} in this journey."
        raise Invalid(detail, errors=[FieldError(detail, f"unknown_{kind}", f"#/{kind}_id")])
    return piece


async def position(
    tx: Transaction, actor: Actor, model: Ordered, parent_id: UUID, after: UUID | End
) -> str:
    """The key of something new among its neighbors."""
    return ordering.place(await siblings(tx, actor, model, parent_id), None, after)


async def add(
    tx: Transaction,
    actor: Actor,
    head: Locked,
    piece: AnyPiece,
    links: Mapping[str, Iterable[UUID]] = MappingProxyType({}),
) -> AnyPiece:
    """Put a new piece on the map, with its links."""
    await tx.add(piece)
    for name, ids in links.items():
        await put_links(tx, piece, name, ids)
    await record(tx, actor, head, piece, "added")
    return piece


async def update(
    tx: Transaction,
    actor: Actor,
    model: type[AnyPiece],
    piece_id: UUID,
    changes: Mapping[str, Any],
    expected: int,
) -> AnyPiece:
    """Change what a piece says; where nothing differs, nothing happens."""
    head, piece = await piece_to_edit(tx, actor, model, piece_id, expected)
    await check_references(tx, actor, changes, kept=named_by(piece))
    await ledger.record(tx, actor, head, *await revise(tx, piece, changes))
    return piece


async def revise(tx: Transaction, piece: Piece, changes: Mapping[str, Any]) -> list[Fact]:
    """Change what a piece says; what to tell the ledger of it, nothing where nothing differs."""
    return [_done(piece, "updated")] if await change_all(tx, piece, changes) else []


async def move(
    tx: Transaction,
    actor: Actor,
    model: type[AnyRow],
    piece_id: UUID,
    after: UUID | None,
    expected: int,
) -> AnyRow:
    """Put a stage or a lane right after another of its journey; None puts it first."""
    head, piece = await piece_to_edit(tx, actor, model, piece_id, expected)
    others = await siblings(tx, actor, model, piece.journey_id)
    if change(piece, {"position": ordering.place(others, piece.id, after)}):
        await record(tx, actor, head, piece, "moved")
    return piece


async def remove(
    tx: Transaction, actor: Actor, model: type[Piece], piece_id: UUID, expected: int
) -> None:
    """Take a piece off the map, and whatever stands in it; restoring it brings both back."""
    head, piece = await piece_to_edit(tx, actor, model, piece_id, expected)
    piece.removed_at = now()
    touch(piece)
    await record(tx, actor, head, piece, "removed")


async def restore(tx: Transaction, actor: Actor, model: type[AnyPiece], piece_id: UUID) -> AnyPiece:
    """Bring a removed piece back to where it stood; NotFound when it is not among the removed."""
    head, place, piece = await subject(tx, actor, model, piece_id, removed=True)
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    try:
        await check_surroundings(tx, actor, piece)
    except NotFound:
        detail = "What it stands in has been removed as well: restore that first."
        raise Conflict(detail, code="surroundings_removed") from None
    piece.removed_at = None
    touch(piece)
    await record(tx, actor, head, piece, "restored")
    return piece


async def record(tx: Transaction, actor: Actor, head: Locked, piece: Piece, done: str) -> None:
    """Tell the ledger what was done to a piece: its verbs are named after the kinds."""
    await ledger.record(tx, actor, head, _done(piece, done))


def _done(piece: Piece, done: str) -> Fact:
    return Fact(Verb(f"{piece.subject_kind}.{done}"), piece)
