"""The tenant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.ids import new_id
from domain.models.base import Base
from domain.words import SubjectKind


class Organization(Base, kw_only=True):
    """One organization; everything else of it names it first.

    `names_leaders` says whether ratings of decision-makers and executives show with their names.
    """

    __tablename__ = "organizations"
    subject_kind = SubjectKind.ORGANIZATION

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    names_leaders: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)

    @property
    def organization_id(self) -> UUID:
        """Its own id: the organization is the stream of its own ledger."""
        return self.id
