"""Random edits of a map through HTTP, and what a map says whatever versions it has."""

from collections.abc import Awaitable, Callable
from typing import Any

from hypothesis import strategies as st

from tests.api.maps.drawing import Drawing, drawing
from tests.world import World

Thing = dict[str, Any]
Step = tuple[str, int, int]
_VERSIONS = {"version", "updated_at"}


def said(told: Any) -> Any:
    """What a map says: without versions and times; a cell that was emptied is none."""
    if isinstance(told, list):
        return [said(one) for one in told if not (isinstance(one, dict) and one.get("body") == "")]
    if isinstance(told, dict):
        return {name: said(value) for name, value in told.items() if name not in _VERSIONS}
    return told


async def content(drawn: Drawing, revision: int | None = None) -> Any:
    """Structure and content of the map, now or at a revision."""
    number = (await drawn.map())["revision"] if revision is None else revision
    told = await drawn.owner.read(f"{drawn.map_path}?revision={number}")
    rows = ("journey", "stages", "lanes", "cells", "touchpoints")
    return said({name: told[name] for name in rows})


async def ground(world: World) -> Drawing:
    """A small map with a lane and an emotion, and an edition of it."""
    drawn = await drawing(world)
    await drawn.lane()
    await drawn.emotion()
    return drawn


class Walk:
    """Edits of one map: `a` chooses what, `b` how."""

    def __init__(self, drawn: Drawing) -> None:
        self.drawn, self.owner = drawn, drawn.owner
        self.gone: list[str] = []
        self.ways: dict[str, Callable[[int, int], Awaitable[None]]] = {
            "add_stage": self.add_stage,
            "add_touchpoint": self.add_touchpoint,
            "edit": self.edit,
            "write": self.write,
            "move": self.move,
            "move_stage": self.move_stage,
            "feel": self.feel,
            "remove": self.remove,
            "bring_back": self.bring_back,
            "retitle": self.retitle,
        }

    async def step(self, way: str, a: int, b: int) -> None:
        await self.ways[way](a, b)

    async def some(self, name: str, a: int) -> Thing | None:
        row = (await self.drawn.map())[name]
        found: Thing | None = row[a % len(row)] if row else None
        return found

    async def send(self, method: str, path: str, body: Any = None, version: int = 0) -> None:
        reply = await self.owner.call(method, f"/v1{path}", body, If_Match=f'"{version}"')
        assert reply.status_code < 300, f"{method} {path}: {reply.text}"

    async def add_stage(self, _: int, b: int) -> None:
        await self.send("POST", f"/journeys/{self.drawn.journey}/stages", {"name": f"S{b}"})

    async def add_touchpoint(self, a: int, b: int) -> None:
        stage = await self.some("stages", a)
        if stage:
            await self.send("POST", f"/stages/{stage['id']}/touchpoints", {"name": f"T{b}"})

    async def edit(self, a: int, b: int) -> None:
        one = await self.some("touchpoints", a)
        if one:
            channels = (await self.owner.read("/v1/channels"))["items"][: b % 3]
            body: Thing = {"quote": f"Q{b}", "channel_ids": [channel["id"] for channel in channels]}
            body |= {"monthly_volume": b, "evidence": ["x"] * (b % 3)}
            await self.send("PATCH", f"/touchpoints/{one['id']}", body, one["version"])

    async def write(self, a: int, b: int) -> None:
        lane, stage = await self.some("lanes", 0), await self.some("stages", a)
        if lane is None or stage is None:
            return
        cells = (await self.drawn.map())["cells"]
        version = next((one["version"] for one in cells if one["stage_id"] == stage["id"]), 0)
        body = {"stage_id": stage["id"], "body": "w" * (b % 3)}
        await self.send("PUT", f"/lanes/{lane['id']}/cells", body, version)

    async def move(self, a: int, b: int) -> None:
        one, stage = await self.some("touchpoints", a), await self.some("stages", b)
        if one and stage:
            body = {"after": None, "stage_id": stage["id"]}
            await self.send("POST", f"/touchpoints/{one['id']}/move", body, one["version"])

    async def move_stage(self, a: int, _: int) -> None:
        one = await self.some("stages", a)
        if one:
            await self.send("POST", f"/stages/{one['id']}/move", {"after": None}, one["version"])

    async def feel(self, a: int, b: int) -> None:
        one = await self.some("touchpoints", a)
        if one:
            body = {"label": f"F{b}", "valence": b % 3, "intensity": 1}
            await self.send("POST", f"/touchpoints/{one['id']}/emotions", body)

    async def remove(self, a: int, b: int) -> None:
        kind = ("stages", "touchpoints", "touchpoints", "lanes")[b % 4]
        one = await self.some(kind, a)
        if one:
            await self.send("DELETE", f"/{kind}/{one['id']}", None, one["version"])
            self.gone.append(one["id"])

    async def bring_back(self, a: int, _: int) -> None:
        if self.gone:
            path = f"/v1/subjects/{self.gone.pop(a % len(self.gone))}/restore"
            assert (await self.owner.post(path)).status_code in (200, 409)

    async def retitle(self, _: int, b: int) -> None:
        journey = (await self.drawn.map())["journey"]
        body = {"title": f"J{b}"}
        await self.send("PATCH", f"/journeys/{self.drawn.journey}", body, journey["version"])


WAYS = ("add_stage", "add_touchpoint", "edit", "write", "move", "move_stage", "feel", "remove",
        "bring_back", "retitle")  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 5), st.integers(0, 5)), max_size=8)
