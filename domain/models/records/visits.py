"""When a member last looked at something; read state, outside the ledger."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, link, of_organization


class Visit(Base, kw_only=True):
    """A member's last look at a subject: an input ask, the organization for its overview, a
    thread, or a journey for all its threads.
    """

    __tablename__ = "visits"
    __table_args__ = (
        of_organization(),
        link("member_id", "members"),
        link("subject_id", "subjects"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
