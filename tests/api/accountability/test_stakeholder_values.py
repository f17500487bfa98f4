"""What each group brings to customers: said, said anew, taken back, and listed."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from domain.roles import Group
from tests.api.maps.drawing import Drawing, drawing, pointers
from tests.api.maps.events import verbs
from tests.world import World

F, S, D, X = Group
SAID = {"group": "frontline_staff", "value": "They know what customers ask every day."}


@pytest.fixture
async def drawn(world: World) -> Drawing:
    return await drawing(world)


def path(drawn: Drawing) -> str:
    return f"/v1/journeys/{drawn.journey}/stakeholder-values"


async def test_a_value_from_the_first_word_to_the_last(drawn: Drawing) -> None:
    first = await drawn.owner.put(path(drawn), SAID, If_Match='"0"')
    assert (first.status_code, first.headers["etag"]) == (200, '"1"')
    told = first.json()
    assert told == told | SAID | {
        "journey_id": str(drawn.journey),
        "department_id": None,
        "touchpoint_id": None,
        "created_by": str(drawn.owner.member_id),
    }  # fmt: skip
    assert first.headers["journey-revision"]
    same = await drawn.owner.put(path(drawn), SAID, If_Match='"1"')
    assert same.headers["etag"] == '"1"'
    other = await drawn.owner.put(path(drawn), SAID | {"value": "They listen."}, If_Match='"1"')
    assert (other.json()["id"], other.headers["etag"]) == (told["id"], '"2"')
    gone = await drawn.owner.put(path(drawn), SAID | {"value": " "}, If_Match='"2"')
    assert (gone.json()["value"], gone.json()["version"], gone.headers["etag"]) == ("", 0, '"0"')
    assert (await drawn.owner.read(path(drawn)))["items"] == []
    empty = await drawn.owner.put(path(drawn), SAID | {"value": ""}, If_Match='"0"')
    assert (empty.status_code, pointers(empty)) == (422, ["#/value"])
    again = await drawn.owner.put(path(drawn), SAID, If_Match='"0"')
    assert (again.headers["etag"], again.json()["id"] == told["id"]) == ('"1"', False)
    assert [verb for verb in await verbs(drawn.org, drawn.journey) if "value" in verb] == [
        f"stakeholder_value.{done}" for done in ("set", "changed", "removed", "set")
    ]


BLANK = {"department_id": None, "touchpoint_id": None, "group": "frontline_staff"}


async def places_of(drawn: Drawing) -> list[dict[str, Any]]:
    """Something said at every kind of place."""
    call = {"touchpoint_id": drawn.touchpoints[0]["id"]}
    made = await drawn.owner.made("/v1/departments", {"name": "Service"})
    service = {"department_id": made["id"]}
    places = [BLANK | at for at in ({}, service, call, service | call, {"group": "executive"})]
    for place in places:
        reply = await drawn.owner.put(path(drawn), SAID | place, If_Match='"0"')
        assert reply.status_code == 200, reply.text
    return places


async def test_every_place_has_its_own(drawn: Drawing) -> None:
    places = await places_of(drawn)
    reader = await drawn.org.member(F)
    service, call = places[3]["department_id"], places[3]["touchpoint_id"]
    for query, expected in (
        ("", [0, 1, 2, 3, 4]),
        ("?group=executive", [4]),
        ("?group=executive&group=frontline_staff", [0, 1, 2, 3, 4]),
        (f"?department={service}", [1, 3]),
        (f"?touchpoint={call}", [2, 3]),
        (f"?touchpoint={call}&department={service}", [3]),
        (f"?touchpoint={uuid4()}", []),
    ):
        items = (await reader.read(f"{path(drawn)}{query}"))["items"]
        found = [{name: item[name] for name in BLANK} for item in items]
        assert found == [places[number] for number in expected], query
    await drawn.owner.delete(f"/v1/touchpoints/{call}", If_Match='"1"')
    assert len((await reader.read(path(drawn)))["items"]) == 3


async def test_the_list_comes_in_pages(drawn: Drawing) -> None:
    await places_of(drawn)
    reader = await drawn.org.member(F)
    page = await reader.read(f"{path(drawn)}?limit=3")
    rest = await reader.read(f"{path(drawn)}?limit=3&cursor={page['next_cursor']}")
    assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 2, None)
    wrong = await reader.get(f"{path(drawn)}?group=executive&cursor={page['next_cursor']}")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_cursor")
    assert (await reader.get(f"{path(drawn)}?group=customers")).status_code == 400


async def test_it_asks_which_version_it_replaces(drawn: Drawing) -> None:
    assert (await drawn.owner.put(path(drawn), SAID)).status_code == 428
    stale = await drawn.owner.put(path(drawn), SAID, If_Match='"1"')
    assert (stale.status_code, stale.headers["etag"]) == (412, '"0"')
    owner = drawn.owner.patient()
    bodies = [SAID | {"value": f"Reason {number}."} for number in range(6)]
    replies = await asyncio.gather(*(owner.put(path(drawn), one, If_Match='"0"') for one in bodies))
    assert sorted(reply.status_code for reply in replies) == [200] + [412] * 5
    assert len((await owner.read(path(drawn)))["items"]) == 1


async def test_what_is_named_must_be_there(drawn: Drawing, world: World) -> None:
    elsewhere = await drawing(world)
    gone = drawn.touchpoints[1]["id"]
    await drawn.owner.delete(f"/v1/touchpoints/{gone}", If_Match='"1"')
    faults: list[tuple[dict[str, Any], int, str]] = [
        ({"department_id": str(uuid4())}, 422, "#/department_id"),
        ({"touchpoint_id": str(uuid4())}, 422, "#/touchpoint_id"),
        ({"touchpoint_id": drawn.stages[0]["id"]}, 422, "#/touchpoint_id"),
        ({"touchpoint_id": elsewhere.touchpoints[0]["id"]}, 422, "#/touchpoint_id"),
        ({"touchpoint_id": gone}, 422, "#/touchpoint_id"),
        ({"group": "customer"}, 400, "#/group"),
        ({"weight": 3}, 400, "#/weight"),
    ]
    for wrong, status, pointer in faults:
        refused = await drawn.owner.put(path(drawn), SAID | wrong, If_Match='"0"')
        assert (refused.status_code, pointers(refused)) == (status, [pointer])


async def test_leaders_owner_and_editors_say_it_while_the_journey_is_open(drawn: Drawing) -> None:
    ann, editor = await drawn.org.member(F), await drawn.org.member(S)
    grant = {"role": "editor", "member_id": str(editor.member_id)}
    await drawn.owner.made(f"/v1/journeys/{drawn.journey}/grants", grant)
    refused = await ann.put(path(drawn), SAID, If_Match='"0"')
    assert refused.status_code == 403
    assert "decision-makers, executives, the owner, or an editor" in refused.json()["detail"]
    for by, group in ((editor, F), (await drawn.org.member(D), S), (await drawn.org.member(X), X)):
        body = SAID | {"group": group.value}
        assert (await by.put(path(drawn), body, If_Match='"0"')).status_code == 200
    assert "set_stakeholder_value" in (await editor.read(f"/v1/journeys/{drawn.journey}"))["may"]
    stranger = (await drawn.org.world.organization()).admin
    assert (await stranger.put(path(drawn), SAID, If_Match='"0"')).status_code == 404
    assert (await stranger.get(path(drawn))).status_code == 404
    await drawn.owner.post(f"/v1/journeys/{drawn.journey}/lock", If_Match='"1"')
    refused = await drawn.owner.put(path(drawn), SAID, If_Match='"1"')
    assert (refused.status_code, "locked" in refused.json()["detail"]) == (403, True)


async def test_a_department_that_was_removed_may_stay_where_it_is_named(drawn: Drawing) -> None:
    service = (await drawn.owner.made("/v1/departments", {"name": "Service"}))["id"]
    body = SAID | {"department_id": service}
    assert (await drawn.owner.put(path(drawn), body, If_Match='"0"')).status_code == 200
    await drawn.owner.delete(f"/v1/departments/{service}", If_Match='"1"')
    changed = await drawn.owner.put(path(drawn), body | {"value": "Patience."}, If_Match='"1"')
    assert changed.status_code == 200
    await drawn.owner.put(path(drawn), body | {"value": ""}, If_Match='"2"')
    assert (await drawn.owner.put(path(drawn), body, If_Match='"0"')).status_code == 422
