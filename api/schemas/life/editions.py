"""Editions on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Count, Instant, Name, Reply, Revision, Text, Version, present
from domain.queries.page import Page
from domain.results import EditionKind
from domain.services.life.restoring import Restoration

Number = Annotated[int, Meta(ge=1, le=2_147_483_647)]


class EditionNew(Body):
    """What to call the state that the journey is in, and what there is to say of it."""

    name: Name
    note: Text = ""


class Edition(Reply):
    """A named state of a journey; `number` counts from 1.

    `revision` is what it shows: read it with `getJourneyMap`. A `safety` edition was kept before
    another one was restored. `restored_at` is when the journey was last set back to it.
    """

    id: UUID
    journey_id: UUID
    version: Version
    number: Number
    kind: EditionKind
    name: str
    note: str
    revision: Revision
    published_by: UUID
    created_at: Instant
    restored_at: Instant | None


class EditionPage(Reply):
    """Editions of a journey, newest first."""

    items: list[Edition]
    next_cursor: str | None


class EditionRestoration(Reply):
    """What restoring an edition did. Restore `safety` to take it back.

    `revision` is where the journey is now; the counts are of stages, lanes, touchpoints, emotions,
    cells, moments and the journey itself. One that came back counts as restored, whatever else of
    it was set back.
    """

    edition: Edition
    safety: Edition
    revision: Revision
    restored: Count
    removed: Count
    changed: Count
    moved: Count


def edition_page(page: Page) -> EditionPage:
    """A page of editions."""
    items = [present(Edition, row) for row in page.rows]
    return EditionPage(items=items, next_cursor=page.next_cursor)


def restoration(done: Restoration) -> EditionRestoration:
    """What restoring did."""
    return EditionRestoration(
        edition=present(Edition, done.edition),
        safety=present(Edition, done.safety),
        revision=done.revision,
        restored=done.done.get("restored", 0),
        removed=done.done.get("removed", 0),
        changed=done.done.get("updated", 0),
        moved=done.done.get("moved", 0),
    )
