"""The story of a moment on the wire."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas.base import Instant, Reply, Revision, Version
from api.schemas.records.events import EventActor, Verb
from domain.actor import Actor
from domain.database import Row
from domain.facts import Verb as Verbs
from domain.queries.page import Page
from domain.queries.reports.telling import content_told, fields_changed, telling
from domain.rules.sentences import sentence
from domain.words import SubjectKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Whole = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]


class MomentLedgerData(Reply):
    """What the subject said at that version; null what it does not say, or not to you.

    Everything is null once it was erased. `text` is what was written: stakes, a note, a comment, a
    situation, a message, an annotation. `reason` is why something was declined, ended, resolved or
    retired. `kind` is the kind of an annotation or of a recovery. `amount` and `value_at_risk` are
    in minor units of `currency`. `changed` names the fields in which it differs from the version
    before.
    """

    status: str | None
    role: str | None
    member_id: UUID | None
    department_id: UUID | None
    group: str | None
    to_member_id: UUID | None
    about_member_id: UUID | None
    kind: str | None
    visibility: str | None
    decision: str | None
    sole_signer: bool | None
    content_hash: str | None
    required: Whole | None
    resolution: str | None
    result: str | None
    cause: str | None
    level: str | None
    step: Whole | None
    title: str | None
    text: str | None
    reason: str | None
    due_at: Instant | None
    due_on: date | None
    amount: Whole | None
    customers_per_month: Whole | None
    value_at_risk: Whole | None
    currency: str | None
    changed: list[str]


class MomentLedgerItem(Reply):
    """Something that happened, as a sentence and as data. `revision` is that of the journey."""

    revision: Revision
    at: Instant
    actor: EventActor
    verb: Verb
    subject_kind: SubjectKind
    subject_id: UUID
    version: Version
    sentence: str
    data: MomentLedgerData


class MomentLedger(Reply):
    """What happened to a moment of truth, in the order that was asked for."""

    items: list[MomentLedgerItem]
    next_cursor: str | None


# Where a field is found in the content of a revision, if not under its own name.
_SOURCES: Mapping[str, tuple[str, ...]] = {
    "member_id": ("member_id", "author_id"),
    "department_id": ("department_id", "responsible_department_id"),
    "group": ("group", "member_group", "author_group"),
    "to_member_id": ("to_id", "assignee_id"),
    "about_member_id": ("about_id",),
    "kind": ("kind", "recovery_kind"),
    "title": ("title", "name", "label"),
    "reason": ("reason", "retirement_reason", "abstention_reason", "resolution_note"),
    "due_at": ("due_at", "answer_by"),
    "currency": ("currency", "value_currency"),
}
_TEXTS: Mapping[str, str] = {
    SubjectKind.MOMENT: "stakes",
    SubjectKind.RESPONSIBILITY: "note",
    SubjectKind.SIGN_OFF: "comment",
    SubjectKind.STAKEHOLDER_VALUE: "value",
    SubjectKind.PLAYBOOK: "situation",
    SubjectKind.PLAYBOOK_USE: "situation",
    SubjectKind.INPUT_REQUEST: "message",
    SubjectKind.ANNOTATION: "body",
    SubjectKind.TOUCHPOINT: "description",
    SubjectKind.EMOTION: "trigger",
    SubjectKind.CELL: "body",
}


def moment_ledger(page: Page, moment: Row, actor: Actor) -> MomentLedger:
    """A page of the story as this reader may know it."""
    what = moment["touchpoint_name"]
    items = [_item(row, what, actor) for row in page.rows]
    return MomentLedger(items=items, next_cursor=page.next_cursor)


def _item(row: Row, what: str, actor: Actor) -> MomentLedgerItem:
    told, changed = content_told(row, actor), fields_changed(row)
    return MomentLedgerItem(
        revision=row["revision"],
        at=_EPOCH + timedelta(microseconds=row["at"]),
        actor=EventActor(kind=row["actor_kind"], member_id=row["actor_id"]),
        verb=row["verb"],
        subject_kind=SubjectKind(row["subject_kind"]),
        subject_id=row["subject_id"],
        version=row["version"],
        sentence=sentence(telling(row, told, changed, what)),
        data=_data(row, told, changed),
    )


def _data(row: Row, told: dict[str, Any], changed: list[str]) -> MomentLedgerData:
    found = {name: _first(told, name) for name in MomentLedgerData.__struct_fields__}
    source = _TEXTS.get(row["subject_kind"], "")
    if row["verb"] == Verbs.PLAYBOOK_USE_RESULT:
        source = "result_note"
    return msgspec.convert(
        found | {"text": told.get(source) or None, "changed": changed}, MomentLedgerData
    )


def _first(told: dict[str, Any], name: str) -> Any:
    """The first that says anything; an empty text says nothing."""
    values = (told.get(source) for source in _SOURCES.get(name, (name,)))
    return next((value for value in values if value not in (None, "")), None)
