"""The parts that sentences about what happened are made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from domain.duties import EscalationCause, ResponsibilityRole
from domain.roles import Group
from domain.rules.canonical import ActorKind
from domain.words import AnnotationKind, GrantRole, Resolution

SYSTEM: Final = "Touchstone"
HIDDEN: Final = "Somebody"
ERASED: Final = "a former member"
NAMELESS: Final = "something of the organization"


@dataclass(frozen=True, slots=True)
class Telling:
    """An entry about `what` (a touchpoint, where it is about one), with everybody in it by name.

    `whom` is the member or department that the subject names, `about` the member an escalation is
    about. `told` is the content of the revision, `changed` the fields in which it differs from the
    one before.
    """

    verb: str
    what: str
    who: str
    whom: str = "somebody"
    about: str = "somebody"
    told: Mapping[str, Any] = field(default_factory=dict)
    changed: Sequence[str] = ()


Builder = Callable[[Telling], str]

_ROLES: Final[Mapping[str | None, str]] = {
    ResponsibilityRole.RESPONSIBLE: "responsible for",
    ResponsibilityRole.ACCOUNTABLE: "accountable for",
    ResponsibilityRole.CONSULTED: "consulted about",
    ResponsibilityRole.INFORMED: "informed about",
}
_ROLE_ON: Final[Mapping[str | None, str]] = {
    GrantRole.EDITOR: "an editor",
    GrantRole.MODERATOR: "a moderator",
    GrantRole.PARTICIPANT: "a participant",
}
_CAUSES: Final[Mapping[str | None, str]] = {
    EscalationCause.NOT_ACCEPTED: "{about} has not said whether they answer for {what}",
    EscalationCause.NO_INPUT: "{about} has given no input about {what}",
    EscalationCause.THREAD_OVERDUE: "a thread about {what} is overdue",
    EscalationCause.ACTION_OVERDUE: "an action for {what} is overdue",
}
_KINDS: Final[Mapping[str, str]] = {
    AnnotationKind.PRAISE: "word of praise",
    AnnotationKind.EVIDENCE: "piece of evidence",
}
_ENDS: Final[Mapping[str | None, str]] = {
    Resolution.FIXED: " as fixed",
    Resolution.ANSWERED: " as answered",
    Resolution.ACTION_CREATED: " with an action",
    Resolution.WONT_DO: " with nothing to be done",
    Resolution.DUPLICATE: " as a duplicate",
}


def named(name: str | None) -> str:
    """A member's name; what is left to say of one who was erased."""
    return name or ERASED


def actor(kind: str, name: str | None, group: str | None = None) -> str:
    """Who did it, as the entry names them; of the hidden, the group for which they spoke."""
    if kind == ActorKind.SYSTEM:
        return SYSTEM
    if kind == ActorKind.HIDDEN:
        return f"{HIDDEN} of the {Group(group).says}" if group else HIDDEN
    return named(name)


def plain(pattern: str) -> Builder:
    """The pattern, filled in with names."""

    def build(telling: Telling) -> str:
        return pattern.format(
            who=telling.who, whom=telling.whom, about=telling.about, what=telling.what
        )

    return build


def changed(otherwise: str) -> Builder:
    """What was changed, by the names of the fields."""

    def build(telling: Telling) -> str:
        names = ["the " + name.removesuffix("_id").replace("_", " ") for name in telling.changed]
        fields = listed(names) if names else otherwise
        return f"{telling.who} changed {fields} of {telling.what}."

    return build


def listed(names: Sequence[str]) -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _answering(telling: Telling) -> str:
    role = _ROLES.get(telling.told.get("role"), "one of those who answer for")
    return f"{role} {telling.what}"


def responsibility(member: str, department: str) -> Builder:
    """A sentence about a responsibility, which a department cannot say of itself."""

    def build(telling: Telling) -> str:
        pattern = department if telling.told.get("department_id") else member
        return pattern.format(who=telling.who, whom=telling.whom, role=_answering(telling))

    return build


