"""Whose change of the content of a moment or journey was the last."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
)

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.facts import Verb
from domain.models.maps.lanes import Cell
from domain.models.records.ledger import Entry
from domain.models.records.subjects import Subject
from domain.queries.readers import ORGANIZATION

OF_MOMENT = (
    Verb.MOMENT_NOMINATED,
    Verb.MOMENT_UPDATED,
    Verb.TOUCHPOINT_ADDED,
    Verb.TOUCHPOINT_UPDATED,
    Verb.TOUCHPOINT_RESTORED,
    Verb.EMOTION_ADDED,
    Verb.EMOTION_UPDATED,
    Verb.EMOTION_REMOVED,
    Verb.EMOTION_RESTORED,
    Verb.CELL_WRITTEN,
    Verb.PLAYBOOK_APPROVED,
)
"""What changes the content of a moment."""
OF_LANE = (Verb.LANE_REMOVED, Verb.LANE_RESTORED)
"""What changes the content of the moments that say something in the lane."""
OF_JOURNEY = (
    *OF_MOMENT,
    Verb.JOURNEY_CREATED,
    Verb.JOURNEY_UPDATED,
    Verb.STAGE_ADDED,
    Verb.STAGE_UPDATED,
    Verb.STAGE_MOVED,
    Verb.STAGE_REMOVED,
    Verb.STAGE_RESTORED,
    Verb.LANE_ADDED,
    Verb.LANE_UPDATED,
    Verb.LANE_MOVED,
    *OF_LANE,
    Verb.TOUCHPOINT_MOVED,
    Verb.TOUCHPOINT_REMOVED,
    Verb.MOMENT_RETIRED,
)
"""What changes the content of a journey."""


def in_journey() -> ColumnElement[bool]:
    """Entries that changed the content of their journey."""
    return _is_one_of(OF_JOURNEY)


def at_touchpoint(touchpoint_id: Any) -> ColumnElement[bool]:
    """Entries, joined with their subjects, that changed the content of a touchpoint's moment."""
    lanes = (
        select(Cell.lane_id)
        .where(Cell.organization_id == ORGANIZATION, Cell.touchpoint_id == touchpoint_id)
        .correlate_except(Cell)
    )
    return or_(
        and_(_is_one_of(OF_MOMENT), Subject.touchpoint_id == touchpoint_id),
        and_(_is_one_of(OF_LANE), Subject.id.in_(lanes)),
    )


def _is_one_of(verbs: Iterable[Verb]) -> ColumnElement[bool]:
    return Entry.verb.in_([literal_column(f"'{verb}'") for verb in verbs])


_LAST = (
    select(Entry.actor_id)
    .where(
        Entry.organization_id == ORGANIZATION,
        Entry.stream_id == bindparam("journey_id", type_=Uuid()),
    )
    .order_by(Entry.revision.desc())
    .limit(literal_column("1"))
)
_IN_JOURNEY = hot(_LAST.where(in_journey()))
_AT_TOUCHPOINT = hot(
    _LAST.join(
        Subject,
        (Subject.organization_id == Entry.organization_id) & (Subject.id == Entry.subject_id),
    ).where(at_touchpoint(bindparam("touchpoint_id", type_=Uuid())))
)


async def last_editor(
    tx: Transaction, actor: Actor, journey_id: UUID, touchpoint_id: UUID | None
) -> UUID | None:
    """Who changed the content of a moment's touchpoint last, or without one of the journey."""
    given: Mapping[str, object] = {
        "organization_id": actor.organization_id,
        "journey_id": journey_id,
    }
    editor: UUID | None
    if touchpoint_id is None:
        editor = await tx.value(_IN_JOURNEY, **given)
    else:
        editor = await tx.value(_AT_TOUCHPOINT, **given, touchpoint_id=touchpoint_id)
    return editor
