"""What one watches, on the wire."""

from api.schemas.base import Body, Instant, Reply, present
from api.schemas.inbox.notifications import NotificationJourney, NotificationSubject
from domain.database import Row
from domain.queries.page import Page
from domain.talk import WatchLevel


class WatchChoice(Body):
    """What to hear of it; null goes back to what one hears without choosing."""

    level: WatchLevel | None


class WatchState(Reply):
    """How you watch it. `chosen` is false, and `chosen_at` null, unless you chose the level.

    `all`: everything that happens there. `participating`: what concerns you, as author, supporter,
    assignee or because you replied. `none`: only that you are mentioned, or asked for something.
    Without a choice it is `participating`, and the owner of a journey hears of new annotations.
    """

    level: WatchLevel
    chosen: bool
    chosen_at: Instant | None


class Watch(Reply):
    """What you chose for one journey or thread."""

    subject: NotificationSubject
    journey: NotificationJourney
    level: WatchLevel
    updated_at: Instant


class WatchPage(Reply):
    """What you chose, newest first."""

    items: list[Watch]
    next_cursor: str | None


def watch_state(row: Row | None) -> WatchState:
    """What somebody chose, or hears without choosing."""
    if row is None:
        return WatchState(level=WatchLevel.PARTICIPATING, chosen=False, chosen_at=None)
    return WatchState(level=WatchLevel(row["level"]), chosen=True, chosen_at=row["updated_at"])


def watch_page(page: Page) -> WatchPage:
    """A page of what a member chose."""
    return WatchPage(items=[_watch(row) for row in page.rows], next_cursor=page.next_cursor)


def _watch(row: Row) -> Watch:
    return present(
        Watch,
        row,
        subject=NotificationSubject(id=row["subject_id"], kind=row["subject_kind"]),
        journey=NotificationJourney(id=row["journey_id"], title=row["journey_title"]),
    )
