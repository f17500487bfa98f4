"""The overlay: what of a map depends on who is reading it, in one statement."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Subquery,
    case,
    func,
    literal_column,
    select,
    true,
    union_all,
)

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.duties import WorkKind
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.records.ledger import Head
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.policy import allowed
from domain.queries.accountability.answering import my_accountable, not_own
from domain.queries.accountability.satisfaction import states
from domain.queries.maps.decisive import HAS_RULES, in_journey
from domain.queries.maps.places import ROLES, place_from
from domain.queries.maps.summaries import JOURNEY
from domain.queries.planning import plan_once
from domain.queries.readers import ME, ORGANIZATION, journey_visible, reader
from domain.queries.reports import work_duties, work_proposals, work_signing, work_voices
from domain.queries.told import columns, instant, listed
from domain.queries.voices.unread import candidates, is_unread, looked_up, words_in
from domain.queries.voices.visibility import annotation_visible
from domain.roles import May
from domain.words import MomentStatus, Visibility

ON_TOUCHPOINT = (May.EDIT_JOURNEY, May.ANNOTATE, May.RATE)
_LIVING = (May.STATE_STAKES, May.RETIRE_MOMENT, May.ASSIGN_RESPONSIBILITY)
ON_MOMENT = {
    None: (May.NOMINATE_MOMENT,),
    MomentStatus.NOMINATED.value: (May.CONFIRM_MOMENT, *_LIVING),
    MomentStatus.CONFIRMED.value: _LIVING,
}


def _restricted() -> Subquery:
    """Rows (touchpoint_id, open): the open threads the reader sees and not everybody does."""
    return (
        select(Annotation.touchpoint_id, func.count().label("open"))
        .join(
            Journey,
            (Journey.organization_id == Annotation.organization_id)
            & (Journey.id == Annotation.journey_id),
        )
        .where(
            Annotation.organization_id == ORGANIZATION,
            Annotation.journey_id == JOURNEY,
            Annotation.visibility != literal_column(f"'{Visibility.EVERYONE}'"),
            Annotation.hidden_at.is_(None),
            Annotation.withdrawn_at.is_(None),
            Annotation.resolved_at.is_(None),
            annotation_visible(),
        )
        .group_by(Annotation.touchpoint_id)
        .subquery("restricted")
    )


def _my_rating() -> ColumnElement[Any]:
    mine = (
        select(*columns(Rating))
        .where(
            Rating.organization_id == ORGANIZATION,
            Rating.touchpoint_id == Touchpoint.id,
            Rating.member_id == ME,
        )
        .correlate(Touchpoint)
        .subquery("mine")
    )
    return select(func.row_to_json(mine.table_valued())).scalar_subquery()


def _touchpoints() -> ColumnElement[Any]:
    restricted = _restricted()
    return listed(
        select(
            Touchpoint.id,
            func.coalesce(restricted.c.open, literal_column("0")).label("restricted_open_threads"),
            _my_rating().label("my_rating"),
            Moment.status.label("moment_status"),
            my_accountable(Moment.id).label("my_accountable"),
        )
        .join(Stage, (Stage.organization_id == ORGANIZATION) & (Stage.id == Touchpoint.stage_id))
        .outerjoin(restricted, restricted.c.touchpoint_id == Touchpoint.id)
        .outerjoin(
            Moment,
            (Moment.organization_id == ORGANIZATION)
            & (Moment.touchpoint_id == Touchpoint.id)
            & (Moment.status != literal_column("'retired'")),
        )
        .where(
            Touchpoint.organization_id == ORGANIZATION,
            Touchpoint.journey_id == JOURNEY,
            Touchpoint.removed_at.is_(None),
            Stage.removed_at.is_(None),
        )
        .order_by(Stage.position, Stage.id, Touchpoint.position, Touchpoint.id)
    )


def _unread() -> ColumnElement[Any]:
    """Rows (touchpoint_id, threads, mentions): what the reader has not read, where there is any."""
    found = candidates(in_journey).subquery("candidates")
    thread = looked_up(found, annotation_visible())
    words = words_in(thread.c)
    mentions = func.count().filter(is_unread(thread.c, words, mention=True))
    told: tuple[Any, ...] = (
        thread.c.touchpoint_id,
        func.count().label("threads"),
        mentions.label("mentions"),
    )
    return listed(
        select(*told)
        .select_from(found)
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == JOURNEY))
        .join(thread, true())
        .join(words, true())
        .where(is_unread(thread.c, words))
        .group_by(thread.c.touchpoint_id)
    )


_STATES = states(in_journey)


def _asked() -> ColumnElement[Any]:
    """What is asked of the reader in this journey and still stands, what is due first first."""
    asked_in = union_all(
        work_duties.accept_responsibility(),
        work_voices.answer_input(),
        work_voices.thread(),
        work_proposals.decide_proposal(),
        work_signing.sign_off(_STATES).where(HAS_RULES),
    ).subquery("asked_in")
    its = asked_in.c
    return listed(
        select(
            its.kind,
            its.subject_kind,
            its.subject_id,
            its.touchpoint_id,
            instant(its.due_at).label("due_at"),
        )
        .join(Subject, (Subject.organization_id == ORGANIZATION) & (Subject.id == its.place_id))
        .where(its.journey_id == JOURNEY, Subject.removed_at.is_(None))
        .order_by(its.due_at, its.since, its.subject_id)
    )


_SATISFIED = func.coalesce(select(_STATES.journeys.c.satisfied).scalar_subquery(), true())
OVERLAY = hot(
    select(
        Head.revision,
        Journey.id,
        Journey.owner_id,
        Journey.status,
        Journey.status_before,
        Journey.locked_at,
        ROLES.label("roles"),
        _touchpoints().label("touchpoints"),
        _asked().label("asked"),
        _unread().label("unread"),
        case((HAS_RULES, _SATISFIED), else_=true()).label("rules_satisfied"),
    )
    .join(Head, (Head.organization_id == Journey.organization_id) & (Head.stream_id == Journey.id))
    .where(journey_visible(), Journey.id == JOURNEY)
)
ASKED_KINDS = (
    WorkKind.ACCEPT_RESPONSIBILITY,
    WorkKind.ANSWER_INPUT,
    WorkKind.SIGN_OFF,
    WorkKind.SIGN_AGAIN,
    WorkKind.THREAD,
    WorkKind.DECIDE_PROPOSAL,
)
"""What of a member's work lies over a map; what went up or is missing is in the list."""
_KINDS = [kind.value for kind in ASKED_KINDS]


async def overlay(tx: Transaction, actor: Actor, journey_id: UUID) -> Row:
    """What the actor alone sees of a map; NotFound when they may not see the journey."""
    await plan_once(tx)
    row = await tx.row(OVERLAY, journey_id=journey_id, kinds=_KINDS, **reader(actor))
    if row is None:
        raise NotFound
    return row


def may_at_touchpoints(row: Row, actor: Actor) -> Mapping[tuple[str | None, bool], list[str]]:
    """What the actor may do at a touchpoint.

    By the status of its moment (None: it is none), and whether the actor is accountable for it.
    """
    place = place_from(row, actor)
    return {
        (status, own): allowed(
            actor, ON_TOUCHPOINT + at_moment, place.standing(actor, conditions=not_own(own))
        )
        for status, at_moment in ON_MOMENT.items()
        for own in (False, True)
    }
