"""A client that keeps a map by the feed: it reads by id what events name, and nothing else.

This is how a frontend is meant to do it. An event names its subject and the touchpoint it is at;
what can be told of moments depends on the others and on who may answer for them, so they are read
together. Who may not see a subject is told the touchpoint it was taken from, if the map has changed
there. What happened in the organization (members, settings) changes figures and moments anywhere.
"""

from dataclasses import dataclass, field
from typing import Any

from api.schemas.maps.map import Beside
from tests.world import Caller

Thing = dict[str, Any]
BESIDE = tuple(map(str, Beside))
JUDGED = frozenset({"stage", "lane", "touchpoint", "rating", "moment"})
"""Changes of these may change how other moments rank, and whether what was approved is fresh."""
OF_MOMENTS = frozenset({"member", "department", "organization"})


@dataclass
class News:
    """What has to be read anew."""

    journey: bool = False
    moments: bool = False
    everywhere: bool = False
    stages: set[str] = field(default_factory=set)
    lanes: set[str] = field(default_factory=set)
    cells: set[str] = field(default_factory=set)
    touchpoints: set[str] = field(default_factory=set)

    def hear(self, event: Thing) -> None:
        """Take note of what an event of the journey names."""
        kind, subject = event["subject_kind"], event["subject_id"]
        places = event["touchpoint_id"], event["from_touchpoint_id"]
        self.touchpoints.update(place for place in places if place)
        self.journey |= kind == "journey"
        self.moments |= kind in JUDGED
        # A rating that changes no count does not say where it was changed.
        self.everywhere |= kind == "rating" and event["touchpoint_id"] is None
        named = {"stage": self.stages, "lane": self.lanes, "cell": self.cells}
        if kind in named:
            named[kind].add(subject)


class Replica:
    """A map as somebody holds it, brought up to date by `follow`."""

    def __init__(self, reader: Caller, journey: object) -> None:
        self.reader, self.path = reader, f"/v1/journeys/{journey}"
        self.map: Thing = {}

    async def take(self) -> None:
        """Begin with the whole map."""
        self.map = await self.reader.read(f"{self.path}/map")

    async def follow(self) -> None:
        """Read what happened since, and what it was about."""
        news = News()
        for event in await self._events(f"{self.path}/events", "revision"):
            news.hear(event)
        for event in await self._events("/v1/organization/events", "organization_revision"):
            news.everywhere |= event["subject_kind"] in OF_MOMENTS
        if news.journey:
            read = await self.reader.read(self.path)
            self.map["journey"] = {name: read[name] for name in self.map["journey"]}
        await self._structure(news)
        await self._touchpoints(news)
        await self._cells(news)
        self._arrange()

    async def _events(self, path: str, name: str) -> list[Thing]:
        """The events after the revision held, which is then that of the last."""
        found: list[Thing] = []
        while True:
            page = await self.reader.read(f"{path}?after={self.map[name]}&limit=100")
            if not page["items"]:
                return found
            found += page["items"]
            self.map[name] = found[-1]["revision"]

    async def _structure(self, news: News) -> None:
        """Stages and lanes; those that came back bring along what the map did not hold."""
        for stage in news.stages:
            read = await self._put("stages", stage)
            if read is not None:
                news.touchpoints.update(read.pop("touchpoint_ids"))
                news.cells.update(read.pop("cell_ids"))
        for lane in news.lanes:
            read = await self._put("lanes", lane)
            if read is not None:
                news.cells.update(read.pop("cell_ids"))

    async def _touchpoints(self, news: News) -> None:
        for touchpoint in self.map["touchpoints"]:
            if news.everywhere or (news.moments and touchpoint["moment"]):
                news.touchpoints.add(touchpoint["id"])
        beside = "&".join(f"include={name}" for name in BESIDE)
        for touchpoint in news.touchpoints:
            read = await self._put("touchpoints", touchpoint, f"?{beside}")
            if read is not None:
                others = [one for one in self.map["cells"] if one["touchpoint_id"] != touchpoint]
                self.map["cells"] = others + read.pop("cells")

    async def _cells(self, news: News) -> None:
        for cell in news.cells:
            await self._put("cells", cell)

    async def _put(self, kind: str, id_: str, how: str = "") -> Thing | None:
        """Read one thing and put it in its place; None when it is not on the map any more."""
        reply = await self.reader.get(f"/v1/{kind}/{id_}{how}")
        assert reply.status_code in (200, 404), reply.text
        self.map[kind] = [one for one in self.map[kind] if one["id"] != id_]
        if reply.status_code == 404:
            return None
        read: Thing = reply.json()
        self.map[kind].append(read)
        return read

    def _arrange(self) -> None:
        """Let go what stood in something that is gone; put the rest in order."""
        stages = {one["id"]: one for one in self.map["stages"]}
        lanes = {one["id"] for one in self.map["lanes"]}
        kept = [one for one in self.map["touchpoints"] if one["stage_id"] in stages]
        here = {one["id"] for one in kept}
        cells = [one for one in self.map["cells"] if one["lane_id"] in lanes]
        cells = [one for one in cells if one["stage_id"] in stages or one["touchpoint_id"] in here]

        def standing(one: Thing) -> tuple[str, str]:
            return one["position"], one["id"]

        self.map |= {
            "stages": sorted(self.map["stages"], key=standing),
            "lanes": sorted(self.map["lanes"], key=standing),
            "touchpoints": sorted(
                kept, key=lambda one: (*standing(stages[one["stage_id"]]), *standing(one))
            ),
            "cells": sorted(cells, key=lambda one: one["id"]),
        }
