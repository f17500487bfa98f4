"""The list of journeys: counts, the worst moment, filters, order, pages."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.maps.drawing import Drawing, drawing
from tests.api.maps.test_journeys import begun, titles
from tests.world import Caller, World


async def row_of(caller: Caller) -> dict[str, Any]:
    items: list[dict[str, Any]] = (await caller.read("/v1/journeys"))["items"]
    assert len(items) == 1
    return items[0]


async def test_a_row_counts_what_stands_on_the_map(world: World) -> None:
    drawn = await drawing(world)
    await drawn.touchpoint("Letter", stage=1)
    call, visit = drawn.touchpoints
    await nominated(drawn, call)
    retired = await nominated(drawn, visit)
    row = await row_of(drawn.owner)
    counts = ("stage_count", "touchpoint_count", "moment_count", "open_thread_count")
    assert [row[name] for name in counts] == [2, 3, 2, 0]
    reason = {"reason": "It was none."}
    path = f"/v1/moments/{retired['id']}/retire"
    assert (await drawn.owner.post(path, reason, If_Match='"1"')).status_code == 200
    stage = drawn.stages[1]["id"]
    assert (await drawn.owner.delete(f"/v1/stages/{stage}", If_Match='"1"')).status_code == 204
    row = await row_of(drawn.owner)
    assert [row[name] for name in counts] == [1, 2, 1, 0]


async def nominated(drawn: Drawing, touchpoint: dict[str, Any]) -> dict[str, Any]:
    return await drawn.owner.made(f"/v1/touchpoints/{touchpoint['id']}/moments", {})


async def test_open_threads_are_counted_as_far_as_one_sees_them(world: World) -> None:
    drawn = await drawing(world)
    about = {"subject_id": drawn.touchpoints[0]["id"], "kind": "issue"}
    ann, bob = [await drawn.org.member(Group.FRONTLINE_STAFF) for _ in range(2)]
    finance, boss = [
        await drawn.org.member(group) for group in (Group.SUPPORT_STAFF, Group.EXECUTIVE)
    ]
    for visibility in ("everyone", "my_group", "leadership", "private"):
        await ann.made("/v1/annotations", about | {"body": "Slow.", "visibility": visibility})
    seen = [(await row_of(who))["open_thread_count"] for who in (ann, bob, finance, boss)]
    assert seen == [4, 2, 1, 2]


async def test_a_thread_lives_on_off_the_map_uncounted(world: World) -> None:
    drawn = await drawing(world)
    call, visit = drawn.touchpoints
    letter = await drawn.touchpoint("Letter", stage=1)
    for subject in (call, letter, drawn.stages[1], visit):
        about = {"subject_id": subject["id"], "kind": "issue", "body": "Slow."}
        said = await drawn.owner.made("/v1/annotations", about)
    assert (await row_of(drawn.owner))["open_thread_count"] == 4
    for path in (f"/v1/touchpoints/{visit['id']}", f"/v1/stages/{drawn.stages[1]['id']}"):
        assert (await drawn.owner.delete(path, If_Match='"1"')).status_code == 204
    assert (await row_of(drawn.owner))["open_thread_count"] == 1
    assert len((await drawn.owner.read("/v1/annotations"))["items"]) == 4
    await drawn.owner.made(f"/v1/annotations/{said['id']}/replies", {"body": "Still true."})


async def test_what_is_hidden_resolved_or_withdrawn_is_no_open_thread(world: World) -> None:
    drawn = await drawing(world)
    about = {"subject_id": drawn.touchpoints[0]["id"], "kind": "issue", "body": "Slow."}
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    hidden, resolved, withdrawn, _ = [await ann.made("/v1/annotations", about) for _ in range(4)]
    for who, said, verb, body in (
        (drawn.owner, hidden, "hide", {"reason": "Rude."}),
        (drawn.owner, resolved, "resolve", {"resolution": "fixed"}),
        (ann, withdrawn, "withdraw", None),
    ):
        reply = await who.post(f"/v1/annotations/{said['id']}/{verb}", body, If_Match='"1"')
        assert reply.status_code == 200, reply.text
    for reader in (drawn.owner, ann):
        assert (await row_of(reader))["open_thread_count"] == 1


async def test_the_worst_moment_has_the_greatest_emotional_impact(world: World) -> None:
    drawn = await drawing(world)
    call, visit = drawn.touchpoints
    await nominated(drawn, call)
    worst = await nominated(drawn, visit)
    assert (await row_of(drawn.owner))["worst_moment"] is None
    leaders = [await drawn.org.member(Group.EXECUTIVE) for _ in range(2)]
    for number, leader in enumerate(leaders):
        for touchpoint, emotional in ((call, 3), (visit, 4 + number)):
            path = f"/v1/touchpoints/{touchpoint['id']}/ratings/me"
            assert (await leader.put(path, {"emotional": emotional})).status_code in {200, 201}
    told = (await row_of(drawn.owner))["worst_moment"]
    assert (told["id"], told["touchpoint_name"]) == (worst["id"], "Visit")
    assert (told["score"], told["n"], told["tied"]) == (4.5, 2, False)
    assert told["model"] == "emotional_impact"


async def test_filters_narrow_the_list(world: World) -> None:
    org = await world.organization()
    persona = await org.admin.made("/v1/personas", {"name": "Ada"})
    above = await org.admin.made("/v1/departments", {"name": "Service"})
    below = await org.admin.made("/v1/departments", {"name": "Phone", "parent_id": above["id"]})
    boss = await org.member(Group.EXECUTIVE)
    await begun(org.admin, title="100% sure", focus="support", department_id=below["id"])
    await begun(org.admin, title="Future", state="future", persona_ids=[persona["id"]])
    await org.journey(title="Reviewed", owner=boss)
    for query, expected in [
        ("status=draft", {"100% sure", "Future"}),
        ("status=draft&status=in_review", {"100% sure", "Future", "Reviewed"}),
        ("state=future", {"Future"}),
        ("focus=support", {"100% sure"}),
        (f"owner={boss.member_id}", {"Reviewed"}),
        (f"department={above['id']}", {"100% sure"}),
        (f"department={below['id']}", {"100% sure"}),
        (f"persona={persona['id']}", {"Future"}),
        ("q=FUT", {"Future"}),
        ("q=%25", {"100% sure"}),
        ("q=_", set()),
        ("status=draft&q=sure", {"100% sure"}),
    ]:
        assert set(await titles(org.admin, query)) == expected, query


@pytest.mark.parametrize("sort", ["title", "-title", "updated_at", "-updated_at"])
async def test_pages_hold_every_journey_once_in_order(world: World, sort: str) -> None:
    org = await world.organization()
    for title in ("banana", "Apple", "apple", "cherry", "b" * 200, "ü" * 200):
        await begun(org.admin, title=title)
    whole = await titles(org.admin, f"sort={sort}")
    paged: list[str] = []
    query = f"sort={sort}&limit=2"
    while query:
        page = await org.admin.read(f"/v1/journeys?{query}")
        paged += [item["title"] for item in page["items"]]
        cursor = page["next_cursor"]
        query = f"sort={sort}&limit=2&cursor={cursor}" if cursor else ""
    assert paged == whole
    assert len(set(paged)) == 6
    if "updated" in sort:
        assert whole[0] == ("ü" * 200 if sort.startswith("-") else "banana")
    else:
        lowered = [title.lower() for title in whole]
        assert lowered.index("apple") < lowered.index("cherry") or sort.startswith("-")


async def test_a_cursor_belongs_to_its_filters_and_order(world: World) -> None:
    org = await world.organization()
    for _ in range(2):
        await begun(org.admin)
    page = await org.admin.read("/v1/journeys?limit=1&sort=title")
    for query in ("sort=-title", "sort=title&state=current", "sort=updated_at"):
        reply = await org.admin.get(f"/v1/journeys?{query}&cursor={page['next_cursor']}")
        assert (reply.status_code, reply.json()["code"]) == (400, "invalid_cursor")
    for query in ("sort=owner", "status=gone", "limit=0", "title=x"):
        assert (await org.admin.get(f"/v1/journeys?{query}")).status_code == 400
