"""Carrying out what sets a map back: every piece changed at once, and what to tell of each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid

from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.base import Recorded
from domain.queries.life.pieces import pieces
from domain.rules.setbacks import Setback
from domain.services.steps.changing import touch
from domain.services.steps.links import replace_links
from domain.words import SubjectKind

Links = dict[str, list[tuple[Recorded, list[UUID]]]]


async def set_back(tx: Transaction, actor: Actor, wanted: Sequence[Setback]) -> list[Fact]:
    """Change the pieces, each one version further; one fact for each, in the same order."""
    by_kind: dict[str, list[UUID]] = {}
    for one in wanted:
        by_kind.setdefault(one.kind, []).append(one.id)
    entities = await pieces(tx, actor, by_kind)
    links: Links = {}
    for one in wanted:
        _change(entities[one.id], one, links)
    await tx.flush()
    for name, changed in links.items():
        await replace_links(tx, name, changed)
    return [Fact(_verb(one), entities[one.id]) for one in wanted]


def _change(entity: Recorded, one: Setback, links: Links) -> None:
    for name, value in _typed(type(entity), one.changes).items():
        if name in entity.links:
            links.setdefault(name, []).append((entity, value))
        else:
            setattr(entity, name, value)
    if one.removed is not None:
        setattr(entity, "removed_at", now() if one.removed else None)  # noqa: B010  not all have it
    touch(entity)


def _typed(model: type[Recorded], told: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the columns hold them: the ledger writes an id as text."""
    columns = model.__table__.c  # type: ignore[attr-defined]
    return {
        name: [UUID(item) for item in value]
        if name in model.links
        else UUID(value)
        if value is not None and isinstance(columns[name].type, Uuid)
        else value
        for name, value in told.items()
    }


def _verb(one: Setback) -> Verb:
    if one.kind == SubjectKind.CELL:
        return Verb.CELL_WRITTEN
    return Verb(f"{one.kind}.{one.done}")
