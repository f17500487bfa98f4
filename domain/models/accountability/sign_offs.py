"""Who has to approve a moment or a journey, and who approved what exactly."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.duties import SignOffDecision
from domain.models.base import Base, Recorded, link, of_organization, one_of, within
from domain.roles import Group
from domain.words import SubjectKind


class SignOffRule(Recorded, Base, kw_only=True):
    """So many approvals of a group, or of a department and all below it, for one subject.

    `subject_id` is a moment or the journey; `touchpoint_id` is the moment's.
    """

    __tablename__ = "sign_off_rules"
    subject_kind = SubjectKind.SIGN_OFF_RULE
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("department_id", "departments"),
        link("created_by", "members"),
        one_of("group", Group),
        within("required", 1, 100),
        CheckConstraint('num_nonnulls("group", department_id) = 1', name="one_signer"),
        Index(
            "uq_sign_off_rules_signer",
            "organization_id",
            "subject_id",
            "group",
            "department_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_sign_off_rules_journey", "organization_id", "journey_id"),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    group: Mapped[str | None] = mapped_column(default=None)
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    required: Mapped[int] = mapped_column(SmallInteger, default=1)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class SignOff(Recorded, Base, kw_only=True):
    """A member's decision on the content of a moment or journey as it was at `revision`.

    It counts while `content_hash` is the hash of what is there now. `member_group` and
    `member_department_id` are where the member stood. `sole_signer`: the last edit was the
    signer's own, and nobody else was eligible. `superseded_at`: the same member has decided anew.
    """

    __tablename__ = "sign_offs"
    subject_kind = SubjectKind.SIGN_OFF
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("member_id", "members"),
        link("member_department_id", "departments"),
        one_of("member_group", Group),
        one_of("decision", SignOffDecision),
        Index(
            "uq_sign_offs_member",
            "organization_id",
            "subject_id",
            "member_id",
            unique=True,
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("ix_sign_offs_journey", "organization_id", "journey_id", "id"),
        Index("ix_sign_offs_member", "organization_id", "member_id", "id"),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    member_id: Mapped[UUID]
    member_group: Mapped[str]
    member_department_id: Mapped[UUID | None] = mapped_column(default=None)
    decision: Mapped[str]
    comment: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str]
    revision: Mapped[int] = mapped_column(BigInteger)
    sole_signer: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
