"""How far the sign-off rules are met: per rule, per subject, per journey, in one statement.

    found = states(lambda journey_id: journey_id == bindparam("journey_id"))
    select(...).outerjoin(found.subjects, found.subjects.c.subject_id == Moment.id)

A subject without rules is in none of them, and satisfied. A decision counts while it is its
member's last, the content still is what they decided on (`fresh`), and they are active. It counts
for the group and department where they stood then, and for every department above.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)

from domain.duties import SignOffDecision
from domain.models.accountability.sign_offs import SignOff, SignOffRule
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.queries.accountability.content import Within, hash_in, hashes
from domain.queries.readers import ME, MY_DEPARTMENTS, MY_GROUP, ORGANIZATION
from domain.words import MemberStatus

_APPROVED: ColumnElement[Any] = literal_column(f"'{SignOffDecision.APPROVED}'")
_ACTIVE = Member.status == literal_column(f"'{MemberStatus.ACTIVE}'")
Present = Callable[[Any], ColumnElement[Any]]
"""The hash that a subject has now, null where it is off the map or retired."""


@dataclass(frozen=True, slots=True)
class States:
    """Pieces to join; those that are not joined cost nothing.

    `hashes`: subject_id, journey_id, touchpoint_id, retired, content_hash; where there are rules.
    `decisions`: subject_id, member_id, decision, fresh, group, path; of active members, the last.
    `rules`: rule_id, subject_id, journey_id, touchpoint_id, group, department_id, required, given,
    stale, objections, satisfied; not of retired moments.
    `subjects`: subject_id, journey_id, touchpoint_id, rules, required, given (never more than
    required), stale, objections, satisfied.
    `journeys`: journey_id, satisfied; with the rules of its moments.
    """

    hashes: CTE
    decisions: CTE
    rules: CTE
    subjects: CTE
    journeys: CTE


def has_rules(subject_id: Any) -> ColumnElement[bool]:
    """Whether a subject has rules of its own."""
    ruled: ColumnElement[bool] = subject_id.in_(
        select(SignOffRule.subject_id).where(
            SignOffRule.organization_id == ORGANIZATION, SignOffRule.removed_at.is_(None)
        )
    )
    return ruled


def states(within: Within, only: Within = has_rules) -> States:
    """How far the rules in these journeys are met; call it once in a statement.

    `only`: a condition on the id of the subject, where not all of them are asked for.
    """
    hashed = hashes(within, only)
    present = hash_in(hashed, ~hashed.c.retired)
    decided = _decisions(within, present)
    ruled = _rules(within, present, decided)
    subjects = _subjects(ruled)
    its = subjects.c
    per_journey = select(its.journey_id, func.bool_and(its.satisfied).label("satisfied"))
    journeys = per_journey.group_by(its.journey_id).cte("sign_off_journeys")
    return States(hashed, decided, ruled, subjects, journeys)


def ruled_journey(journey_id: Any) -> ColumnElement[bool]:
    """Whether there are rules anywhere in a journey."""
    return exists(
        select(SignOffRule.id).where(
            SignOffRule.organization_id == ORGANIZATION,
            SignOffRule.journey_id == journey_id,
            SignOffRule.removed_at.is_(None),
        )
    )


def journey_satisfied(journey_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Whether the rules of one journey, named by a parameter, and of its moments are satisfied."""
    found = states(lambda column: column == journey_id)
    met = func.coalesce(select(found.journeys.c.satisfied).scalar_subquery(), true())
    return case((ruled_journey(journey_id), met), else_=true())


def matches(rule: Any, group: Any, departments: Any) -> ColumnElement[bool]:
    """Whether a rule asks for somebody of this group, or of one of these departments."""
    return or_(rule.group == group, rule.department_id == departments.any_())


def asks_me(rule: Any) -> ColumnElement[bool]:
    """Whether a rule asks for the reader."""
    return matches(rule, MY_GROUP, MY_DEPARTMENTS)


def where_asked(journey_id: Any) -> ColumnElement[bool]:
    """Journeys with a rule that asks for the reader."""
    asked: ColumnElement[bool] = journey_id.in_(
        select(SignOffRule.journey_id).where(
            SignOffRule.organization_id == ORGANIZATION,
            SignOffRule.removed_at.is_(None),
            asks_me(SignOffRule),
        )
    )
    return asked


