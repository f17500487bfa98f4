"""Asking departments, groups and members for their view by a date; silence is recorded."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.duties import InputAskStatus, InputRequestStatus
from domain.models.base import SECRET, Base, Recorded, Tenant, link, of_organization, one_of
from domain.roles import Group
from domain.words import SubjectKind


class InputRequest(Recorded, Base, kw_only=True):
    """A question to many, about a journey, stage, touchpoint or moment, due at a time.

    `asked_*` is whom it was put to; each member reached by it then has an InputAsk.
    """

    __tablename__ = "input_requests"
    subject_kind = SubjectKind.INPUT_REQUEST
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("created_by", "members"),
        one_of("status", InputRequestStatus),
        CheckConstraint("cardinality(questions) <= 5", name="questions"),
        Index("ix_input_requests_journey", "organization_id", "journey_id", "id"),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    message: Mapped[str] = mapped_column(default="")
    questions: Mapped[list[str]] = mapped_column(default_factory=list)
    asked_departments: Mapped[list[UUID]] = mapped_column(default_factory=list)
    asked_groups: Mapped[list[str]] = mapped_column(default_factory=list)
    asked_members: Mapped[list[UUID]] = mapped_column(default_factory=list)
    due_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=InputRequestStatus.OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)


class InputAsk(Recorded, Base, kw_only=True):
    """What became of asking one member.

    `member_group` and `member_department_id` are where the member stood when asked. `answers`
    follow the questions. `via_link`: answered without signing in.
    """

    __tablename__ = "input_asks"
    subject_kind = SubjectKind.INPUT_ASK
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("request_id", "input_requests"),
        link("touchpoint_id", "touchpoints"),
        link("member_id", "members"),
        link("member_department_id", "departments"),
        one_of("member_group", Group),
        one_of("status", InputAskStatus),
        CheckConstraint("cardinality(answers) <= 5", name="answers"),
        UniqueConstraint("organization_id", "request_id", "member_id"),
        Index("ix_input_asks_journey", "organization_id", "journey_id", "id"),
        Index("ix_input_asks_member", "organization_id", "member_id", "id"),
    )

    journey_id: Mapped[UUID]
    request_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    member_id: Mapped[UUID]
    member_group: Mapped[str]
    member_department_id: Mapped[UUID | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default=InputAskStatus.ASKED)
    answers: Mapped[list[str]] = mapped_column(default_factory=list)
    abstention_reason: Mapped[str] = mapped_column(default="")
    via_link: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)


class InputLink(Tenant, Base, kw_only=True):
    """The right to answer one ask without signing in: for one member, for a time, revocable."""

    __tablename__ = "input_links"
    __table_args__ = (
        of_organization(),
        link("ask_id", "input_asks"),
        link("created_by", "members"),
        UniqueConstraint("organization_id", "secret_hash"),
        Index("ix_input_links_ask", "organization_id", "ask_id"),
    )

    ask_id: Mapped[UUID]
    secret_hash: Mapped[bytes] = mapped_column(info=SECRET)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
