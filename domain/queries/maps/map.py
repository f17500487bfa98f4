"""The map: one statement tells everything on it, a cheap one whether it has changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey, JourneyPersona
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.ledger import Head
from domain.models.voices.ratings import Rating
from domain.queries.maps.decisive import HAS_RULES, decisive, in_journey, signed
from domain.queries.maps.found import NOTHING_FOUND, found
from domain.queries.maps.summaries import (
    JOURNEY,
    SILENCE,
    channel_ids,
    discussed,
    felt,
    proposed,
)
from domain.queries.maps.undertaken import NOTHING_TO_DO, gainful, undertaken
from domain.queries.planning import PLAN_ONCE
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.told import EMPTY, columns, listed, single, text
from domain.queries.voices.tallies import tallies

_JOURNEY_HEAD, _ORGANIZATION_HEAD = aliased(Head), aliased(Head)


def _revised(*told: ColumnElement[Any]) -> Select[Any]:
    """The revisions of the journey and its organization, for who may see it, and more."""
    return (
        select(
            _JOURNEY_HEAD.revision,
            _ORGANIZATION_HEAD.revision.label("organization_revision"),
            *told,
        )
        .select_from(Journey)
        .join(
            _JOURNEY_HEAD,
            (_JOURNEY_HEAD.organization_id == Journey.organization_id)
            & (_JOURNEY_HEAD.stream_id == Journey.id),
        )
        .join(
            _ORGANIZATION_HEAD,
            (_ORGANIZATION_HEAD.organization_id == Journey.organization_id)
            & (_ORGANIZATION_HEAD.stream_id == Journey.organization_id),
        )
        .where(journey_visible(), Journey.id == JOURNEY)
    )


def _journey() -> ColumnElement[Any]:
    link = JourneyPersona
    personas = (
        select(func.coalesce(func.json_agg(link.persona_id), EMPTY))
        .where(link.organization_id == ORGANIZATION, link.id == JOURNEY)
        .scalar_subquery()
    )
    return single(
        select(*columns(Journey), personas.label("persona_ids")).where(
            Journey.organization_id == ORGANIZATION, Journey.id == JOURNEY
        )
    )


def _rows(model: type[Stage] | type[Lane]) -> ColumnElement[Any]:
    return listed(
        select(*columns(model))
        .where(
            model.organization_id == ORGANIZATION,
            model.journey_id == JOURNEY,
            model.removed_at.is_(None),
        )
        .order_by(model.position, model.id)
    )


def _cells() -> ColumnElement[Any]:
    """The cells of lanes, at stages and touchpoints, that are all still on the map."""
    home = aliased(Stage)
    of = Cell.organization_id == ORGANIZATION
    return listed(
        select(*columns(Cell))
        .join(Lane, (Lane.organization_id == ORGANIZATION) & (Lane.id == Cell.lane_id))
        .outerjoin(
            Touchpoint,
            (Touchpoint.organization_id == ORGANIZATION)
            & (Touchpoint.id == Cell.touchpoint_id)
            & Touchpoint.removed_at.is_(None),
        )
        .join(
            home,
            (home.organization_id == ORGANIZATION)
            & or_(home.id == Cell.stage_id, home.id == Touchpoint.stage_id),
        )
        .where(of, Cell.journey_id == JOURNEY, Lane.removed_at.is_(None), home.removed_at.is_(None))
        .order_by(Cell.id)
    )


def _touchpoints() -> ColumnElement[Any]:
    threads, emotions, moments = discussed(), felt(), decisive(in_journey)
    proposals, findings = proposed(), found()
    opportunities, actions = gainful(), undertaken()
    nothing: ColumnElement[Any] = literal_column("0")
    told = (
        select(
            *columns(Touchpoint),
            channel_ids().label("channel_ids"),
            func.coalesce(emotions.c.emotions, EMPTY).label("emotions"),
            func.coalesce(threads.c.threads, SILENCE).label("threads"),
            func.coalesce(proposals.c.open, nothing).label("proposals_open"),
            func.coalesce(findings.c.findings, NOTHING_FOUND).label("findings"),
            func.coalesce(opportunities.c.open, nothing).label("opportunities_open"),
            func.coalesce(actions.c.actions, NOTHING_TO_DO).label("actions"),
            literal_column("NULL").label("ratings"),
            moments.c.moment,
        )
        .join(Stage, (Stage.organization_id == ORGANIZATION) & (Stage.id == Touchpoint.stage_id))
        .where(
            Touchpoint.organization_id == ORGANIZATION,
            Touchpoint.journey_id == JOURNEY,
            Touchpoint.removed_at.is_(None),
            Stage.removed_at.is_(None),
        )
        .order_by(Stage.position, Stage.id, Touchpoint.position, Touchpoint.id)
    )
    for beside in (threads, proposals, findings, opportunities, actions, emotions, moments):
        told = told.outerjoin(beside, beside.c.touchpoint_id == Touchpoint.id)
    return listed(told)


def _tallied() -> ColumnElement[Any]:
    found = tallies(Rating.organization_id == ORGANIZATION, Rating.journey_id == JOURNEY)
    by_touchpoint = func.json_object_agg(found.c.touchpoint_id, found.c.tallies)
    return select(text(by_touchpoint)).scalar_subquery()


# Whoever asks for the revisions has the map planned once, for the rest of the transaction.
REVISIONS = hot(_revised(PLAN_ONCE.label("planning")))
_EVERYTHING = (
    select(Organization.names_leaders)
    .where(Organization.id == ORGANIZATION)
    .scalar_subquery()
    .label("names_leaders"),
    _journey().label("journey"),
    _rows(Stage).label("stages"),
    _rows(Lane).label("lanes"),
    _cells().label("cells"),
    _touchpoints().label("touchpoints"),
    _tallied().label("tallies"),
    HAS_RULES.label("ruled"),
)
_SIGNED = signed().label("signed")
MAP = hot(_revised(*_EVERYTHING))
SIGNED = hot(_revised(_SIGNED))
AT_ONCE = hot(_revised(*_EVERYTHING, _SIGNED))
TRIES = 2
"""How often the two are read one after the other, before both are read at once."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map as it was at one moment: JSON texts by column, and how its moments are signed off."""

    row: Row
    signed: str


async def revisions(tx: Transaction, actor: Actor, journey_id: UUID) -> Row:
    """How far the journey and its organization are, to be asked before `drawn`.

    NotFound when the actor may not see it.
    """
    return _found(await tx.row(REVISIONS, journey_id=journey_id, **reader(actor)))


async def drawn(tx: Transaction, actor: Actor, journey_id: UUID) -> Drawn:
    """Everything on a map as JSON texts, with the revisions of that very moment.

    What sign-offs approve is hashed only where there are rules. When something has changed in
    between it is drawn again, the last time by one statement, whose plan is not kept.
    """
    asked = {"journey_id": journey_id, **reader(actor)}
    for _ in range(TRIES):
        row = _found(await tx.row(MAP, **asked))
        if not row["ruled"]:
            return Drawn(row, "{}")
        signed_off = _found(await tx.row(SIGNED, **asked))
        if all(signed_off[name] == row[name] for name in _REVISIONS):
            return Drawn(row, signed_off["signed"])
    row = _found(await tx.row(AT_ONCE, **asked))
    return Drawn(row, row["signed"])


_REVISIONS = ("revision", "organization_revision")


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row
