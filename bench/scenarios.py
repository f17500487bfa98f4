"""What is asked of both sides, and what is promised of their ratio."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import urlencode

import asyncpg

from bench.data import Ground
from bench.load import NextRequest, Request, request
from domain.queries.page import binding, encode

LIMIT = 25
_numbers = count()


@dataclass(frozen=True)
class Side:
    """One server under load: how it is asked and what it must answer."""

    following: NextRequest
    expect: int = 200


@dataclass(frozen=True)
class Scenario:
    """One line of the table; `promised` is the least ratio of the API to the floor."""

    name: str
    floor: Side
    api: Side
    promised: float


def turn(choices: list[Request]) -> NextRequest:
    """Ask one after another, over and over."""

    async def following(number: int) -> Request:
        return choices[number % len(choices)]

    return following


def reader(ground: Ground) -> dict[str, str]:
    """The parameters of what a member may see, as the floor is told them."""
    return {
        "organization_id": str(ground.organization_id),
        "me": str(ground.member_id),
        "my_group": "decision_maker",
        "my_departments": "[]",
    }


def lists(ground: Ground) -> list[Scenario]:
    """25 annotations of a thread of 50,000: the first page, and page 1,000."""
    subject = {"subject": str(ground.long_touchpoint)}
    told = reader(ground) | subject | {"limit": str(LIMIT + 1)}
    before = {"before": str(ground.middle)}
    bound = binding("annotations", {"subject": ground.long_touchpoint})
    cursor = {"cursor": encode(bound, [str(ground.middle)])}
    asked = subject | {"limit": str(LIMIT)}
    lines = (
        ("annotation list, first page", "/list", told, asked),
        ("annotation list, page 1,000", "/page", told | before, asked | cursor),
    )
    return [
        Scenario(
            name,
            Side(turn([request("GET", f"{path}?{urlencode(floor)}", "")])),
            Side(turn([request("GET", f"/v1/annotations?{urlencode(api)}", ground.token)])),
            0.6,
        )
        for name, path, floor, api in lines
    ]


def annotating(ground: Ground) -> list[Scenario]:
    """Annotate, each time with a key of its own: over all journeys, and all on one."""
    every = [(key, places[0]) for key, places in ground.touchpoints.items()]
    return [
        Scenario("annotate, 50 journeys", *writers(ground, every), 0.45),
        Scenario("annotate, one journey", *writers(ground, every[:1]), 0.2),
    ]


def writers(ground: Ground, places: Sequence[tuple[object, object]]) -> tuple[Side, Side]:
    """Who writes at these places, on both sides."""

    async def floor(number: int) -> Request:
        key, at = places[number % len(places)]
        said = {
            "organization": str(ground.organization_id),
            "journey": str(key),
            "subject": str(at),
            "author": str(ground.member_id),
            "body": "Measured.",
        }
        return request("POST", "/annotate", "", json.dumps(said).encode())

    async def api(number: int) -> Request:
        _, at = places[number % len(places)]
        said = {"subject_id": str(at), "kind": "comment", "body": "Measured."}
        key = f"bench-{next(_numbers)}"
        body = json.dumps(said).encode()
        return request("POST", "/v1/annotations", ground.token, body, Idempotency_Key=key)

    return Side(floor, 201), Side(api, 201)


def maps(
    ground: Ground, etags: dict[str, str], touch: Callable[[str], Awaitable[None]]
) -> list[Scenario]:
    """The map: unchanged since the last read, known already (304), and changed before each read."""
    paths = [f"/v1/journeys/{key}/map" for key in ground.journeys]
    told = [urlencode(reader(ground) | {"journey_id": str(key)}) for key in ground.journeys]
    floor = Side(turn([request("GET", f"/map?{one}", "") for one in told]))
    plain = [request("GET", path, ground.token) for path in paths]
    known = [request("GET", path, ground.token, If_None_Match=etags[path]) for path in paths]

    def after_change(side: Side) -> Side:
        async def following(number: int) -> Request:
            await touch(str(ground.journeys[number % len(ground.journeys)]))
            return await side.following(number)

        return replace(side, following=following)

    api = Side(turn(plain))
    return [
        Scenario("map, unchanged", floor, api, 1.0),
        Scenario("map, unchanged, 304", floor, Side(turn(known), 304), 1.5),
        Scenario("map, changed", after_change(floor), after_change(api), 0.5),
    ]


async def toucher(url: str) -> tuple[asyncpg.Pool, Callable[[str], Awaitable[None]]]:
    """Moves a journey's revision, as any change would."""
    pool = await asyncpg.create_pool(url.replace("+asyncpg", ""), min_size=4, max_size=4)

    async def touch(journey: str) -> None:
        moved = "UPDATE heads SET revision = revision + 1 WHERE stream_id = $1::uuid"
        await pool.execute(moved, journey)

    return pool, touch
