"""The gate: ask the table, and say no in words that help."""

from collections.abc import Iterable

from domain.actor import Actor, Standing
from domain.errors import FieldError, Forbidden, ScopeMissing
from domain.policy.matrix import POLICY
from domain.policy.rule import Rule
from domain.policy.scopes import SCOPES
from domain.roles import Condition, Group, May, Relation


def permits(actor: Actor, may: May, standing: Standing) -> bool:
    """Tell whether the actor, standing so towards the object, may do this."""
    rule = POLICY[may]
    named = _is_named(actor, rule, standing) and _is_met(actor, rule, standing)
    return named and _is_allowed(actor, may)


def require(
    actor: Actor,
    may: May,
    standing: Standing,
    hint: str = "",
    errors: Iterable[FieldError] = (),
) -> None:
    """Refuse unless the actor may do this; the refusal says who may, or what is missing.

    Where a condition is not met, `hint` goes on after its sentence, and `errors` list what to do.
    """
    rule = POLICY[may]
    if not _is_named(actor, rule, standing):
        raise Forbidden(f"Only {rule.who} may {_act(may, rule)}.", may=may.value)
    if not _is_met(actor, rule, standing):
        unmet = _unmet(actor, rule, standing)
        missing = " ".join(_missing(actor, condition, standing) for condition in unmet)
        detail = f"You may not {may.says} now. {missing} {hint}".rstrip()
        raise Forbidden(detail, may=may.value, errors=errors)
    require_scope(actor, may)


def require_scope(actor: Actor, may: May) -> None:
    """Refuse what the access token that the actor came with was not made for."""
    if not _is_allowed(actor, may):
        raise scope_missing(may)


def scope_missing(may: May) -> ScopeMissing:
    """What an access token is told that was not made for this."""
    scope = SCOPES[may]
    detail = (
        f"This access token is not for this: it lacks the scope {scope.value}"
        f" ({scope.says}). Make one that has it."
    )
    return ScopeMissing(detail, may=may.value, scope=scope.value)


CARRIED = frozenset({Relation.ADMINISTRATOR, Relation.ALLOWED_TO_CREATE})
"""What a member is whatever the object."""


def knock(actor: Actor, may: May) -> None:
    """Refuse where there is no object yet and none could help: by group and what is carried."""
    rule = POLICY[may]
    if not rule.relations - CARRIED and not _is_named(actor, rule, actor.standing()):
        raise Forbidden(f"Only {rule.who} may {_act(may, rule)}.", may=may.value)


def allowed(actor: Actor, mays: Iterable[May], standing: Standing) -> list[str]:
    """Those of `mays` the actor is permitted, as replies carry them in `may`."""
    return [may.value for may in mays if permits(actor, may, standing)]


def groups_with(may: May) -> frozenset[Group]:
    """The groups whose members all may do this, whatever ties them to the object."""
    return POLICY[may].groups


def _is_allowed(actor: Actor, may: May) -> bool:
    return actor.scopes is None or SCOPES[may] in actor.scopes


def _is_named(actor: Actor, rule: Rule, standing: Standing) -> bool:
    return actor.group in rule.groups or bool(rule.relations & standing.relations)


def _is_met(actor: Actor, rule: Rule, standing: Standing) -> bool:
    holds = _holding(actor, standing)
    return not any(holds.isdisjoint(any_of) for any_of in rule.only_if)


def _unmet(actor: Actor, rule: Rule, standing: Standing) -> list[Condition]:
    """Every condition of the alternatives of which none holds, in words that can be told."""
    holds = _holding(actor, standing)
    return [one for any_of in rule.conditions if holds.isdisjoint(any_of) for one in any_of]


def _missing(actor: Actor, condition: Condition, standing: Standing) -> str:
    """What to do about it: whoever may open the journey need not ask its owner to."""
    if condition is Condition.OPEN and permits(actor, May.UNLOCK_JOURNEY, standing):
        return "The journey is locked or archived. Unlock or unarchive it first."
    return condition.missing


def _holding(actor: Actor, standing: Standing) -> frozenset[Condition]:
    """The conditions that hold; a reason counts only from the top."""
    if actor.group is Group.EXECUTIVE:
        return standing.conditions
    return standing.conditions - {Condition.OVERRIDE_WITH_REASON}


def _act(may: May, rule: Rule) -> str:
    return f"{may.says}, {rule.condition}" if rule.only_if else may.says
