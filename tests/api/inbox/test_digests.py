"""Letters about the inbox: when they are due, what they tell, and that each goes once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from api.commands.works import Works, at_work
from api.settings import Settings
from domain import clock
from domain.roles import Group
from tests.api.accountability.moments import become
from tests.api.identity.letterbox import Letterbox, opened_letterbox
from tests.api.inbox.telling import INBOX, act, reply, say, tell
from tests.world import Caller, Org, World

MONDAY, TUESDAY = datetime(2027, 3, 1, 9, tzinfo=UTC), datetime(2027, 3, 2, 7, 59, tzinfo=UTC)
EIGHT, NEXT_MONDAY = datetime(2027, 3, 2, 8, 1, tzinfo=UTC), datetime(2027, 3, 8, 8, tzinfo=UTC)


@dataclass
class Post:
    """A worker with a mail server, on a Monday morning that a test moves on."""

    org: Org
    works: Works
    box: Letterbox
    journey: UUID
    ann: Caller
    moment: datetime = MONDAY

    async def at(self, moment: datetime) -> None:
        """Go there, and let letters be written; everybody signs in anew."""
        self.moment = moment
        for caller in (self.ann, self.org.admin):
            caller.token = self.org.world.tokens.issue(caller.principal)
        assert self.works.digests is not None
        assert not (await self.works.digests.look())["failed"]
        await self.works.outbox.emptied()

    async def talk(self, **more: str) -> str:
        """Something that Ann hears of: an answer to what she said."""
        thread = await say(self.ann, self.journey, **more)
        await reply(self.org.admin, thread, body="The secret is a second desk.")
        await tell(self.org, self.journey)
        return thread


@asynccontextmanager
async def opened(settings: Settings, only: UUID) -> AsyncIterator[tuple[Works, Letterbox]]:
    """A worker that sends its letters to a letterbox."""
    async with (
        opened_letterbox() as (box, address),
        at_work(replace(settings, smtp_url=address), only) as works,
    ):
        yield works, box


@pytest.fixture
async def post(world: World, settings: Settings) -> AsyncIterator[Post]:
    org = await world.organization("Clinic\nof Graz")
    ann = await org.member(name="Ann Mill")
    journey = await org.journey(title="I wait")
    async with opened(settings, org.id) as (works, box):
        made = Post(org, works, box, journey, ann)
        with clock.replaced(lambda: made.moment):
            await made.at(MONDAY)
            await ann.patch("/v1/me/preferences", {"digest": "daily"})
            yield made


async def test_a_daily_letter_tells_what_is_unread_and_not_what_was_said(post: Post) -> None:
    await post.talk(body="Mrs. Huber waits for hours.")
    await post.at(TUESDAY)
    assert post.box.empty
    await post.at(EIGHT)
    letter = await post.box.next()
    told = letter.get_content().replace("\r\n", "\n")
    assert letter["To"] == post.ann.email
    assert "this happened in Clinic of Graz since" in told
    assert "I wait\n- Founder replied in a thread about I wait that you take part in.\n" in told
    assert "Huber" not in told
    assert "desk" not in told
    await post.at(EIGHT)
    await post.at(NEXT_MONDAY)
    assert post.box.empty
    chosen = await post.ann.read("/v1/me/preferences")
    assert chosen["digest_sent_at"] == "2027-03-02T08:01:00Z"
    assert chosen["digest_due_at"] == "2027-03-09T08:00:00Z"


async def test_only_what_is_new_since_the_last_letter_is_in_the_next(post: Post) -> None:
    await post.talk()
    await post.at(EIGHT)
    await post.box.next()
    other = await post.org.journey(title="I leave")
    thread = await say(post.ann, other)
    await reply(post.org.admin, thread)
    await tell(post.org, other)
    await post.at(NEXT_MONDAY)
    told = (await post.box.next()).get_content()
    assert "I leave" in told
    assert "I wait" not in told


async def test_what_was_read_hidden_or_not_to_be_seen_any_more_is_in_no_letter(post: Post) -> None:
    await post.talk()
    assert (await post.ann.post(f"{INBOX}/mark", {"read": True})).status_code == 200
    bobs = await say(await post.org.member(), post.journey)
    assert (
        await post.ann.put(f"/v1/annotations/{bobs}/watch", {"level": "all"})
    ).status_code == 200
    await reply(post.org.admin, bobs)
    await tell(post.org, post.journey)
    await act(post.org.admin, bobs, "hide", {"reason": "Names a customer."})
    await post.at(EIGHT)
    assert post.box.empty


async def test_a_suspended_member_gets_no_letter(post: Post) -> None:
    await post.talk()
    await become(post.org.admin, post.ann, "suspended")
    await post.at(EIGHT)
    assert post.box.empty


async def test_executives_get_a_weekly_letter_without_asking(post: Post) -> None:
    chief = await post.org.member(Group.EXECUTIVE)
    await reply(post.ann, await say(chief, post.journey))
    await tell(post.org, post.journey)
    await post.at(EIGHT)
    assert post.box.empty
    await post.at(NEXT_MONDAY)
    assert (await post.box.next())["To"] == chief.email
    assert post.box.empty


async def test_two_workers_send_one_letter(post: Post, settings: Settings) -> None:
    await post.talk()
    post.moment = EIGHT
    async with opened(settings, post.org.id) as (second, box):
        assert second.digests is not None
        assert post.works.digests is not None
        await asyncio.gather(*(one.look() for one in (second.digests, post.works.digests) * 2))
        await asyncio.gather(second.outbox.emptied(), post.works.outbox.emptied())
        assert box.empty is not post.box.empty


async def test_without_a_mail_server_nothing_is_due(settings: Settings) -> None:
    async with at_work(settings) as works:
        assert works.digests is None
        assert works.digests not in [patrol for patrol, _ in works.patrols(5)]
