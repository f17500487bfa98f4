"""The story of a moment: in order, in sentences, and only what its reader may know."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.reports.stage import Scene, done
from tests.world import Caller, Org, World

F, S, D, X = Group


@pytest.fixture
async def org(world: World) -> Org:
    return await world.organization()


async def story(reader: Caller, scene: Scene, query: str = "") -> list[dict[str, Any]]:
    found = await reader.read(f"{scene.path}/ledger?limit=100{query}")
    items: list[dict[str, Any]] = found["items"]
    return items


async def sentences(reader: Caller, scene: Scene, query: str = "") -> list[str]:
    return [item["sentence"] for item in await story(reader, scene, query)]


async def test_a_moment_is_told_from_its_first_day(org: Org) -> None:
    scene = await Scene.of(org)
    ann, max_ = await scene.person("Ann Lee"), await scene.person("Max Head", X)
    await done(max_, "POST", f"{scene.path}/confirm", If_Match='"1"')
    await done(max_, "PATCH", scene.path, {"stakes": "Their trust."}, If_Match='"2"')
    felt = {"label": "anger", "valence": -2, "intensity": 4}
    await scene.owner.made(f"/v1/touchpoints/{scene.touchpoint}/emotions", felt)
    said = await scene.say(ann)
    ended = {"resolution": "fixed", "note": "Shorter now."}
    await done(scene.owner, "POST", f"/v1/annotations/{said['id']}/resolve", ended, If_Match='"1"')
    await done(max_, "POST", f"{scene.path}/retire", {"reason": "Automated."}, If_Match='"3"')
    items = await story(ann, scene)
    assert [item["sentence"] for item in items] == [
        "Olga Own put Call on the map.",
        "Olga Own nominated Call as a moment of truth.",
        "Max Head confirmed Call as a moment of truth.",
        "Max Head changed the stakes of Call.",
        "Olga Own recorded the emotion anger at Call.",
        "Ann Lee left an issue about Call.",
        "Olga Own resolved the thread on the issue about Call as fixed.",
        "Max Head retired Call as a moment of truth.",
    ]
    assert [item["revision"] for item in items] == sorted(item["revision"] for item in items)
    staked, resolved, retired = items[3], items[6], items[7]
    assert staked["actor"] == {"kind": "member", "member_id": str(max_.member_id)}
    assert (staked["subject_kind"], staked["version"]) == ("moment", 3)
    assert (staked["data"]["text"], staked["data"]["changed"]) == ("Their trust.", ["stakes"])
    assert staked["data"]["status"] == "confirmed"
    assert (resolved["data"]["resolution"], resolved["data"]["reason"]) == ("fixed", "Shorter now.")
    assert (retired["data"]["reason"], retired["data"]["role"]) == ("Automated.", None)


async def test_what_belongs_to_other_places_is_not_in_it(org: Org) -> None:
    scene = await Scene.of(org)
    other = await scene.touchpoint_named("Letter")
    await scene.decisive(other)
    await scene.say(scene.owner, other)
    numbers = {"emotional": 3, "business": None, "importance": None, "performance": None}
    await done(scene.owner, "PUT", f"/v1/touchpoints/{scene.touchpoint}/ratings/me", numbers)
    assert len(await story(scene.owner, scene)) == 2


async def test_a_moment_does_not_tell_of_the_one_before_it(org: Org) -> None:
    scene = await Scene.of(org)
    first = scene.moment
    await scene.say(scene.owner, first["id"], kind="idea")
    await done(scene.owner, "POST", f"{scene.path}/retire", {"reason": "No."}, If_Match='"1"')
    scene.moment = await scene.decisive(scene.touchpoint)
    await scene.say(scene.owner, kind="question")
    assert await sentences(scene.owner, scene) == [
        "Olga Own put Call on the map.",
        "Olga Own nominated Call as a moment of truth.",
        "Olga Own left a question about Call.",
    ]


async def test_it_goes_on_from_page_to_page_and_both_ways(org: Org) -> None:
    scene = await Scene.of(org)
    for number in range(5):
        await scene.say(scene.owner, body=f"Number {number}.")
    whole = await story(scene.owner, scene)
    for order, expected in (("asc", whole), ("desc", whole[::-1])):
        path, found, cursor = f"{scene.path}/ledger?limit=3&order={order}", [], ""
        while True:
            page = await scene.owner.read(path + cursor)
            found += page["items"]
            if page["next_cursor"] is None:
                break
            assert len(page["items"]) == 3
            cursor = f"&cursor={page['next_cursor']}"
        assert found == expected
    page = await scene.owner.read(f"{scene.path}/ledger?limit=3")
    other = f"{scene.path}/ledger?order=desc&cursor={page['next_cursor']}"
    reply = await scene.owner.get(other)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_cursor")


async def test_only_what_the_reader_may_see_is_told(org: Org) -> None:
    scene = await Scene.of(org)
    ann, sam, max_ = [await scene.person(n, g) for n, g in (("Ann", F), ("Sam", S), ("Max", X))]
    for visibility in ("everyone", "my_group", "leadership", "private"):
        await scene.say(ann, visibility=visibility, body=visibility)
    seen = {
        "Ann": ["everyone", "my_group", "leadership", "private"],
        "Sam": ["everyone"],
        "Max": ["everyone", "leadership"],
    }
    for name, expected in seen.items():
        told = await story(scene.people[name], scene)
        texts = [item["data"]["text"] for item in told if item["subject_kind"] == "annotation"]
        assert texts == expected, name
    assert sam.name == "Sam"
    assert max_.name == "Max"


async def test_words_are_told_to_those_they_were_for(org: Org) -> None:
    scene = await Scene.of(org)
    ann, sam = await scene.person("Ann"), await scene.person("Sam", S)
    said = await scene.say(ann, visibility="my_group", body="Between us.")
    path = f"/v1/annotations/{said['id']}"
    opened = {"visibility": "everyone", "body": "To all."}
    await done(ann, "PATCH", path, opened, If_Match='"1"')
    told = [item["data"] for item in await story(sam, scene)][2:]
    assert [data["text"] for data in told] == [None, "To all."]
    await done(ann, "POST", f"{path}/withdraw")
    for reader, expected in ((sam, [None] * 3), (ann, ["Between us.", "To all.", "To all."])):
        told = [item["data"] for item in await story(reader, scene)][2:]
        assert [data["text"] for data in told] == expected


async def test_what_was_erased_reads_as_erased(org: Org) -> None:
    scene = await Scene.of(org)
    ann = await scene.person("Ann Lee")
    await scene.say(ann, body="My own words.")
    path = f"/v1/members/{ann.member_id}"
    version = (await org.admin.read(path))["version"]
    await done(org.admin, "POST", f"{path}/erase", If_Match=f'"{version}"')
    items = (await story(scene.owner, scene))[2:]
    assert [item["sentence"] for item in items] == [
        "A former member left an annotation about Call.",
        "The words of an annotation about Call were erased.",
    ]
    for item in items:
        assert "My own words." not in str(item)
        assert "Ann Lee" not in str(item)
    assert items[0]["data"]["kind"] is None


async def test_a_moment_that_is_not_seen_has_no_story(org: Org, world: World) -> None:
    scene = await Scene.of(org, status="draft")
    stranger = (await world.organization()).admin
    for reader in (await org.member(F), stranger):
        assert (await reader.get(f"{scene.path}/ledger")).status_code == 404
    assert (await scene.owner.get(f"{scene.path}/ledger")).status_code == 200
    gone = f"/v1/touchpoints/{scene.touchpoint}"
    await done(scene.owner, "DELETE", gone, If_Match='"1"')
    assert (await scene.owner.get(f"{scene.path}/ledger")).status_code == 404


async def test_an_order_that_there_is_not_is_refused(org: Org) -> None:
    scene = await Scene.of(org)
    reply = await scene.owner.get(f"{scene.path}/ledger?order=loudest")
    assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (400, "order")


async def test_who_answers_since_when_and_what_was_promised(org: Org) -> None:
    scene = await Scene.of(org)
    ann, bob = await scene.person("Ann Lee"), await scene.person("Bob Ray")
    asked = {"member_id": str(ann.member_id), "note": "You know them best."}
    path = f"{scene.path}/responsibilities"
    one = await scene.owner.made(path, {"role": "accountable"} | asked)
    await done(ann, "POST", f"/v1/responsibilities/{one['id']}/accept", If_Match='"1"')
    asked = {"member_id": str(bob.member_id)}
    two = await scene.owner.made(path, {"role": "consulted"} | asked)
    no, busy = f"/v1/responsibilities/{two['id']}/decline", {"reason": "No time."}
    await done(bob, "POST", no, busy, If_Match='"1"')
    over = {"reason": "She moved on."}
    await done(scene.owner, "POST", f"/v1/responsibilities/{one['id']}/end", over, If_Match='"2"')
    told = (await story(bob, scene))[2:]
    assert [item["sentence"] for item in told] == [
        "Olga Own asked Ann Lee to be accountable for Call.",
        "Ann Lee accepted being accountable for Call.",
        "Olga Own asked Bob Ray to be consulted about Call.",
        "Bob Ray declined being consulted about Call.",
        "Olga Own ended that Ann Lee is accountable for Call.",
    ]
    first, accepted, _, declined, _ = [item["data"] for item in told]
    assert (first["role"], first["member_id"]) == ("accountable", str(ann.member_id))
    assert (first["text"], first["status"]) == ("You know them best.", "assigned")
    assert first["due_at"] == one["answer_by"]
    assert accepted["status"] == "accepted"
    assert declined["reason"] == "No time."


async def test_a_department_answers_through_its_head(org: Org) -> None:
    scene = await Scene.of(org)
    head = await scene.person("Hedy Head", D)
    body = {"name": "Billing", "head_member_id": str(head.member_id)}
    department = (await org.admin.made("/v1/departments", body))["id"]
    path = f"{scene.path}/responsibilities"
    one = await scene.owner.made(path, {"role": "responsible", "department_id": department})
    await done(head, "POST", f"/v1/responsibilities/{one['id']}/accept", If_Match='"1"')
    assert (await sentences(head, scene))[2:] == [
        "Olga Own asked Billing to be responsible for Call.",
        "Hedy Head accepted that Billing is responsible for Call.",
    ]


async def test_playbooks_and_their_uses_are_told(org: Org) -> None:
    scene = await Scene.of(org)
    ann, max_ = await scene.person("Ann Lee"), await scene.person("Max Head", X)
    drafted = {"title": "Call back", "recovery_kind": "compensation", "steps": ["Say sorry."]}
    book = await ann.made(f"{scene.path}/playbooks", drafted)
    terms = {"currency": "EUR", "limits": {"frontline_staff": 2000}}
    await done(max_, "POST", f"/v1/playbooks/{book['id']}/approve", terms, If_Match='"1"')
    use = await ann.made(f"/v1/playbooks/{book['id']}/uses", {"amount": 1500})
    result = {"result": "partly_recovered", "result_note": "They stay."}
    await done(ann, "PATCH", f"/v1/playbook-uses/{use['id']}", result, If_Match='"1"')
    told = (await story(scene.owner, scene))[2:]
    assert [item["sentence"] for item in told] == [
        "Ann Lee drafted the playbook “Call back” for Call.",
        "Max Head approved the playbook “Call back” for Call.",
        "Ann Lee used a playbook at Call.",
        "Ann Lee recorded the result of using a playbook at Call as partly recovered.",
    ]
    used, recorded = told[2]["data"], told[3]["data"]
    assert (used["amount"], used["currency"], used["result"]) == (1500, "EUR", "pending")
    assert (recorded["result"], recorded["text"]) == ("partly_recovered", "They stay.")
