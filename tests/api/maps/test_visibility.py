"""Which journeys a member sees: drafts, restricted ones, grants by name, group and department."""

from itertools import product
from typing import Any
from uuid import UUID

from domain.roles import Group
from tests.api.maps.test_grants import granted
from tests.world import Caller, Org, World


async def sees(member: Caller, journey: UUID) -> bool:
    """Whether a single read finds it; the list must say the same."""
    found = (await member.get(f"/v1/journeys/{journey}")).status_code
    listed = {item["id"] for item in (await member.read("/v1/journeys?limit=100"))["items"]}
    assert found in {200, 404}
    assert (found == 200) is (str(journey) in listed)
    return found == 200


async def department(org: Org, name: str, parent: str | None = None) -> str:
    body = {"name": name, "parent_id": parent}
    made: str = (await org.admin.made("/v1/departments", body))["id"]
    return made


async def of_department(org: Org, department_id: str) -> Caller:
    return await org.member(Group.FRONTLINE_STAFF, department_id=UUID(department_id))


async def test_a_draft_is_for_its_owner_and_grantees(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(status="draft")
    ann, boss = await org.member(Group.FRONTLINE_STAFF), await org.member(Group.EXECUTIVE)
    assert await sees(org.admin, journey)
    assert not await sees(boss, journey)
    await granted(org.admin, journey, "participant", member_id=str(ann.member_id))
    assert await sees(ann, journey)
    assert not await sees(boss, journey)


async def test_a_draft_stays_hidden_in_the_archive(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(status="draft")
    ann = await org.member(Group.FRONTLINE_STAFF)
    path = f"/v1/journeys/{journey}/transition"
    assert (await org.admin.post(path, {"to": "archived"}, If_Match='"1"')).status_code == 200
    assert await sees(org.admin, journey)
    assert not await sees(ann, journey)
    public = await org.journey(status="archived", status_before="published")
    assert await sees(ann, public)


async def test_only_the_owner_restricts_and_lifts(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}"
    editor, ann = [await org.member(Group.FRONTLINE_STAFF) for _ in range(2)]
    await granted(org.admin, journey, "editor", member_id=str(editor.member_id))
    refused = await editor.patch(path, {"restricted": True}, If_Match='"1"')
    assert refused.status_code == 403
    assert refused.json()["detail"].startswith("Only the owner may restrict")
    same = {"restricted": False, "title": "B"}
    assert (await editor.patch(path, same, If_Match='"1"')).status_code == 200
    assert await sees(ann, journey)
    closed = await org.admin.patch(path, {"restricted": True}, If_Match='"2"')
    assert closed.json()["restricted"] is True
    assert not await sees(ann, journey)
    assert await sees(editor, journey)


async def test_a_grant_to_a_department_reaches_all_below_it(world: World) -> None:
    org = await world.organization()
    top = await department(org, "Service")
    middle = await department(org, "Phone", top)
    bottom = await department(org, "Night shift", middle)
    aside = await department(org, "Sales")
    journey = await org.journey(restricted=True)
    members = [await of_department(org, one) for one in (top, middle, bottom, aside)]
    await granted(org.admin, journey, "participant", department_id=middle)
    assert [await sees(member, journey) for member in members] == [False, True, True, False]


async def test_a_grant_to_a_group_reaches_that_group(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(status="draft")
    await granted(org.admin, journey, "editor", group="support_staff")
    seen = {group: await sees(await org.member(group), journey) for group in Group}
    assert seen == {group: group is Group.SUPPORT_STAFF for group in Group}


async def test_what_one_may_not_see_cannot_be_touched(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(status="draft")
    boss = await org.member(Group.EXECUTIVE)
    path, version = f"/v1/journeys/{journey}", {"If_Match": '"1"'}
    body = {"role": "editor", "group": "executive"}
    for reply in (
        await boss.patch(path, {"title": "B"}, **version),
        await boss.post(f"{path}/transition", {"to": "in_review"}, **version),
        await boss.post(f"{path}/lock", **version),
        await boss.post(f"{path}/grants", body),
        await boss.get(f"{path}/grants"),
        await boss.post(f"{path}/transfer", {"member_id": str(boss.member_id)}, **version),
    ):
        assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


async def every_kind(org: Org, grantees: list[dict[str, Any]]) -> dict[UUID, Any]:
    """A journey of every kind for every grantee: {id: (kind, grantee)}."""
    kinds = [{"status": "draft"}, {"restricted": True}, {"status": "published"}]
    journeys: dict[UUID, Any] = {}
    for kind, grantee in product(kinds, grantees):
        journey = await org.journey(title="One of many", **kind)
        journeys[journey] = (kind, grantee)
        if grantee:
            await granted(org.admin, journey, "participant", **grantee)
    return journeys


async def listed_by(member: Caller) -> set[str]:
    return {item["id"] for item in (await member.read("/v1/journeys?limit=100"))["items"]}


async def test_lists_and_single_reads_agree_for_everybody(world: World) -> None:
    """Every kind of journey, every kind of grant, every kind of member: both answers, one truth."""
    org = await world.organization()
    top = await department(org, "Service")
    below = await department(org, "Phone", top)
    ann = await org.member(Group.FRONTLINE_STAFF)
    departments = {"department_id": top}
    grantees = [{}, {"member_id": str(ann.member_id)}, departments, {"group": "executive"}]
    journeys = await every_kind(org, grantees)
    readers: list[tuple[Caller, list[dict[str, Any]]]] = [(ann, [grantees[1]])]
    for group, place in product(Group, (None, below)):
        member = await org.member(group, department_id=UUID(place) if place else None)
        reached = [departments] if place else []
        readers.append((member, [*reached, {"group": group.value}]))
    for member, mine in readers:
        found = [j for j in journeys if (await member.get(f"/v1/journeys/{j}")).is_success]
        expected = [
            journey
            for journey, (kind, grantee) in journeys.items()
            if kind == {"status": "published"} or grantee in mine
        ]
        assert found == expected
        assert await listed_by(member) == {str(journey) for journey in expected}
    assert await listed_by(org.admin) == {str(journey) for journey in journeys}
