"""Whatever is done in whatever order, one is accountable at most, and no story is lost."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import bindparam, select

from domain.database import hot
from domain.models.records.ledger import Entry
from tests.api.accountability.answering import Moment, act, moment_of
from tests.world import Caller, World

ROLES = ("accountable", "accountable", "responsible")
LIVE = {"assigned", "accepted"}
_STORIES = hot(
    select(Entry.subject_id, Entry.verb)
    .where(
        Entry.organization_id == bindparam("organization_id"),
        Entry.subject_kind == "responsibility",
    )
    .order_by(Entry.revision)
)


@dataclass
class Story:
    """The model: one responsibility that was ever assigned."""

    whom: int
    role: str
    moment_id: str
    status: str = "assigned"
    verbs: list[str] = field(default_factory=lambda: ["responsibility.assigned"])

    @property
    def live(self) -> bool:
        return self.status in LIVE

    def turn(self, status: str, verb: str) -> None:
        self.status = status
        self.verbs.append(f"responsibility.{verb}")


@dataclass
class Stage:
    """Where the machine gets its organizations from."""

    world: World
    loop: asyncio.AbstractEventLoop

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)


who = st.integers(0, 2)
picked = st.integers(0, 7)


class Answering(RuleBasedStateMachine):
    """Rules are played from a thread; the application answers on the loop of the tests."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.moment, self.people = self.stage.do(gathered(self.stage.world))
        self.stories: dict[str, Story] = {}
        self.suspended: set[int] = set()

    def live(self, **what: Any) -> dict[str, Story]:
        """The live ones, or those of them that have this role, or this member."""
        found = {key: story for key, story in self.stories.items() if story.live}
        wanted = what.items()
        return {k: s for k, s in found.items() if all(getattr(s, n) == v for n, v in wanted)}

    def taken(self, whom: int, role: str) -> bool:
        return bool(self.live(role=role) if role == "accountable" else {}) or bool(
            self.live(role=role, whom=whom)
        )

    @rule(whom=who, role=st.sampled_from(ROLES))
    def assign(self, whom: int, role: str) -> None:
        reply = self.stage.do(self.moment.assign(self.moment.boss, self.people[whom], role))
        if whom in self.suspended:
            assert reply.status_code == 422
        elif self.taken(whom, role):
            assert reply.status_code == 409
        else:
            assert reply.status_code == 201, reply.text
            self.stories[reply.json()["id"]] = Story(whom, role, self.moment.id)

    @rule(which=picked, accepting=st.booleans())
    def answer(self, which: int, accepting: bool) -> None:
        key, story = self.pick(which)
        if story is None:
            return
        verb = "accept" if accepting else "decline"
        more = {} if accepting else {"reason": "No time."}
        reply = self.played(self.people[story.whom], key, verb, **more)
        if story.whom in self.suspended:
            assert reply.status_code == 401
        elif story.status != "assigned":
            assert reply.status_code == 409
        else:
            assert reply.status_code == 200, reply.text
            done = "accepted" if accepting else "declined"
            story.turn(done, done)

    @rule(which=picked)
    def end(self, which: int) -> None:
        key, story = self.pick(which)
        if story is None:
            return
        reply = self.played(self.moment.boss, key, "end", reason="Enough.")
        assert reply.status_code == (200 if story.live else 409), reply.text
        if story.live:
            story.turn("ended", "ended")

    @rule(of=who, to=who)
    def hand_over(self, of: int, to: int) -> None:
        body = {"to_member_id": str(self.people[to].member_id)}
        path = f"/v1/members/{self.people[of].member_id}/handover"
        reply = self.stage.do(self.moment.boss.post(path, body))
        if to in self.suspended or of == to:
            assert reply.status_code == 422 or not self.live(whom=of)
            return
        assert reply.status_code == 200, reply.text
        theirs = {(s.role, s.moment_id) for s in self.live(whom=to).values()}
        expected = set()
        for key, story in self.live(whom=of).items():
            story.turn("ended", "handed_over")
            if (story.role, story.moment_id) not in theirs:
                expected.add(key)
        assert {one["handed_over_from"] for one in reply.json()["items"]} == expected
        for one in reply.json()["items"]:
            self.stories[one["id"]] = Story(to, one["role"], one["moment_id"])

    @rule(whom=who, suspended=st.booleans())
    def suspend_or_reinstate(self, whom: int, suspended: bool) -> None:
        status = "suspended" if suspended else "active"
        self.stage.do(self.moment.set_status(self.people[whom], status))
        (self.suspended.add if suspended else self.suspended.discard)(whom)

    @rule()
    def retire(self) -> None:
        self.stage.do(retired(self.moment))
        for story in self.live().values():
            story.turn("ended", "ended")

    @invariant()
    def one_is_accountable_at_most_and_history_is_whole(self) -> None:
        told = self.stage.do(everything(self.moment))
        assert {key: one["status"] for key, one in told.items()} == {
            key: story.status for key, story in self.stories.items()
        }
        accountable = [one for one in told.values() if one["role"] == "accountable"]
        live = [one["moment_id"] for one in accountable if one["status"] in LIVE]
        assert len(live) == len(set(live))
        orphaned = {key for key, one in told.items() if one["orphaned"]}
        assert orphaned == {k for k, s in self.live().items() if s.whom in self.suspended}

    def teardown(self) -> None:
        told = self.stage.do(stories(self.moment))
        assert told == {key: story.verbs for key, story in self.stories.items()}

    def pick(self, which: int) -> tuple[str, Story | None]:
        """One of the newest."""
        newest = list(self.stories.items())[::-1][:8]
        return newest[which % len(newest)] if newest else ("", None)

    def played(self, by: Caller, key: str, verb: str, **body: Any) -> httpx.Response:
        version = len(self.stories[key].verbs)
        reply: httpx.Response = self.stage.do(
            act(by, {"id": key, "version": version}, verb, **body)
        )
        return reply


