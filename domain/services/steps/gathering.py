"""From entries to news: what was said in them, in which thread, by whom, and whom that calls."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.database import Row, Transaction
from domain.queries.inbox import happenings
from domain.queries.inbox.chains import heard_of
from domain.queries.inbox.happenings import Content
from domain.rules.canonical import ActorKind
from domain.rules.happenings import CALLS, Happening, Thread, calls
from domain.rules.notifying import Call
from domain.words import SubjectKind


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened, and whom it calls.

    `actor_id` is who the ledger says did it; `doer_id` who did, where the ledger does not say, so
    that they are not told of it themselves. It goes no further than that.
    """

    verb: str
    revision: int
    at: int
    actor_id: UUID | None
    doer_id: UUID | None
    calls: Sequence[Call]


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known around the entries of a batch."""

    contents: Mapping[tuple[UUID, int], Content]
    annotations: Mapping[UUID, Row]
    replies: Mapping[UUID, Row]
    as_of: Mapping[tuple[UUID, int], Content]
    took_part: Mapping[UUID, Sequence[Row]]
    heads: Mapping[UUID, UUID | None]
    behind: Mapping[UUID, frozenset[UUID]]


async def gather(tx: Transaction, entries: Iterable[Row]) -> list[News]:
    """The news in entries: not of what was taken back, hidden or erased in the meantime."""
    heard = [entry for entry in entries if entry["verb"] in CALLS]
    if not heard:
        return []
    around = await _around(tx, heard)
    found = ((entry, _happening(entry, around)) for entry in heard)
    return [_news(entry, what, around) for entry, what in found if what is not None]


async def _around(tx: Transaction, entries: Sequence[Row]) -> _Around:
    versions = {(one["subject_id"], one["version"]) for one in entries}
    versions |= {(subject, version - 1) for subject, version in versions if version > 1}
    contents = await happenings.contents(tx, versions)
    threads = {
        (thread, one["revision"]) for one in entries if (thread := _thread_of(one, contents))
    }
    ids = {thread for thread, _ in threads}
    replies = [one["subject_id"] for one in entries if one["subject_kind"] == SubjectKind.REPLY]
    took_part: dict[UUID, list[Row]] = {}
    for row in await happenings.took_part(tx, ids) if ids else ():
        took_part.setdefault(row["annotation_id"], []).append(row)
    actions = {one for entry in entries if (one := _action_of(entry, contents))}
    named = [UUID(told["department_id"]) for told in contents.values() if told.get("department_id")]
    return _Around(
        contents=contents,
        annotations=await happenings.annotations_now(tx, ids) if ids else {},
        replies=await happenings.replies_now(tx, replies) if replies else {},
        as_of=await happenings.as_of(tx, threads) if threads else {},
        took_part=took_part,
        heads=await happenings.heads_of(tx, named) if named else {},
        behind=await heard_of(tx, actions) if actions else {},
    )


def _thread_of(entry: Row, contents: Mapping[tuple[UUID, int], Content]) -> UUID | None:
    """The annotation that an entry is in the thread of."""
    if entry["subject_kind"] == SubjectKind.ANNOTATION:
        found: UUID = entry["subject_id"]
        return found
    if entry["subject_kind"] == SubjectKind.REPLY:
        told = contents.get((entry["subject_id"], entry["version"]))
        return UUID(told["annotation_id"]) if told else None
    return None


def _action_of(entry: Row, contents: Mapping[tuple[UUID, int], Content]) -> UUID | None:
    """The action that an entry is about."""
    if entry["subject_kind"] == SubjectKind.ACTION:
        found: UUID = entry["subject_id"]
        return found
    if entry["subject_kind"] == SubjectKind.OUTCOME:
        told = contents.get((entry["subject_id"], entry["version"]))
        return UUID(told["action_id"]) if told else None
    return None


def _happening(entry: Row, around: _Around) -> Happening | None:
    """What an entry says; None when it is not to be told any more."""
    subject, version = entry["subject_id"], entry["version"]
    told = around.contents.get((subject, version))
    if told is None or not _stands(entry, around):
        return None
    department, action = told.get("department_id"), _action_of(entry, around.contents)
    return Happening(
        verb=entry["verb"],
        subject_id=subject,
        told=told,
        before=around.contents.get((subject, version - 1), {}),
        thread=_thread(entry, around),
        head_id=around.heads.get(UUID(department)) if department else None,
        action_id=action,
        behind=around.behind.get(action, frozenset()) if action else frozenset(),
    )


def _stands(entry: Row, around: _Around) -> bool:
    """Whether the words that an entry is about are still there for others to read."""
    thread = _thread_of(entry, around.contents)
    said: list[Any] = [around.annotations.get(thread)] if thread else []
    if entry["subject_kind"] == SubjectKind.REPLY:
        said.append(around.replies.get(entry["subject_id"]))
    return all(one is not None and one["stands"] and one["shown"] for one in said)


def _thread(entry: Row, around: _Around) -> Thread | None:
    """The thread as it was when the entry was made: who took part later was not there."""
    thread, revision = _thread_of(entry, around.contents), entry["revision"]
    if thread is None:
        return None
    assignee = around.as_of.get((thread, revision), {}).get("assignee_id")
    before = [row for row in around.took_part.get(thread, ()) if row["revision"] < revision]
    return Thread(
        id=thread,
        author_id=around.annotations[thread]["author_id"],
        assignee_id=UUID(assignee) if assignee else None,
        supporters=frozenset(row["member_id"] for row in before if row["how"] == "support"),
        repliers=frozenset(row["member_id"] for row in before if row["how"] == "reply"),
    )


def _news(entry: Row, what: Happening, around: _Around) -> News:
    return News(
        verb=entry["verb"],
        revision=entry["revision"],
        at=entry["at"],
        actor_id=entry["actor_id"],
        doer_id=_doer(entry, what, around),
        calls=calls(what),
    )


def _doer(entry: Row, what: Happening, around: _Around) -> UUID | None:
    """Who did it: whoever the ledger hides is the author of what the entry is about."""
    if entry["actor_kind"] != ActorKind.HIDDEN:
        found: UUID | None = entry["actor_id"]
        return found
    said = around.replies.get(entry["subject_id"])
    if said is None and what.thread is not None:
        said = around.annotations[what.thread.id]
    return None if said is None else said["author_id"]
