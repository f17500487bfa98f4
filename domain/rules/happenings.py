"""What each verb of the ledger says to whom: the calls that follow from an entry.

A verb that is not here is told to nobody: ratings, reactions, supports and flags are not news, and
what was withdrawn or hidden is told no more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from domain.facts import Verb
from domain.results import ActionStatus
from domain.rules.notifying import Call
from domain.rules.watched import WATCHED
from domain.talk import NotificationReason as Reason


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as it was when something happened in it; `took_part` are those who did before."""

    id: UUID
    author_id: UUID | None
    assignee_id: UUID | None = None
    supporters: frozenset[UUID] = frozenset()
    repliers: frozenset[UUID] = frozenset()

    def people(self, *, repliers: bool) -> frozenset[UUID]:
        """Author, assignee and supporters, perhaps those who replied."""
        named = {one for one in (self.author_id, self.assignee_id) if one is not None}
        return self.supporters.union(named, self.repliers if repliers else ())


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry with what is known around it.

    `told` is the content of its subject since then, `before` what it was until then (empty for
    something new). `head_id` is the head of the department that the content names. `behind`
    are those who spoke, supported or voted for what the action `action_id` follows from.
    """

    verb: str
    subject_id: UUID
    told: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    thread: Thread | None = None
    head_id: UUID | None = None
    action_id: UUID | None = None
    behind: frozenset[UUID] = frozenset()

    def one(self, name: str) -> frozenset[UUID]:
        """The id that a field of the content holds, if any."""
        return frozenset({UUID(self.told[name])} if self.told.get(name) else ())

    @property
    def about(self) -> UUID:
        """The thread, or the subject itself."""
        return self.thread.id if self.thread else self.subject_id


Calls = Callable[[Happening], Sequence[Call]]


def calls(happening: Happening) -> Sequence[Call]:
    """Whom an entry calls, the reason that counts most first."""
    return CALLS[happening.verb](happening)


def _ids(told: Mapping[str, Any], name: str) -> frozenset[UUID]:
    return frozenset(UUID(one) for one in told.get(name) or ())


def _mentioned(what: Happening, *, once: bool = False) -> Call:
    """Those mentioned now and not before."""
    told, before = what.told, what.before
    names = ("mentioned_member_ids", "mentioned_department_ids")
    members, departments = (_ids(told, name) - _ids(before, name) for name in names)
    groups = {*(told.get("mentioned_groups") or ())} - {*(before.get("mentioned_groups") or ())}
    return Call(Reason.MENTION, what.about, members, departments, frozenset(groups), once=once)


def _watched(what: Happening) -> Call:
    return Call(Reason.WATCHING, what.about, watchers=True)


def _written(what: Happening) -> Sequence[Call]:
    return _mentioned(what), Call(Reason.WATCHING, what.about, watchers=True, owned=True)


def _edited(what: Happening) -> Sequence[Call]:
    return _mentioned(what), _watched(what)


def _back(what: Happening) -> Sequence[Call]:
    """Seen again: told to those mentioned who were not told while it was not to be seen."""
    since = Happening(what.verb, what.subject_id, what.told, thread=what.thread)
    return (_mentioned(since, once=True),)


def _replied(what: Happening) -> Sequence[Call]:
    assert what.thread is not None, "a reply is in a thread"
    took_part = Call(Reason.REPLY, what.about, what.thread.people(repliers=True))
    return _mentioned(what), took_part, _watched(what)


def _assigned(what: Happening) -> Sequence[Call]:
    taken = what.one("assignee_id") if _changed(what, "assignee_id") else frozenset()
    return Call(Reason.ASSIGNED, what.about, taken), _watched(what)


def _changed(what: Happening, name: str) -> bool:
    return bool(what.told.get(name) != what.before.get(name))


def _closed(what: Happening) -> Sequence[Call]:
    assert what.thread is not None, "only threads are resolved and reopened"
    heard = what.thread.people(repliers=False)
    return Call(Reason.RESOLVED, what.about, heard), _watched(what)


def _responsible(*names: str) -> Calls:
    """Those that these fields of a responsibility name; the head stands for a department."""

    def build(what: Happening) -> Sequence[Call]:
        named = frozenset[UUID]().union(*(what.one(name) for name in names))
        head = frozenset({what.head_id} if what.head_id else ())
        return Call(Reason.RESPONSIBILITY, what.about, named | head), _watched(what)

    return build


def _owner(what: Happening) -> Sequence[Call]:
    return Call(Reason.RESPONSIBILITY, what.about, what.one("owner_id")), _watched(what)


def _input(what: Happening) -> Sequence[Call]:
    (request,) = what.one("request_id")
    return (Call(Reason.INPUT, request, what.one("member_id")),)


def _addressed(what: Happening) -> Sequence[Call]:
    (publication,) = what.one("publication_id")
    return (Call(Reason.PUBLISHED, publication, what.one("member_id")),)


def _to_sign(what: Happening) -> Sequence[Call]:
    (subject,) = what.one("subject_id")
    groups = frozenset({what.told["group"]} if what.told.get("group") else ())
    departments = what.one("department_id")
    return (Call(Reason.SIGN_OFF, subject, departments=departments, groups=groups),)


def _signed(what: Happening) -> Sequence[Call]:
    (subject,) = what.one("subject_id")
    return (Call(Reason.WATCHING, subject, watchers=True),)


def _went_up(what: Happening) -> Sequence[Call]:
    (subject,) = what.one("subject_id")
    return (Call(Reason.ESCALATED, subject, what.one("to_id") | what.one("about_id")),)


def _proposed(what: Happening) -> Sequence[Call]:
    return Call(Reason.PROPOSAL, what.about, editors=True), _watched(what)


def _decided(what: Happening) -> Sequence[Call]:
    return Call(Reason.PROPOSAL, what.about, what.one("author_id")), _watched(what)


def _settled(what: Happening) -> Sequence[Call]:
    """What somebody found was dealt with, or became part of something else: its author hears."""
    return Call(Reason.RESOLVED, what.about, what.one("author_id")), _watched(what)


def _owned(what: Happening) -> Sequence[Call]:
    """An action that somebody owns from now on; set up anew, those behind it hear of it as well."""
    owner = Call(Reason.ASSIGNED, what.about, what.one("owner_id"))
    behind = what.behind if what.verb == Verb.ACTION_CREATED else frozenset[UUID]()
    return owner, Call(Reason.OUTCOME, what.about, behind), _watched(what)


def _carried_out(what: Happening) -> Sequence[Call]:
    """Of the steps of an action, those behind it hear of the last."""
    over = what.told.get("status") == ActionStatus.DONE
    behind = what.behind if over else frozenset[UUID]()
    return Call(Reason.OUTCOME, what.about, behind), _watched(what)


def _verified(what: Happening) -> Sequence[Call]:
    about = what.action_id or what.about
    everybody = what.behind | what.one("recorded_by")
    return Call(Reason.OUTCOME, about, everybody), Call(Reason.WATCHING, about, watchers=True)


def _noticed(what: Happening) -> Sequence[Call]:
    return (_watched(what),)


CALLS: Final[Mapping[str, Calls]] = {
    **dict.fromkeys(WATCHED, _noticed),
    Verb.ANNOTATION_WRITTEN: _written,
    Verb.ANNOTATION_EDITED: _edited,
    Verb.ANNOTATION_RESTORED: _back,
    Verb.ANNOTATION_SHOWN: _back,
    Verb.ANNOTATION_ASSIGNED: _assigned,
    Verb.ANNOTATION_RESOLVED: _closed,
    Verb.ANNOTATION_REOPENED: _closed,
    Verb.REPLY_WRITTEN: _replied,
    Verb.REPLY_EDITED: _edited,
    Verb.REPLY_RESTORED: _back,
    Verb.REPLY_SHOWN: _back,
    Verb.RESPONSIBILITY_ASSIGNED: _responsible("member_id"),
    Verb.RESPONSIBILITY_ACCEPTED: _responsible("member_id", "created_by"),
    Verb.RESPONSIBILITY_DECLINED: _responsible("member_id", "created_by"),
    Verb.RESPONSIBILITY_ENDED: _responsible("member_id", "created_by"),
    Verb.RESPONSIBILITY_HANDED_OVER: _responsible("member_id", "created_by"),
    Verb.JOURNEY_TRANSFERRED: _owner,
    Verb.INPUT_ASKED: _input,
    Verb.INPUT_REMINDED: _input,
    Verb.PUBLICATION_ADDRESSED: _addressed,
    Verb.SIGN_OFF_RULE_SET: _to_sign,
    Verb.SIGN_OFF_GIVEN: _signed,
    Verb.CHANGES_REQUESTED: _signed,
    Verb.ESCALATED: _went_up,
    Verb.FINDING_CLOSED: _settled,
    Verb.FINDING_MERGED: _settled,
    Verb.ACTION_CREATED: _owned,
    Verb.ACTION_HANDED_OVER: _owned,
    Verb.ACTION_MOVED: _carried_out,
    Verb.OUTCOME_VERIFIED: _verified,
    Verb.PROPOSAL_MADE: _proposed,
    Verb.PROPOSAL_ACCEPTED: _decided,
    Verb.PROPOSAL_REJECTED: _decided,
}