async def retired(moment: Moment) -> None:
    """Retire the moment, and declare the touchpoint decisive once more."""
    path = f"/v1/moments/{moment.id}/retire"
    reply = await moment.boss.post(path, {"reason": "Automated."}, If_Match='"1"')
    assert reply.status_code == 200, reply.text
    path = f"/v1/touchpoints/{moment.place.touchpoint}/moments"
    moment.id = (await moment.owner.made(path, {}))["id"]


async def everything(moment: Moment) -> dict[str, dict[str, Any]]:
    """Every responsibility the journey has ever had, page by page."""
    query = "&".join(f"status={one}" for one in ("assigned", "accepted", "declined", "ended"))
    path = f"/v1/responsibilities?journey={moment.place.journey}&limit=100&{query}"
    page = await moment.boss.read(path)
    items = page["items"]
    while page["next_cursor"]:
        page = await moment.boss.read(f"{path}&cursor={page['next_cursor']}")
        items += page["items"]
    return {one["id"]: one for one in items}


async def stories(moment: Moment) -> dict[str, list[str]]:
    """What the ledger tells of each."""
    told: dict[str, list[str]] = {}
    async with moment.place.world.database.transaction(moment.org.id) as tx:
        for row in await tx.rows(_STORIES, organization_id=moment.org.id):
            told.setdefault(str(row["subject_id"]), []).append(row["verb"])
    return told


async def gathered(world: World) -> tuple[Moment, list[Caller]]:
    """One moment, and three members who may come to answer for it."""
    moment = await moment_of(world)
    return moment, [await moment.org.member() for _ in range(3)]


async def test_no_order_makes_two_accountable_or_loses_a_story(world: World) -> None:
    stage = Stage(world, asyncio.get_running_loop())
    machine = type("Machine", (Answering,), {"stage": stage})
    # Fifteen steps are read as they are: to find fewer takes minutes.
    phases = (Phase.generate,)
    played = settings(max_examples=12, stateful_step_count=15, deadline=None, phases=phases)
    await asyncio.to_thread(run_state_machine_as_test, machine, settings=played)
