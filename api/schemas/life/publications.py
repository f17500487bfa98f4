"""Publications on the wire."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, field

from api.schemas.base import Body, Count, Instant, Reply, Revision, Text, Version, present
from domain.database import Row
from domain.errors import FieldError, Malformed
from domain.queries.page import Page
from domain.roles import Group
from domain.services.life.publications import Audience


class PublicationNew(Body):
    """What to lay before whom. A department stands for itself and all below it.

    Name departments, groups, or `everyone`; at most 5,000 members are reached at once. Without
    `edition_id` it is the journey as it stands now.
    """

    edition_id: UUID | None = None
    groups: Annotated[list[Group], Meta(max_length=4)] = field(default_factory=list)
    department_ids: Annotated[list[UUID], Meta(max_length=100)] = field(default_factory=list)
    everyone: bool = False
    note: Text = ""


class OwnReceipt(Reply):
    """That you are asked to read it, and when you said that you have."""

    id: UUID
    acknowledged_at: Instant | None


class PublicationRow(Reply):
    """A map laid before an audience that is asked to say that they have read it.

    `revision` is what to read: `getJourneyMap` shows it. `asked` counts those who have said so
    (`acknowledged`) and those still waited for (`waiting`); suspended and erased members are not
    waited for. `my_receipt` is null when you are not in the audience.
    """

    id: UUID
    journey_id: UUID
    version: Version
    edition_id: UUID | None
    revision: Revision
    groups: list[Group]
    department_ids: list[UUID]
    everyone: bool
    note: str
    published_by: UUID
    created_at: Instant
    asked: Count
    acknowledged: Count
    waiting: Count
    my_receipt: OwnReceipt | None


class Publication(PublicationRow):
    """A publication with who has not said that they have read it.

    `waiting_member_ids` is for the owner and executives, null for others.
    """

    waiting_member_ids: list[UUID] | None


class PublicationPage(Reply):
    """Publications of a journey, newest first."""

    items: list[PublicationRow]
    next_cursor: str | None


def audience_of(body: PublicationNew) -> Audience:
    """To whom it is; Malformed when nobody is named."""
    groups = list(Group) if body.everyone else list(dict.fromkeys(body.groups))
    if not groups and not body.department_ids:
        detail = "Name departments or groups, or say `everyone`."
        fault = FieldError(detail, "no_audience", pointer="#/groups")
        raise Malformed(detail, code="no_audience", errors=[fault])
    return Audience(list(dict.fromkeys(body.department_ids)), groups, body.edition_id, body.note)


def publication(row: Row) -> Publication:
    """One publication as this reader sees it."""
    waiting = list(row["waiting_member_ids"]) if row["sees_names"] else None
    return present(Publication, row, waiting_member_ids=waiting, **_told(row))


def _told(row: Row) -> dict[str, Any]:
    own = OwnReceipt(id=row["my_id"], acknowledged_at=row["my_acknowledged_at"])
    return {
        "everyone": set(row["groups"]) == set(Group),
        "asked": row["acknowledged"] + row["waiting"],
        "my_receipt": own if row["my_id"] is not None else None,
    }


def publication_page(page: Page) -> PublicationPage:
    """A page of publications as this reader sees them."""
    items = [present(PublicationRow, row, **_told(row)) for row in page.rows]
    return PublicationPage(items=items, next_cursor=page.next_cursor)