def asked_of_me(found: States) -> Select[Any]:
    """What waits for the reader's sign-off: `subject_id, journey_id, touchpoint_id, again`.

    `again`: they have decided on it, and its content has changed since. What they decided counts
    where they stood then: elsewhere they are asked anew. Let the `within` of the states be
    `where_asked`: no other journey need be looked at.
    """
    rule, mine = found.rules.c, found.decisions.c
    return (
        select(
            rule.subject_id, rule.journey_id, rule.touchpoint_id,
            func.bool_or(mine.fresh.is_(False)).label("again"),
        )
        .outerjoin(found.decisions, (mine.subject_id == rule.subject_id) & (mine.member_id == ME))
        .where(asks_me(rule), rule.given < rule.required, undecided(rule, mine))
        .group_by(rule.subject_id, rule.journey_id, rule.touchpoint_id)
    )  # fmt: skip


def open_to_me(found: States) -> Select[Any]:
    """The rules that ask for the reader and that the decisions of others do not satisfy."""
    rule, mine = found.rules.c, found.decisions.c
    needs_mine = and_(~undecided(rule, mine), rule.given <= rule.required)
    return (
        select(rule.rule_id)
        .outerjoin(found.decisions, (mine.subject_id == rule.subject_id) & (mine.member_id == ME))
        .where(asks_me(rule), or_(~rule.satisfied, needs_mine))
    )


def undecided(rule: Any, decision: Any) -> ColumnElement[bool]:
    """Whether a decision, or none, says nothing on a rule about what is there now."""
    return and_(decision.fresh, matches(rule, decision.group, decision.path)).is_not(True)


def _decisions(within: Within, present: Present) -> CTE:
    return (
        select(
            SignOff.subject_id, SignOff.member_id, SignOff.decision,
            (SignOff.content_hash == present(SignOff.subject_id)).label("fresh"),
            SignOff.member_group.label("group"),
            Department.path,
        )
        .join(Member, and_(Member.organization_id == ORGANIZATION, Member.id == SignOff.member_id))
        .outerjoin(
            Department,
            and_(
                Department.organization_id == ORGANIZATION,
                Department.id == SignOff.member_department_id,
            ),
        )
        .where(SignOff.organization_id == ORGANIZATION, within(SignOff.journey_id), _ACTIVE)
        .where(SignOff.superseded_at.is_(None), present(SignOff.subject_id).is_not(None))
        .cte("sign_off_decisions")
    )  # fmt: skip


def _rules(within: Within, present: Present, decided: CTE) -> CTE:
    its = decided.c
    given = func.count().filter(its.fresh, its.decision == _APPROVED)
    objections = func.count().filter(its.fresh, its.decision != _APPROVED)
    meant = (its.subject_id == SignOffRule.subject_id) & matches(SignOffRule, its.group, its.path)
    rule = (
        SignOffRule.id.label("rule_id"), SignOffRule.subject_id, SignOffRule.journey_id,
        SignOffRule.touchpoint_id, SignOffRule.group, SignOffRule.department_id,
        SignOffRule.required,
    )  # fmt: skip
    return (
        select(
            *rule,
            given.label("given"),
            func.count().filter(~its.fresh, its.decision == _APPROVED).label("stale"),
            objections.label("objections"),
            ((given >= SignOffRule.required) & (objections == literal_column("0"))).label(
                "satisfied"
            ),
        )
        .outerjoin(decided, meant)
        .where(SignOffRule.organization_id == ORGANIZATION, within(SignOffRule.journey_id))
        .where(SignOffRule.removed_at.is_(None), present(SignOffRule.subject_id).is_not(None))
        .group_by(SignOffRule.organization_id, SignOffRule.id)
        .cte("sign_off_rule_states")
        .prefix_with("MATERIALIZED")
    )


def _subjects(ruled: CTE) -> CTE:
    its = ruled.c
    key = (its.subject_id, its.journey_id, its.touchpoint_id)
    return (
        select(
            *key,
            func.count().label("rules"),
            func.sum(its.required).label("required"),
            func.sum(func.least(its.given, its.required)).label("given"),
            func.sum(its.stale).label("stale"),
            func.sum(its.objections).label("objections"),
            func.bool_and(its.satisfied).label("satisfied"),
        )
        .group_by(*key)
        .cte("sign_off_subject_states")
        .prefix_with("MATERIALIZED")
    )
