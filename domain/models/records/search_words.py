"""Every word that was ever said in an organization, for finding what was misspelled."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, of_organization


class SearchWord(Base, kw_only=True):
    """One word of the organization's texts, in lower case; no reply ever carries it."""

    __tablename__ = "search_words"
    __table_args__ = (
        of_organization(),
        Index(
            "ix_search_words_trigrams",
            "word",
            postgresql_using="gin",
            postgresql_ops={"word": "extensions.gin_trgm_ops"},
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
