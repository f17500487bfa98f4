"""A walk over everything that may change a map: each step one change, by whoever may make it."""

from collections import Counter
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from domain.roles import Group
from tests.api.live.replica import Thing
from tests.api.maps.drawing import Drawing, drawing
from tests.world import Caller, World

F, S, D, X = Group


class Impossible(Exception):
    """There is nothing to do this to at the moment."""


class Ground:
    """A small map, the people who change it, and what one needs to know to choose."""

    def __init__(self, drawn: Drawing, people: list[Caller], reader: Caller, random: Random):
        self.drawn, self.owner, self.people, self.reader = drawn, drawn.owner, people, reader
        self.random = random
        self.removed: list[str] = []
        self.said: list[tuple[Caller, str]] = []
        self.map: Thing = {}

    def one(self, things: Any) -> Any:
        """One of some, or Impossible."""
        if not (found := list(things)):
            raise Impossible
        return self.random.choice(found)

    def word(self) -> str:
        return f"word {self.random.randrange(1000)}"

    def stage(self) -> Thing:
        found: Thing = self.one(self.map["stages"])
        return found

    def touchpoint(self) -> Thing:
        found: Thing = self.one(self.map["touchpoints"])
        return found

    def moment(self) -> Thing:
        found: Thing = self.one(t["moment"] for t in self.map["touchpoints"] if t["moment"])
        return found

    def emotion(self) -> Thing:
        found: Thing = self.one(e for t in self.map["touchpoints"] for e in t["emotions"])
        return found

    def after(self, kind: str, *, but: str) -> str | None:
        """Behind which other piece to put one, or before all."""
        others = [one["id"] for one in self.map[kind] if one["id"] != but]
        found: str | None = self.random.choice([None, *others])
        return found

    async def do(self, method: str, path: str, body: Any = None, by: Caller | None = None) -> Thing:
        """A change that must work, on the version there is."""
        who = by or self.owner
        headers = {}
        if method in ("PATCH", "DELETE") or path.rsplit("/", 1)[-1] in VERSIONED:
            parts = path.split("/")
            read = await who.read(f"/v1/{parts[1]}/{parts[2]}")
            headers = {"If_Match": f'"{read["version"]}"'}
        reply = await who.call(method, f"/v1{path}", body, **headers)
        assert reply.status_code < 300, (method, path, body, reply.text)
        found: Thing = reply.json() if reply.content else {}
        return found


VERSIONED = frozenset(
    {
        "move", "hide", "show", "resolve", "reopen", "reanchor", "confirm", "retire", "accept",
        "decline", "end", "approve", "lock", "unlock", "reject", "child-journey",
    }
)  # fmt: skip
Step = Callable[[Ground], Awaitable[None]]


async def ground(world: World, random: Random) -> Ground:
    """Three who rate at the front, one behind, two leaders; the last reads along and sees less."""
    drawn = await drawing(world)
    people = [await drawn.org.member(group) for group in (F, F, F, S, D, X)]
    return Ground(drawn, people, people[-1], random)


async def walk(here: Ground, steps: list[Step], done: Counter[str]) -> None:
    """One change: among those that are possible now, one of the rarest so far."""
    here.map = await here.drawn.map()
    for chosen in sorted(steps, key=lambda one: (done[one.__name__], here.random.random())):
        try:
            await chosen(here)
        except Impossible:
            continue
        done[chosen.__name__] += 1
        return
