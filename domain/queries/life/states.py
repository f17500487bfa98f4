"""A map as it was at a revision of its journey, rebuilt from what the ledger keeps of each piece.

Of every piece the newest version by then counts; who sees the journey is asked of today.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, func, select, text

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import FieldError, Invalid, NotFound
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.models.moments.moments import Moment
from domain.models.records.ledger import OF_MAP, Entry, Head, Revision
from domain.queries.accountability.content import content_columns
from domain.queries.maps.drawn import JOURNEY
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.rules.differences import Thing
from domain.rules.states import ORDER, Piece, in_order, standing
from domain.words import SubjectKind

Mapped = Journey | Stage | Lane | Touchpoint | Emotion | Cell | Moment
PIECES: Final[Mapping[str, type[Mapped]]] = {
    model.subject_kind: model for model in (Journey, Stage, Lane, Touchpoint, Emotion, Cell, Moment)
}
CONTENT: Final[Mapping[str, tuple[str, ...]]] = {
    kind: (*content_columns(model), *model.links) for kind, model in PIECES.items()
}
"""What is compared of each kind, and set back: what a sign-off approves of it."""

_AT = bindparam("at", type_=BigInteger())
_NAMES = ("title", "name", "question", "label")
_START = 80
"""How many characters of a text without a name are its name."""

_REACHED = hot(
    select(Head.revision.label("reached"), Entry.at)
    .select_from(Journey)
    .join(Head, (Head.organization_id == ORGANIZATION) & (Head.stream_id == Journey.id))
    .outerjoin(
        Entry,
        (Entry.organization_id == ORGANIZATION)
        & (Entry.stream_id == Journey.id)
        & (Entry.revision == _AT),
    )
    .where(journey_visible(), Journey.id == JOURNEY)
)
_NEWEST = (
    select(Entry.subject_id.label("id"), func.max(Entry.version).label("version"))
    .where(
        Entry.organization_id == ORGANIZATION,
        Entry.stream_id == JOURNEY,
        text(OF_MAP),
        Entry.revision <= _AT,
    )
    .group_by(Entry.subject_id)
    .subquery("newest")
)
_STATE = hot(
    select(_NEWEST.c.id, _NEWEST.c.version, Revision.subject_kind, Revision.content).join(
        Revision,
        (Revision.organization_id == ORGANIZATION)
        & (Revision.subject_id == _NEWEST.c.id)
        & (Revision.version == _NEWEST.c.version),
    )
)


@dataclass(frozen=True, slots=True)
class Instant:
    """A revision of a journey: its number, and when it was made, in microseconds since 1970."""

    revision: int
    at: int


@dataclass(frozen=True)
class State:
    """Everything that had been on a map by then, removed or not."""

    pieces: Mapping[UUID, Piece]

    @cached_property
    def standing(self) -> dict[UUID, Piece]:
        """What was on the map."""
        return standing(self.pieces.values())

    @property
    def erased(self) -> list[Piece]:
        """What cannot be told any more, because it was emptied with who wrote it."""
        return [piece for piece in self.pieces.values() if piece.content is None]

    def row(self, kind: SubjectKind) -> list[Piece]:
        """What was on the map of a kind, in its order."""
        return in_order(self.standing, kind)


async def instant(tx: Transaction, actor: Actor, journey_id: UUID, revision: int) -> Instant:
    """A revision that there has been; NotFound when the actor may not see the journey."""
    row = await _reached(tx, actor, journey_id, revision)
    if row["at"] is None:
        detail = f"This journey has the revisions 1 to {row['reached']}."
        fault = FieldError(detail, "unknown_revision", parameter="revision")
        raise Invalid(detail, code="unknown_revision", errors=[fault])
    return Instant(revision, row["at"])


async def present_revision(tx: Transaction, actor: Actor, journey_id: UUID) -> int:
    """How far the journey is; NotFound when the actor may not see it."""
    return int((await _reached(tx, actor, journey_id, 0))["reached"])


async def _reached(tx: Transaction, actor: Actor, journey_id: UUID, revision: int) -> Row:
    row = await tx.row(_REACHED, journey_id=journey_id, at=revision, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def state_at(tx: Transaction, actor: Actor, journey_id: UUID, revision: int) -> State:
    """The state of a journey that the actor is known to see."""
    given = {"organization_id": actor.organization_id, "journey_id": journey_id}
    rows = await tx.rows(_STATE, at=revision, **given)
    return State({row["id"]: _piece(row) for row in rows})


def _piece(row: Row) -> Piece:
    """A version that is older than a column has nothing in it."""
    told = None if row["content"] is None else json.loads(row["content"])
    if told is not None:
        told = dict.fromkeys(ledger.columns(PIECES[row["subject_kind"]])) | told
    return Piece(row["id"], row["subject_kind"], row["version"], told)


def things(state: State) -> list[Thing]:
    """What was on the map, as it is compared; a cell that was emptied is none."""
    rows = (piece for kind in ORDER for piece in state.row(kind))
    return [_thing(piece) for piece in rows if piece.kind != SubjectKind.CELL or piece.told("body")]


def _thing(piece: Piece) -> Thing:
    fields = {name: piece.told(name) for name in CONTENT[piece.kind]}
    parents = piece.parents
    return Thing(piece.kind, piece.id, name_of(piece), parents[0] if parents else None, fields)


def name_of(piece: Piece) -> str:
    """What a piece is called; a cell by how its answer begins, a moment not at all."""
    named = next((told for name in _NAMES if (told := piece.told(name))), None)
    return str(named or (piece.told("body") or "")[:_START])
