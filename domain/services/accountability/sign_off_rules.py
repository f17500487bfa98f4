"""Saying who has to approve a moment or a journey, and how many of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.accountability.sign_offs import SignOffRule
from domain.models.identity.departments import Department
from domain.policy import require
from domain.queries.accountability.sign_off_rules import rules_ever
from domain.queries.maps.places import Place
from domain.queries.references import existing
from domain.roles import Group, May
from domain.services.steps.changing import change, touch
from domain.services.steps.participants import take_in
from domain.services.steps.places import current
from domain.services.steps.signing import hold_signable, refuse_retired

Signer = tuple[Group | None, UUID | None]
Wanted = Mapping[Signer, int]


async def set_rules(
    tx: Transaction,
    actor: Actor,
    subject_id: UUID,
    rules: Sequence[Mapping[str, Any]],
    expected: int,
) -> None:
    """Replace the rules of a journey or moment; whoever is asked may see the journey from then on.

    The version of the set counts every version of every rule it ever had.
    """
    head, place = await hold_signable(tx, actor, subject_id)
    require(actor, May.SET_SIGN_OFF_RULES, place.standing(actor))
    await refuse_retired(tx, actor, place, subject_id)
    ever = await rules_ever(tx, actor, subject_id)
    current(sum(row["version"] for row in ever), expected)
    there = await _entities(tx, actor, [row["id"] for row in ever if row["removed_at"] is None])
    wanted = await _wanted(tx, actor, rules, kept={rule.department_id for rule in there.values()})
    facts = [*_changed(there, wanted), *_removed(there, wanted)]
    added = _added(actor, place, subject_id, wanted, there)
    await tx.add(*added)
    facts += [Fact(Verb.SIGN_OFF_RULE_SET, rule) for rule in added]
    if facts:
        await ledger.record(tx, actor, await _asked(tx, actor, head, added), *facts)


async def _entities(
    tx: Transaction, actor: Actor, ids: Sequence[UUID]
) -> dict[Signer, SignOffRule]:
    found = [await tx.entity(SignOffRule, (actor.organization_id, one)) for one in ids]
    return {_signer(rule): rule for rule in found if rule is not None}


def _signer(rule: SignOffRule) -> Signer:
    return (None if rule.group is None else Group(rule.group), rule.department_id)


async def _wanted(
    tx: Transaction, actor: Actor, rules: Sequence[Mapping[str, Any]], kept: set[UUID | None]
) -> Wanted:
    """What is asked for, by signer; Invalid, with a pointer to each rule that cannot be."""
    named = [rule["department_id"] for rule in rules if rule["department_id"] is not None]
    known = {*kept, *(await existing(tx, actor, Department, named))}
    wanted: dict[Signer, int] = {}
    errors: list[FieldError] = []
    for place, rule in enumerate(rules):
        signer = (rule["group"], rule["department_id"])
        error = _fault(signer, known, wanted)
        if error is not None:
            code, field, detail = error
            errors.append(FieldError(detail, code, pointer=f"#/rules/{place}{field}"))
        wanted[signer] = rule["required"]
    if errors:
        raise Invalid(errors[0].detail, code=errors[0].code, errors=errors)
    return wanted


def _fault(signer: Signer, known: set[UUID | None], wanted: Wanted) -> tuple[str, str, str] | None:
    group, department_id = signer
    if (group is None) is (department_id is None):
        return "one_signer", "", "Name either a group or a department."
    if department_id is not None and department_id not in known:
        detail = "There is no such department: take one from the list of departments."
        return "unknown_department", "/department_id", detail
    if signer in wanted:
        return "signer_twice", "", "They are named twice: put the number into one rule."
    return None


def _changed(there: Mapping[Signer, SignOffRule], wanted: Wanted) -> list[Fact]:
    return [
        Fact(Verb.SIGN_OFF_RULE_CHANGED, rule)
        for signer, rule in there.items()
        if signer in wanted and change(rule, {"required": wanted[signer]})
    ]


def _removed(there: Mapping[Signer, SignOffRule], wanted: Wanted) -> list[Fact]:
    gone = [rule for signer, rule in there.items() if signer not in wanted]
    for rule in gone:
        rule.removed_at = now()
        touch(rule)
    return [Fact(Verb.SIGN_OFF_RULE_REMOVED, rule) for rule in gone]


def _added(
    actor: Actor,
    place: Place,
    subject_id: UUID,
    wanted: Wanted,
    there: Mapping[Signer, SignOffRule],
) -> list[SignOffRule]:
    return [
        SignOffRule(
            organization_id=actor.organization_id,
            journey_id=place.journey_id,
            subject_id=subject_id,
            touchpoint_id=place.touchpoint_id,
            group=None if group is None else group.value,
            department_id=department_id,
            required=required,
            created_by=actor.member_id,
        )
        for (group, department_id), required in wanted.items()
        if (group, department_id) not in there
    ]


async def _asked(
    tx: Transaction, actor: Actor, head: Locked, added: Sequence[SignOffRule]
) -> Locked:
    """Let those who are asked take part in the journey."""
    return await take_in(
        tx,
        actor,
        head,
        groups=[Group(rule.group) for rule in added if rule.group is not None],
        departments=[rule.department_id for rule in added if rule.department_id is not None],
    )
