"""Who hears of what has happened, and why: one reason each, the first of those that apply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.talk import NotificationReason, WatchLevel

ASKED = frozenset(
    {
        NotificationReason.MENTION,
        NotificationReason.ASSIGNED,
        NotificationReason.RESPONSIBILITY,
        NotificationReason.INPUT,
        NotificationReason.SIGN_OFF,
        NotificationReason.STALE,
        NotificationReason.ESCALATED,
        NotificationReason.PUBLISHED,
    }
)
"""What somebody is told though they watch nothing: they are called or asked by it."""


@dataclass(frozen=True, slots=True)
class Call:
    """That something is told for one reason, to all of these.

    `about` is the subject of the line. `departments` stand for themselves and all below them.
    `editors` are the owner of the journey and its editors, `watchers` those who watch what it is
    about, or the journey, with level all; with `owned` the owner is one of them unless they chose a
    level. `once`: whoever has such a line already is not told again.
    """

    reason: NotificationReason
    about: UUID
    members: frozenset[UUID] = frozenset()
    departments: frozenset[UUID] = frozenset()
    groups: frozenset[str] = frozenset()
    editors: bool = False
    watchers: bool = False
    owned: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """An active member who sees the journey, with what they chose to hear.

    `departments`: theirs and those above it. `levels`: what they chose, by journey or subject.
    """

    id: UUID
    group: str
    departments: frozenset[UUID] = frozenset()
    owns: bool = False
    edits: bool = False
    muted: frozenset[str] = frozenset()
    levels: Mapping[UUID, WatchLevel] = field(default_factory=dict)


def why(person: Person, journey_id: UUID, calls: Sequence[Call]) -> Call | None:
    """The first call that reaches somebody and that they want to hear; None when there is none."""
    wanted = (
        call
        for call in calls
        if call.reason not in person.muted
        and _reaches(call, person, journey_id)
        and not _silenced(call, person, journey_id)
    )
    return next(wanted, None)


def told(
    people: Iterable[Person], journey_id: UUID, calls: Sequence[Call], doer: UUID | None
) -> list[tuple[Person, Call]]:
    """Who hears of something, and by which call; nobody of what they did themselves."""
    found = ((one, why(one, journey_id, calls)) for one in people if one.id != doer)
    return [(person, call) for person, call in found if call is not None]


def level_of(person: Person, journey_id: UUID, about: UUID) -> WatchLevel | None:
    """What somebody chose for the subject, or else for its journey."""
    return person.levels.get(about) or person.levels.get(journey_id)


def _silenced(call: Call, person: Person, journey_id: UUID) -> bool:
    level = level_of(person, journey_id, call.about)
    return level is WatchLevel.NONE and call.reason not in ASKED


def _reaches(call: Call, person: Person, journey_id: UUID) -> bool:
    by_name = person.id in call.members or person.group in call.groups
    by_right = call.editors and (person.owns or person.edits)
    return (
        by_name
        or by_right
        or not call.departments.isdisjoint(person.departments)
        or (call.watchers and _watches(call, person, journey_id))
    )


def _watches(call: Call, person: Person, journey_id: UUID) -> bool:
    level = level_of(person, journey_id, call.about)
    return level is WatchLevel.ALL or (level is None and call.owned and person.owns)
