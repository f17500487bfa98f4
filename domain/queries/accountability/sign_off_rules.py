"""The sign-off rules of a moment or journey, how far each is met, and who is waited for."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.duties import SignOffDecision
from domain.errors import NotFound
from domain.models.accountability.sign_offs import SignOffRule
from domain.queries.accountability.satisfaction import States, matches, states, undecided
from domain.queries.accountability.signers import eligible
from domain.queries.maps.places import Place, place_of
from domain.queries.readers import ORGANIZATION
from domain.words import SubjectKind

SHOWN = 50
"""How many members are listed per rule; the counts tell of all of them."""

SIGNABLE = (SubjectKind.JOURNEY, SubjectKind.MOMENT)
_JOURNEY = bindparam("journey_id", type_=Uuid())
_SUBJECT = bindparam("subject_id", type_=Uuid())
_NOBODY: ColumnElement[Any] = literal_column("'{}'::uuid[]")


def signable(place: Place) -> None:
    """NotFound unless what was found is a journey or a moment that is on the map."""
    if place.subject_removed or place.subject_kind not in SIGNABLE:
        raise NotFound


async def signable_place(tx: Transaction, actor: Actor, subject_id: UUID) -> Place:
    """The journey of something that can be signed off; NotFound when it cannot be seen."""
    place = await place_of(tx, actor, subject_id)
    signable(place)
    return place


def _listed(ids: Select[Any]) -> ColumnElement[Any]:
    few = ids.limit(literal_column(str(SHOWN))).subquery()
    members = func.array_agg(aggregate_order_by(few.c.member_id, few.c.rank))
    return func.coalesce(select(members).scalar_subquery(), _NOBODY)


def _of_decisions(found: States, rule: Any, *where: Any) -> ColumnElement[Any]:
    its = found.decisions.c
    ids = select(its.member_id, its.member_id.label("rank")).where(
        matches(rule, its.group, its.path), *where
    )
    return _listed(ids.order_by(its.member_id).correlate(found.rules))


def _waited_for(found: States, rule: Any) -> ColumnElement[Any]:
    """Those who have not decided on what is there now; first who decided on what was."""
    able, its = eligible().subquery(), found.decisions.c
    rank = func.row_number().over(order_by=(its.member_id.is_(None), able.c.member_id))
    return _listed(
        select(able.c.member_id, rank.label("rank"))
        .outerjoin(found.decisions, its.member_id == able.c.member_id)
        .where(able.c.rule_id == rule.rule_id, undecided(rule, its))
        .order_by(literal_column("rank"))
        .correlate(found.rules)
    )


def _rules() -> Select[Any]:
    # All decisions here are of the one subject: its hash is the only one computed.
    found = states(lambda column: column == _JOURNEY, only=lambda column: column == _SUBJECT)
    rule, its, able = found.rules.c, found.decisions.c, eligible().subquery()
    approved = its.decision == literal_column(f"'{SignOffDecision.APPROVED}'")
    count = select(func.count()).select_from(able).where(able.c.rule_id == rule.rule_id)
    version = select(func.sum(SignOffRule.version)).where(
        SignOffRule.organization_id == ORGANIZATION, SignOffRule.subject_id == _SUBJECT
    )
    return (
        select(
            found.hashes.c.content_hash,
            found.hashes.c.retired,
            func.coalesce(version.scalar_subquery(), literal_column("0")).label("version"),
            *(column for column in rule if column.name not in ("journey_id", "subject_id")),
            count.correlate(found.rules).scalar_subquery().label("eligible"),
            _of_decisions(found, rule, its.fresh, approved).label("approved_by"),
            _of_decisions(found, rule, ~its.fresh, approved).label("stale_by"),
            _of_decisions(found, rule, its.fresh, ~approved).label("objected_by"),
            _waited_for(found, rule).label("waiting_for"),
        )
        .select_from(found.hashes)
        .outerjoin(found.rules, rule.subject_id == found.hashes.c.subject_id)
        .order_by(rule.rule_id)
    )


_OF_SUBJECT = hot(_rules())


async def rules(tx: Transaction, actor: Actor, place: Place, subject_id: UUID) -> Sequence[Row]:
    """One row per rule of a subject; one row without a rule (`rule_id`) where there are none."""
    given = {"journey_id": place.journey_id, "subject_id": subject_id}
    return await tx.rows(_OF_SUBJECT, organization_id=actor.organization_id, **given)


_EVER = hot(
    select(SignOffRule.id, SignOffRule.version, SignOffRule.removed_at).where(
        SignOffRule.organization_id == ORGANIZATION, SignOffRule.subject_id == _SUBJECT
    )
)


async def rules_ever(tx: Transaction, actor: Actor, subject_id: UUID) -> Sequence[Row]:
    """Every rule a subject ever had, removed ones too: their versions add up to the set's own."""
    return await tx.rows(_EVER, organization_id=actor.organization_id, subject_id=subject_id)
