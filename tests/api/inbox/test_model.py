"""Whatever is said in whatever order, everybody is told exactly what the model says."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from domain.roles import Group
from tests.api.inbox.model import EVERYBODY, GROUPS, OWNER, Model, Talk
from tests.api.inbox.telling import INBOX, inbox, mention, tell
from tests.world import Caller, Org, World

Step = tuple[str, int, int, Any]

who = st.integers(0, len(GROUPS) - 1)
which = st.integers(0, 3)
mentioned = st.frozensets(who, max_size=2)
level = st.sampled_from(["all", "participating", "none", None])
steps = st.one_of(
    st.tuples(
        st.just("say"), who, which, st.tuples(st.sampled_from(["everyone", "my_group"]), mentioned)
    ),
    st.tuples(st.just("reply"), who, which, mentioned),
    st.tuples(st.just("reply"), who, which, mentioned),
    st.tuples(st.just("support"), who, which, st.none()),
    st.tuples(st.just("assign"), who, which, who),
    st.tuples(st.just("resolve"), who, which, st.none()),
    st.tuples(st.just("reopen"), who, which, st.none()),
    st.tuples(st.just("withdraw"), who, which, st.none()),
    st.tuples(st.just("watch_thread"), who, which, level),
    st.tuples(st.just("watch_journey"), who, which, level),
    st.tuples(st.just("tell"), who, which, st.none()),
    st.tuples(st.just("read"), who, which, st.none()),
)


class Play:
    """The talk itself, and the model beside it, which hears only of what was acknowledged."""

    def __init__(self, org: Org, journey: UUID, people: list[Caller]) -> None:
        self.org, self.journey, self.people = org, journey, people
        self.model = Model()
        self.ids: list[str] = []

    async def step(self, name: str, by: int, thread: int, what: Any) -> None:
        """Do one thing, if there is anything to do it to."""
        if name in {"say", "watch_journey", "tell", "read"}:
            await getattr(self, name)(by, what)
        elif self.ids:
            await getattr(self, name)(by, thread % len(self.ids), what)

    async def say(self, by: int, what: tuple[str, frozenset[int]]) -> None:
        visibility, called = what
        body = {"subject_id": str(self.journey), "kind": "issue", "visibility": visibility}
        body["body"] = mention(*(self.people[one] for one in sorted(called)))
        said = await self.people[by].post("/v1/annotations", body)
        if said.status_code == 201:
            self.ids.append(said.json()["id"])
            self.model.threads.append(Talk(by, visibility))
            self.model.happened("written", len(self.ids) - 1, by, called)

    async def reply(self, by: int, thread: int, called: frozenset[int]) -> None:
        body = {"body": mention(*(self.people[one] for one in sorted(called)))}
        path = f"/v1/annotations/{self.ids[thread]}/replies"
        if (await self.people[by].post(path, body)).status_code == 201:
            self.model.happened("replied", thread, by, called)
            self.model.threads[thread].repliers.add(by)

    async def support(self, by: int, thread: int, _: None) -> None:
        done = await self.people[by].put(f"/v1/annotations/{self.ids[thread]}/support")
        if done.status_code == 200:
            self.model.threads[thread].supporters.add(by)

    async def assign(self, by: int, thread: int, to: int) -> None:
        body = {"member_id": str(self.people[to].member_id)}
        talk = self.model.threads[thread]
        done = await self.act(by, thread, "assign", body)
        if done.status_code == 200 and talk.assignee != to:
            talk.assignee = to
            self.model.happened("assigned", thread, by)

    async def resolve(self, by: int, thread: int, _: None) -> None:
        done = await self.act(by, thread, "resolve", {"resolution": "fixed"})
        if done.status_code == 200:
            self.model.happened("resolved", thread, by)

    async def reopen(self, by: int, thread: int, _: None) -> None:
        if (await self.act(by, thread, "reopen")).status_code == 200:
            self.model.happened("reopened", thread, by)

    async def withdraw(self, by: int, thread: int, _: None) -> None:
        if (await self.act(by, thread, "withdraw")).status_code == 200:
            self.model.threads[thread].withdrawn = True

    async def watch_thread(self, by: int, thread: int, chosen: str | None) -> None:
        await self.watch(by, thread, f"annotations/{self.ids[thread]}", chosen)

    async def watch_journey(self, by: int, chosen: str | None) -> None:
        await self.watch(by, None, f"journeys/{self.journey}", chosen)

    async def watch(self, by: int, thread: int | None, path: str, chosen: str | None) -> None:
        done = await self.people[by].put(f"/v1/{path}/watch", {"level": chosen})
        if done.status_code == 200:
            self.model.levels[by, thread] = chosen or ""

    async def tell(self, *_: Any) -> None:
        await tell(self.org, self.journey)
        self.model.tell()

    async def read(self, by: int, _: None) -> None:
        assert (await self.people[by].post(f"{INBOX}/mark", {"read": True})).status_code == 200
        self.model.read_all(by)

    async def act(self, by: int, thread: int, verb: str, body: Any = None) -> httpx.Response:
        """Something done to a thread, in the version that it has for whoever owns the journey."""
        path = f"/v1/annotations/{self.ids[thread]}"
        seen = await self.people[self.model.threads[thread].author].read(path)
        return await self.people[by].post(f"{path}/{verb}", body, If_Match=f'"{seen["version"]}"')

    async def compare(self) -> None:
        """Everybody's inbox against the model's, to the line."""
        await self.tell()
        for one in EVERYBODY:
            lines = await inbox(self.people[one])
            told = {
                (one, self.ids.index(line["subject"]["id"]), line["reason"]): line["happened"]
                for line in lines
                if line["read_at"] is None
            }
            read = {
                (one, self.ids.index(line["subject"]["id"]), line["reason"])
                for line in lines
                if line["read_at"] is not None
            }
            mine = {key: n for key, n in self.model.unread.items() if key[0] == one}
            assert told == mine
            assert read == {key for key in self.model.read if key[0] == one}


async def played(world: World, script: list[Step]) -> None:
    """Play a script in a new organization."""
    org = await world.organization()
    people = [await org.member(Group(group), name=f"No. {n}") for n, group in enumerate(GROUPS)]
    play = Play(org, await org.journey(owner=people[OWNER]), people)
    await play.tell()
    for step in script:
        await play.step(*step)
    await play.compare()


async def test_everybody_is_told_what_an_independent_model_says(world: World) -> None:
    loop = asyncio.get_running_loop()

    @settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate))
    @given(st.lists(steps, min_size=8, max_size=40))
    def play(script: list[Step]) -> None:
        asyncio.run_coroutine_threadsafe(played(world, script), loop).result(120)

    await asyncio.to_thread(play)
