"""The tenant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.duties import EscalationLevel
from domain.ids import new_id
from domain.models.base import Base
from domain.words import SubjectKind


class Organization(Base, kw_only=True):
    """One organization; everything else of it names it first.

    `names_leaders` says whether ratings of decision-makers and executives show with their names.
    `working_days` are ISO weekdays (1 is Monday) in `timezone`, less `holidays` (ISO dates).
    `escalation_levels` is the chain; `escalation_days` says how many working days each waits.
    `accept_days` and `remind_days` are working days: to accept a responsibility, and before an
    input request is due.
    """

    __tablename__ = "organizations"
    subject_kind = SubjectKind.ORGANIZATION

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    names_leaders: Mapped[bool] = mapped_column(default=True)
    timezone: Mapped[str] = mapped_column(default="UTC")
    working_days: Mapped[list[int]] = mapped_column(default_factory=lambda: [1, 2, 3, 4, 5])
    holidays: Mapped[list[str]] = mapped_column(default_factory=list)
    escalation_levels: Mapped[list[str]] = mapped_column(
        default_factory=lambda: [level.value for level in EscalationLevel]
    )
    escalation_days: Mapped[list[int]] = mapped_column(default_factory=lambda: [0, 2, 2, 3])
    accept_days: Mapped[int] = mapped_column(default=3)
    remind_days: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)

    @property
    def organization_id(self) -> UUID:
        """Its own id: the organization is the stream of its own ledger."""
        return self.id
