"""Taking a journey along: everything one may see, and no more."""

from typing import Any

from litestar import Litestar

from api.pictures.printing import AT_ONCE, WAITING
from domain.queries.exchange.parts import gather
from domain.queries.identity.actors import acting_alone
from domain.roles import Group
from tests.api.maps.documents import JOURNEY
from tests.world import Caller, World


async def imported(caller: Caller, document: dict[str, Any]) -> str:
    reply = await caller.post("/v1/journeys/import", document)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["journey_id"])


async def exported(caller: Caller, journey_id: str) -> dict[str, Any]:
    return await caller.read(f"/v1/journeys/{journey_id}/export")


async def test_a_document_holds_what_was_drawn_and_said(world: World) -> None:
    org = await world.organization()
    found = await exported(org.admin, await imported(org.admin, JOURNEY))
    assert found["format"] == "journeymap/1"
    assert (found["journey"]["key"], found["journey"]["department"]) == ("ride", "buses")
    before = found["stages"][0]
    assert [one["key"] for one in before["touchpoints"]] == ["wait", "board"]
    wait = before["touchpoints"][0]
    assert wait["channels"] == ["bus_stop", "phone"]
    assert wait["emotions"][0] | {"key": "doubt", "label": "doubt"} == wait["emotions"][0]
    said = wait["annotations"][0]
    assert (said["key"], said["attributed_to"]) == ("late", "A rider")
    assert said["replies"][0]["body"] == "The yard opens late."
    assert found["lanes"][0]["cells"][0]["stage"] == "before"
    assert found["moments"][0]["touchpoint"] == "wait"


async def test_nobody_takes_along_what_they_may_not_see(world: World) -> None:
    org = await world.organization()
    journey_id = await org.journey()
    fay = await org.member(Group.FRONTLINE_STAFF, name="Fay Moran")
    stan = await org.member(Group.SUPPORT_STAFF, name="Stan Petrov")
    for visibility in ("everyone", "my_group", "leadership", "private"):
        await fay.made(
            "/v1/annotations",
            {
                "subject_id": str(journey_id),
                "kind": "issue",
                "body": f"For {visibility}, says @[member:{fay.member_id}].",
                "visibility": visibility,
            },
        )

    async def told(caller: Caller) -> set[str]:
        found = await exported(caller, str(journey_id))
        assert str(fay.member_id) not in str(found["journey"])
        return {one["visibility"] for one in found["journey"]["annotations"]}

    assert await told(fay) == {"everyone", "my_group", "leadership", "private"}
    assert await told(stan) == {"everyone"}
    assert await told(org.admin) == {"everyone", "leadership"}
    told_stan = await exported(stan, str(journey_id))
    assert "Stan Petrov (support staff)" in told_stan["exported"]["scope"]
    said = told_stan["journey"]["annotations"][0]
    assert said["attributed_to"] == "Fay Moran (frontline staff)"
    assert said["body"] == "For everyone, says @Fay Moran."


async def test_who_spoke_for_their_group_is_named_to_nobody(world: World) -> None:
    org = await world.organization()
    journey_id = await org.journey(group_voice=True)
    fay = await org.member(Group.FRONTLINE_STAFF, name="Fay Moran")
    said = {"subject_id": str(journey_id), "kind": "issue", "body": "Us.", "voice": "group"}
    await fay.made("/v1/annotations", said)
    await fay.made("/v1/annotations", said | {"visibility": "private", "voice": "member"})
    for caller in (fay, org.admin):
        text = str((await exported(caller, str(journey_id)))["journey"])
        assert "(frontline staff)" in text
        assert ("Fay Moran" in text) is (caller is fay)  # by what she said in her own name


async def test_a_picture_that_cannot_be_made_now_is_refused_and_not_empty(
    world: World, app: Litestar
) -> None:
    org = await world.organization()
    path = f"/v1/journeys/{await org.journey()}/export?format=pdf"
    waiting = app.state.printer._waiting
    for _ in range(AT_ONCE + WAITING):
        assert waiting.acquire(blocking=False)
    try:
        busy = await org.admin.get(path)
    finally:
        waiting.release(AT_ONCE + WAITING)
    assert (busy.status_code, busy.json()["code"]) == (503, "unavailable")
    assert (await org.admin.get(path)).content.startswith(b"%PDF")


async def test_an_export_is_of_one_moment_whatever_is_written_meanwhile(world: World) -> None:
    org = await world.organization()
    journey_id = await org.journey()
    async with world.database.transaction(org.id) as tx:
        actor = await acting_alone(tx, org.admin.member_id, org.id)
        assert actor is not None
        await tx.still()
        before = await gather(tx, actor, journey_id, ("stages",))
        await org.admin.made(f"/v1/journeys/{journey_id}/stages", {"name": "Meanwhile"})
        after = await gather(tx, actor, journey_id, ("stages",))
        assert len(after["stages"]) == len(before["stages"])
        await tx.pause()
        assert len((await gather(tx, actor, journey_id))["stages"]) == len(before["stages"]) + 1
