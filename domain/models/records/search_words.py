"""The words of an organization's texts, for finding what was misspelled."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, of_organization


class SearchWord(Base, kw_only=True):
    """A word in lower case, under each spelling that is one letter short of it and under its own.

    Two words that differ by one letter, or by two that changed places, share such a spelling.
    Words of texts that few may see are among them: no reply carries one that its reader was not
    shown otherwise.
    """

    __tablename__ = "search_words"
    __table_args__ = (of_organization(),)

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    spelling: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
