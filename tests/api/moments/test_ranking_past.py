"""Rankings as they were: told by the ledger, compared with the present, and careful still."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.roles import Group
from tests.api.reports.ground import Ground, ground
from tests.api.voices.scene import code
from tests.world import World

F, S, D, X = Group


def instant() -> str:
    """Now, as a query writes it."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


async def ranked(place: Ground, query: str = "") -> dict[str, Any]:
    return await place.owner.read(f"{place.path}/moments?over=touchpoints{query}")


def bare(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines, but for what only one of two readings was asked for."""
    return [line | {"previous": None} for line in found["items"]]


async def test_the_past_is_ranked_by_what_was_there_then(world: World) -> None:
    place = await ground(world)
    [first] = await place.rated(0, D, 5)
    await place.rated(1, D, 4)
    await place.feel(1, -2, 4)
    moment = await place.moment(0)
    then, past = instant(), await ranked(place)
    felt = await ranked(place, "&model=emotion_intensity")
    await place.rate(first, 0, emotional=1)
    await place.rated(2, X, 5)
    await place.feel(0, 2, 5)
    gone = await place.owner.post(f"/v1/moments/{moment}/retire", {"reason": "x"}, If_Match='"1"')
    assert gone.status_code == 200, gone.text
    removed = await place.owner.delete(f"/v1/touchpoints/{place.touchpoints[1]}", If_Match='"1"')
    assert removed.status_code == 204
    now = await ranked(place)
    assert [line["touchpoint_name"] for line in now["items"]] == ["c", "a"]
    again = await ranked(place, f"&as_of={then}")
    assert again["items"] == past["items"]
    assert [line["touchpoint_name"] for line in again["items"]] == ["a", "b", "c"]
    assert again["items"][0]["moment_id"] == moment
    assert datetime.fromisoformat(again["as_of"]) == datetime.fromisoformat(then)
    again = await ranked(place, f"&as_of={then}&model=emotion_intensity")
    assert again["items"] == felt["items"]
    assert (await ranked(place, f"&as_of={instant()}"))["items"] == now["items"]


async def test_moments_of_then_are_ranked_among_themselves(world: World) -> None:
    place = await ground(world)
    await place.rated(0, D, 5)
    await place.rated(1, D, 4)
    await place.moment(1)
    then = instant()
    await place.moment(0)
    path = f"{place.path}/moments?as_of={then}"
    [line] = (await place.owner.read(path))["items"]
    assert (line["touchpoint_name"], line["rank"]) == ("b", 1)
    path = f"{place.path}/moments?include=previous&since={then}"
    first, second = (await place.owner.read(path))["items"]
    assert first["previous"]["explanation"] == "was not ranked then"
    assert (second["previous"]["rank"], second["previous"]["climbed"]) == (1, -1)


async def test_what_moved_since_says_how_far(world: World) -> None:
    place = await ground(world, 2)
    [boss] = await place.rated(0, D, 3)
    await place.rated(1, D, 4)
    then = instant()
    await place.rate(boss, 0, emotional=5)
    found = await ranked(place, f"&include=previous&since={then}")
    a, b = found["items"]
    assert a["previous"] | {"since": None} == {
        "since": None,
        "rank": 2,
        "tied": False,
        "score": 3.0,
        "climbed": 1,
        "score_change": 2.0,
        "explanation": "then rank 2 with 3.00, now rank 1 with 5.00; score +2.00, "
        "rounded only here",
    }
    assert (b["previous"]["rank"], b["previous"]["climbed"]) == (1, -1)
    assert found["since"] == a["previous"]["since"]
    assert bare(found) == (await ranked(place))["items"]


async def test_without_since_the_last_thirty_days_are_compared(world: World) -> None:
    place = await ground(world, 1)
    await place.rated(0, D, 3)
    [line] = (await ranked(place, "&include=previous"))["items"]
    assert line["previous"]["explanation"] == "was not ranked then"
    found = await ranked(place, f"&include=previous&as_of={instant()}")
    until, since = (datetime.fromisoformat(found[name]) for name in ("as_of", "since"))
    assert until - since == timedelta(days=30)


async def test_too_few_are_too_few_in_the_past_too(world: World) -> None:
    place = await ground(world, 1)
    await place.rated(0, D, 2)
    await place.rated(0, F, 5, 5)
    then = instant()
    await place.rated(0, F, 5)
    query = f"&include=previous&include=perception&since={then}"
    [line] = (await ranked(place, query))["items"]
    assert (line["score"], line["previous"]["score"]) == (3.5, 2.0)
    [line] = (await ranked(place, f"&include=perception&as_of={then}"))["items"]
    few = {"group": F, "n": 2, "too_few": True, "abstained": None, "axes": []}
    assert line["perception"]["groups"][0] == few
    assert line["perception"]["widest_gap"] is None
    assert (line["score"], line["n"]) == (2.0, 1)


async def test_what_was_erased_is_left_out_of_the_past(world: World) -> None:
    place = await ground(world, 1)
    people = await place.rated(0, D, 1, 3)
    then = instant()
    path = f"/v1/touchpoints/{place.touchpoints[0]}/ratings/me"
    silent = {"abstained": True, "abstention_reason": "I am new."}
    assert (await people[0].put(path, silent)).status_code == 200
    assert (await ranked(place, f"&as_of={then}"))["items"][0]["score"] == 2.0
    whom = f"/v1/members/{people[0].member_id}"
    version = (await place.owner.read(whom))["version"]
    erased = await place.owner.post(f"{whom}/erase", If_Match=f'"{version}"')
    assert erased.status_code in (200, 204), erased.text
    [line] = (await ranked(place, f"&as_of={then}"))["items"]
    assert (line["score"], line["n"]) == (3.0, 1)


async def test_before_there_was_a_journey_there_is_nothing(world: World) -> None:
    before = instant()
    place = await ground(world, 1)
    assert (await ranked(place, f"&as_of={before}"))["items"] == []


@pytest.mark.parametrize(
    ("query", "parameter", "expected"),
    [
        ("as_of=2999-01-01T00:00:00Z", "as_of", "too_late"),
        ("include=previous&since=2999-01-01T00:00:00Z", "since", "too_late"),
        (
            "include=previous&as_of=2020-01-01T00:00:00Z&since=2021-01-01T00:00:00Z",
            "since",
            "too_late",
        ),
        ("since=2020-01-01T00:00:00Z", "since", "since_without_previous"),
        ("as_of=2020-01-01T00:00:00", "as_of", "no_time_zone"),
        ("as_of=0001-01-01T00:00:00Z&include=previous", "as_of", "too_early"),
        ("as_of=yesterday", "as_of", None),
        ("include=everything", "include", None),
    ],
)
async def test_an_instant_must_have_passed(
    world: World, query: str, parameter: str, expected: str | None
) -> None:
    place = await ground(world, 1)
    refused = await place.owner.get(f"{place.path}/moments?{query}")
    told = code(refused, 400)
    assert expected in (None, told)
    assert refused.json()["errors"][0]["parameter"] == parameter


async def test_the_past_of_an_invisible_journey_is_not_there(world: World) -> None:
    place = await ground(world, 1, restricted=True)
    boss = await place.org.member(X)
    stranger = (await world.organization()).admin
    for caller in (boss, stranger):
        for query in (f"as_of={instant()}", "include=previous&include=accountability"):
            assert code(await caller.get(f"{place.path}/moments?{query}"), 404) == "not_found"
