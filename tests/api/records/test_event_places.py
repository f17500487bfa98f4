"""Where on the map an event changed something, and what of that its reader may know."""

from typing import Any

from domain.roles import Group
from tests.api.maps.drawing import Drawing, drawing
from tests.world import Caller, World

Place = tuple[str | None, str | None, str | None]


async def last(caller: Caller, drawn: Drawing, count: int = 1) -> list[Place]:
    """What the latest events tell a reader: the verb, where it is, where it was taken from."""
    path = f"/v1/journeys/{drawn.journey}/events"
    revision = (await drawn.map())["revision"]
    events = (await caller.read(f"{path}?after={revision - count}"))["items"]
    return [(e["verb"], e["touchpoint_id"], e["from_touchpoint_id"]) for e in events]


async def say(caller: Caller, subject_id: str, **fields: Any) -> dict[str, Any]:
    body = {"subject_id": subject_id, "kind": "issue", "body": "x"} | fields
    return await caller.made("/v1/annotations", body)


async def edit(caller: Caller, said: dict[str, Any], version: int, **fields: Any) -> None:
    path = f"/v1/annotations/{said['id']}"
    reply = await caller.patch(path, fields, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text


async def test_an_event_tells_the_touchpoint_of_its_subject(world: World) -> None:
    drawn = await drawing(world)
    call = drawn.touchpoints[0]["id"]
    moment = await drawn.owner.made(f"/v1/touchpoints/{call}/moments", {})
    assert await last(drawn.owner, drawn) == [("moment.nominated", call, None)]
    playbook = {"title": "Call back", "recovery_kind": "apology", "steps": ["Say sorry."]}
    await drawn.owner.made(f"/v1/moments/{moment['id']}/playbooks", playbook)
    lane = await drawn.lane()
    cell = {"touchpoint_id": call, "body": "Listen."}
    await drawn.owner.put(f"/v1/lanes/{lane['id']}/cells", cell, If_Match='"0"')
    emotion = await drawn.emotion()
    said = await say(drawn.owner, emotion["id"])
    await drawn.owner.made(f"/v1/annotations/{said['id']}/replies", {"body": "y"})
    await drawn.owner.put(f"/v1/annotations/{said['id']}/support")
    await say(drawn.owner, drawn.stages[0]["id"])
    assert await last(drawn.owner, drawn, 8) == [
        ("playbook.drafted", call, None),
        ("lane.added", None, None),
        ("cell.written", call, None),
        ("emotion.added", call, None),
        ("annotation.written", call, None),
        ("reply.written", call, None),
        ("support.given", call, None),
        ("annotation.written", None, None),
    ]


async def test_what_everybody_saw_is_told_to_have_gone(world: World) -> None:
    drawn = await drawing(world)
    call = drawn.touchpoints[0]["id"]
    ann, ben = [await drawn.org.member(group) for group in tuple(Group)[:2]]
    said = await say(ann, call)
    await edit(ann, said, 1, body="y")
    await edit(ann, said, 2, visibility="private")
    await edit(ann, said, 3, body="z")
    written, closed = ("annotation.written", call), ("annotation.edited", call)
    assert await last(ann, drawn, 4) == [
        (*written, None), (*closed, None), (*closed, call), (*closed, None),
    ]  # fmt: skip
    assert await last(ben, drawn, 4) == [
        (None, None, None), (None, None, None), (None, None, call), (None, None, None),
    ]  # fmt: skip


async def test_what_was_never_for_all_is_told_nowhere(world: World) -> None:
    drawn = await drawing(world)
    ann, ben = [await drawn.org.member(group) for group in tuple(Group)[:2]]
    said = await say(ann, drawn.touchpoints[0]["id"], visibility="my_group")
    await edit(ann, said, 1, visibility="private")
    await ann.made(f"/v1/annotations/{said['id']}/replies", {"body": "y"})
    await ann.post(f"/v1/annotations/{said['id']}/withdraw")
    assert await last(ben, drawn, 4) == [(None, None, None)] * 4


async def test_hiding_tells_where_it_was(world: World) -> None:
    drawn = await drawing(world)
    call = drawn.touchpoints[0]["id"]
    ann, ben = [await drawn.org.member(group) for group in tuple(Group)[:2]]
    said = await say(ann, call)
    path = f"/v1/annotations/{said['id']}/hide"
    assert (await drawn.owner.post(path, {"reason": "Rude."}, If_Match='"1"')).status_code == 200
    assert await last(ben, drawn) == [(None, None, call)]


async def test_a_rating_tells_its_place_where_it_is_counted_anew(world: World) -> None:
    drawn = await drawing(world)
    call = drawn.touchpoints[0]["id"]
    ann, ben = [await drawn.org.member(Group.FRONTLINE_STAFF) for _ in range(2)]
    abstains = {"abstained": True, "abstention_reason": "Not mine."}
    for answers in ({"emotional": 4}, {"emotional": 2}, abstains, {"emotional": 3}):
        reply = await ann.put(f"/v1/touchpoints/{call}/ratings/me", answers)
        assert reply.status_code < 300, reply.text
    await ben.put(f"/v1/touchpoints/{call}/ratings/me", abstains)
    told = [place for _, place, _ in await last(drawn.owner, drawn, 5)]
    assert told == [call, None, call, call, None]
