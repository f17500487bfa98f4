"""Annotations through HTTP."""

from domain.roles import Group
from tests.world import World


async def test_somebody_annotates_a_stage_and_reads_it_back(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    stage = await org.admin.made(f"/v1/journeys/{journey}/stages", {"name": "Ride"})
    ann = await org.member(Group.FRONTLINE_STAFF)
    said = await ann.made(
        "/v1/annotations", {"subject_id": stage["id"], "kind": "issue", "body": "Too long."}
    )
    assert said["author_id"] == str(ann.member_id)
    listed = await ann.read(f"/v1/annotations?journey={journey}")
    assert [item["id"] for item in listed["items"]] == [said["id"]]
    assert "edit_annotation" in said["may"]
