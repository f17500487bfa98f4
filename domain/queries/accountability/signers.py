"""Who is asked to sign a moment or journey off, and who else could."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, func, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.accountability.sign_offs import SignOffRule
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.queries.accountability.last_edits import last_editor
from domain.queries.accountability.satisfaction import (
    States,
    asks_me,
    matches,
    open_to_me,
    states,
)
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.maps.places import Place
from domain.queries.readers import ME, ORGANIZATION, reader
from domain.roles import Condition, Relation

NAMED = 5
"""How many of those who could sign off instead are named to somebody who may not."""

_JOURNEY = bindparam("journey_id", type_=Uuid())
_SUBJECT = bindparam("subject_id", type_=Uuid())
_MINE = (
    SignOffRule.organization_id == ORGANIZATION,
    SignOffRule.subject_id == _SUBJECT,
    SignOffRule.removed_at.is_(None),
    asks_me(SignOffRule),
)


def eligible() -> Select[UUID, UUID]:
    """Pairs of a rule and an active person it asks for: in the group, or somewhere below."""
    return (
        select(SignOffRule.id.label("rule_id"), Member.id.label("member_id"))
        .join(Member, Member.organization_id == SignOffRule.organization_id)
        .outerjoin(
            Department,
            and_(
                Department.organization_id == Member.organization_id,
                Department.id == Member.department_id,
            ),
        )
        .where(
            SignOffRule.organization_id == ORGANIZATION,
            SignOffRule.removed_at.is_(None),
            ACTIVE_PERSON,
            matches(SignOffRule, Member.group, Department.path),
        )
    )


def stuck_without_me(found: States) -> Select[Any]:
    """The rules that ask for the reader, are not satisfied by others, and ask for nobody else."""
    rule = found.rules.c
    others = eligible().where(SignOffRule.id == rule.rule_id, Member.id != ME)
    return open_to_me(found).where(~others.correlate(found.rules).exists())


_FOUND = states(lambda column: column == _JOURNEY, only=lambda column: column == _SUBJECT)
_OTHERS = (
    eligible()
    .with_only_columns(Member.id, Member.name)
    .where(SignOffRule.id.in_(open_to_me(_FOUND)), Member.id != ME)
    .distinct()
    .subquery()
)
_STANDING = hot(
    select(
        select(func.count())
        .select_from(SignOffRule)
        .where(*_MINE)
        .scalar_subquery()
        .label("rules"),
        stuck_without_me(_FOUND).exists().label("alone"),
        select(func.count()).select_from(_OTHERS).scalar_subquery().label("others"),
        select(func.array_agg(_OTHERS.c.name)).scalar_subquery().label("names"),
    )
)


@dataclass(frozen=True, slots=True)
class Signing:
    """How somebody stands towards signing off; `others` could do it in their place, by name."""

    relations: tuple[Relation, ...]
    conditions: tuple[Condition, ...]
    others: tuple[str, ...]
    more: int

    @property
    def sole_signer(self) -> bool:
        """Nobody else could for one of the rules, and the last edit is their own."""
        return (
            Condition.SOLE_ELIGIBLE in self.conditions
            and Condition.NOT_OWN_LAST_EDIT not in self.conditions
        )


async def signing(tx: Transaction, actor: Actor, place: Place, subject_id: UUID) -> Signing:
    """Whether the actor is asked, made the last edit, and who else could sign off."""
    about = {"journey_id": place.journey_id, "subject_id": subject_id}
    row = await tx.row(_STANDING, **reader(actor), **about)
    assert row is not None
    conditions = []
    if row["alone"]:
        conditions.append(Condition.SOLE_ELIGIBLE)
    if row["rules"] and await _edited_by_another(tx, actor, place):
        conditions.append(Condition.NOT_OWN_LAST_EDIT)
    names = sorted(row["names"] or ())[:NAMED]
    return Signing(
        relations=(Relation.ASKED,) if row["rules"] else (),
        conditions=tuple(conditions),
        others=tuple(names),
        more=row["others"] - len(names),
    )


async def _edited_by_another(tx: Transaction, actor: Actor, place: Place) -> bool:
    last = await last_editor(tx, actor, place.journey_id, place.touchpoint_id)
    return last != actor.member_id