def rule(pattern: str) -> Builder:
    """A sentence about who has to sign off."""

    def build(telling: Telling) -> str:
        group, required = telling.told.get("group"), telling.told.get("required")
        signer = Group(group).says if group else telling.whom
        times = f"{required} sign-off{'s' * (required != 1)}" if required else "sign-offs"
        return pattern.format(who=telling.who, times=times, signer=signer, what=telling.what)

    return build


def signed(telling: Telling) -> str:
    """A sign-off, and whether nobody else could have given it."""
    alone = ", as the only one eligible" if telling.told.get("sole_signer") else ""
    return f"{telling.who} signed off {telling.what}{alone}."


def titled(pattern: str) -> Builder:
    """A sentence about a playbook."""

    def build(telling: Telling) -> str:
        title = telling.told.get("title")
        playbook = f"the playbook “{title}”" if title else "a playbook"
        return pattern.format(who=telling.who, playbook=playbook, what=telling.what)

    return build


def result(telling: Telling) -> str:
    """What became of using a playbook."""
    outcome = telling.told.get("result")
    told = f" as {outcome.replace('_', ' ')}" if outcome else ""
    return f"{telling.who} recorded the result of using a playbook at {telling.what}{told}."


def feeling(pattern: str) -> Builder:
    """A sentence about an emotion."""

    def build(telling: Telling) -> str:
        label = telling.told.get("label")
        emotion = f"the emotion {label}" if label else "an emotion"
        return pattern.format(who=telling.who, emotion=emotion, what=telling.what)

    return build


def _kind(telling: Telling) -> str:
    kind: str = telling.told.get("kind") or "annotation"
    return _KINDS.get(kind, kind)


def said(pattern: str) -> Builder:
    """A sentence about an annotation, by its kind."""

    def build(telling: Telling) -> str:
        kind = _kind(telling)
        article = "an" if kind[0] in "aeiou" else "a"
        return pattern.format(
            who=telling.who, whom=telling.whom, what=telling.what, kind=kind, a=article
        )

    return build


def resolved(telling: Telling) -> str:
    """How a thread ended."""
    how = _ENDS.get(telling.told.get("resolution"), "")
    return f"{telling.who} resolved the thread on the {_kind(telling)} about {telling.what}{how}."


def assigned(telling: Telling) -> str:
    """Who looks after a thread now."""
    if telling.told and telling.told.get("assignee_id") is None:
        return f"{telling.who} left a thread about {telling.what} to nobody in particular."
    return f"{telling.who} assigned a thread about {telling.what} to {telling.whom}."


def escalated(telling: Telling) -> str:
    """Whom something reached, and why."""
    reason = _CAUSES.get(telling.told.get("cause"))
    if reason is None:
        return f"{telling.who} took a thread about {telling.what} up to {telling.whom}."
    because = reason.format(about=telling.about, what=telling.what)
    return f"{telling.who} went up to {telling.whom}: {because}."


def reacted(pattern: str) -> Builder:
    """A sentence about a reaction, by its kind."""

    def build(telling: Telling) -> str:
        kind = telling.told.get("kind")
        how = f" with “{kind.replace('_', ' ')}”" if kind else ""
        return pattern.format(who=telling.who, how=how, what=telling.what)

    return build


def moved(pattern: str) -> Builder:
    """A sentence about the status of a journey."""

    def build(telling: Telling) -> str:
        status = telling.told.get("status")
        to = f" to “{status.replace('_', ' ')}”" if status else ""
        return pattern.format(who=telling.who, to=to, what=telling.what)

    return build


def granted(pattern: str) -> Builder:
    """A sentence about a right on a journey, for somebody or a whole group."""

    def build(telling: Telling) -> str:
        role, group = telling.told.get("role"), telling.told.get("group")
        whom = Group(group).says if group else telling.whom
        title = (
            f"{'an' if role[0] in 'aeiou' else 'a'} {role}" if role else "one of those in charge"
        )
        return pattern.format(who=telling.who, whom=whom, role=title, what=telling.what)

    return build
