"""What an executive looks at first: what moved, what waits, what is overdue, what is at stake.

A constant number of statements, one per block, each bounded; all of it from journeys that the
reader sees, archived ones left out.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.models.accountability.sign_offs import SignOffRule
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.records.visits import Visit
from domain.models.voices.ratings import Rating
from domain.queries.accountability.satisfaction import states
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.maps.places import ROLES
from domain.queries.readers import ME, MY_GROUP, ORGANIZATION, journey_visible, reader
from domain.queries.reports.moved_parts import PARTS
from domain.queries.reports.work_parts import LIVING, word
from domain.queries.voices.tallies import group_tallies, tallies
from domain.roles import Group
from domain.rules.overview import MOST
from domain.rules.ranking import Candidate
from domain.rules.ratings import aggregate, leaders_shown_from
from domain.words import JourneyStatus

USUAL = timedelta(days=30)
"""How far an overview looks back for somebody who has not looked before."""

_MOST: ColumnElement[Any] = literal_column(str(MOST))
_ALIVE = Journey.status != word(JourneyStatus.ARCHIVED)
_LAST = hot(
    select(Visit.seen_at).where(
        Visit.organization_id == ORGANIZATION, Visit.member_id == ME,
        Visit.subject_id == ORGANIZATION,
    )
)  # fmt: skip


async def last_look(tx: Transaction, actor: Actor) -> datetime:
    """When the actor said that they had seen the overview; else 30 days ago."""
    given = {"organization_id": actor.organization_id, "me": actor.member_id}
    seen: datetime | None = await tx.value(_LAST, **given)
    return seen or now() - USUAL


def _here(found: Any) -> Any:
    """Beside each row the journey, and the touchpoint if it still stands."""
    return (
        select(*found.c, Journey.title.label("journey_title"), Touchpoint.name)
        .join(Journey, and_(Journey.organization_id == ORGANIZATION,
                            Journey.id == found.c.journey_id))
        .outerjoin(Touchpoint, and_(Touchpoint.organization_id == ORGANIZATION,
                                    Touchpoint.id == found.c.touchpoint_id))
        .outerjoin(Stage, ITS_STAGE)
        .where(journey_visible(), _ALIVE, *ON_THE_MAP)
    )  # fmt: skip


def _moved() -> Hot:
    """The newest of each kind, beside how many there are in all."""
    found = _here(union_all(*(part() for part in PARTS)).subquery("found")).subquery("here")
    its = found.c
    place = func.row_number().over(
        partition_by=its.kind, order_by=(its.at.desc(), its.subject_id, its.member_id)
    )
    numbered = select(
        *its,
        place.label("place"),
        func.sum(its.number).over(partition_by=its.kind).label("total"),
    ).subquery("numbered")
    return hot(
        select(numbered)
        .where(numbered.c.place <= _MOST)
        .order_by(numbered.c.kind, numbered.c.place)
    )


_MOVED = _moved()


async def moved(tx: Transaction, actor: Actor, since: datetime) -> Sequence[Row]:
    """What moved since, kind by kind, newest first."""
    return await tx.rows(_MOVED, **reader(actor), since=since)


def _to_approve() -> Hot:
    """Journeys in review that the reader may approve, those that wait longest first."""
    ruled = select(SignOffRule.journey_id).where(
        SignOffRule.organization_id == ORGANIZATION, SignOffRule.removed_at.is_(None)
    )
    signed = states(lambda journey_id: journey_id.in_(ruled)).journeys
    satisfied = func.coalesce(signed.c.satisfied, true())
    return hot(
        select(
            Journey.id, Journey.title, Journey.owner_id, Journey.status, Journey.locked_at,
            Journey.updated_at, ROLES.label("roles"), satisfied.label("satisfied"),
            func.count().over().label("total"),
        )
        .outerjoin(signed, signed.c.journey_id == Journey.id)
        .where(
            journey_visible(),
            Journey.status == word(JourneyStatus.IN_REVIEW),
            or_(MY_GROUP == word(Group.EXECUTIVE), and_(Journey.owner_id == ME, satisfied)),
        )
        .order_by(Journey.updated_at, Journey.id)
        .limit(_MOST)
    )  # fmt: skip


_TO_APPROVE = _to_approve()


async def to_approve(tx: Transaction, actor: Actor) -> Sequence[Row]:
    """Journeys in review that the actor may approve; `total` counts all of them."""
    return await tx.rows(_TO_APPROVE, **reader(actor))


def _decisive() -> Hot:
    tallied = tallies(
        Rating.organization_id == ORGANIZATION,
        Rating.touchpoint_id.in_(
            select(Moment.touchpoint_id).where(Moment.organization_id == ORGANIZATION, LIVING)
        ),
    )
    return hot(
        select(
            Moment.id, Moment.journey_id, Journey.title.label("journey_title"),
            Moment.touchpoint_id, Touchpoint.name, Touchpoint.position,
            Stage.position.label("stage_position"),
            func.coalesce(Moment.customers_per_month, Touchpoint.monthly_volume).label("customers"),
            case((Moment.customers_per_month.is_not(None), word("moment")),
                 (Touchpoint.monthly_volume.is_not(None), word("touchpoint"))).label("counted_at"),
            Moment.value_at_risk, Moment.value_currency, Organization.names_leaders,
            tallied.c.tallies,
        )
        .join(Journey, and_(Journey.organization_id == Moment.organization_id,
                            Journey.id == Moment.journey_id))
        .join(Organization, Organization.id == Moment.organization_id)
        .join(Touchpoint, and_(Touchpoint.organization_id == Moment.organization_id,
                               Touchpoint.id == Moment.touchpoint_id))
        .join(Stage, ITS_STAGE)
        .outerjoin(tallied, tallied.c.touchpoint_id == Moment.touchpoint_id)
        .where(Moment.organization_id == ORGANIZATION, journey_visible(), _ALIVE, LIVING)
        .where(*ON_THE_MAP)
        .order_by(Moment.id)
    )  # fmt: skip


_DECISIVE = _decisive()


async def decisive(tx: Transaction, actor: Actor) -> Sequence[Row]:
    """Every moment that the actor sees and that is not retired, with its ratings and stakes."""
    return await tx.rows(_DECISIVE, **reader(actor))


def candidate(row: Row | Mapping[str, Any]) -> Candidate:
    """A moment as the rules rank it, across journeys."""
    ratings = aggregate(
        group_tallies(row["tallies"]), leaders_from=leaders_shown_from(row["names_leaders"])
    )
    place = (str(row["journey_id"]), row["stage_position"], row["position"])
    return Candidate(row["id"], place, ratings)
