"""Importing a document: made, made again, changed, tried, and not by everybody."""

from copy import deepcopy
from typing import Any
from uuid import UUID

from domain import ledger
from domain.roles import Group
from tests.api.maps.documents import JOURNEY, MAKES
from tests.world import Caller, Org, World, actor_of

ADDRESS = "/v1/journeys/import"


def document(**journey: Any) -> dict[str, Any]:
    copy = deepcopy(JOURNEY)
    copy["journey"] |= journey
    return copy


async def imported(caller: Caller, body: dict[str, Any], query: str = "") -> dict[str, Any]:
    reply = await caller.post(ADDRESS + query, body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def counted(result: dict[str, Any], outcome: str) -> dict[str, int]:
    return {one["kind"]: one[outcome] for one in result["counts"] if one[outcome]}


async def revision(org: Org, stream: UUID | str) -> int:
    async with org.world.database.transaction(org.id) as tx:
        return (await ledger.lock(tx, actor_of(org.admin, org.id), UUID(str(stream)))).revision


async def test_a_document_makes_a_journey_with_everything_in_it(world: World) -> None:
    org = await world.organization()
    before = await revision(org, org.id)
    result = await imported(org.admin, document())
    assert counted(result, "created") == MAKES
    assert result["entries"] == sum(MAKES.values())
    assert await revision(org, result["journey_id"]) == sum(MAKES.values()) - 4
    assert await revision(org, org.id) - before == 4
    listed = await org.admin.read(f"/v1/annotations?journey={result['journey_id']}&kind=issue")
    said = listed["items"][0]
    assert (said["author_id"], said["attributed_to"]) == (str(org.admin.member_id), "A rider")
    assert said["reply_count"] == 1
    assert said["touchpoint_id"] == said["subject_id"]


async def test_the_source_is_credited_and_the_importer_owns_it(world: World) -> None:
    org = await world.organization()
    result = await imported(org.admin, document())
    journey = await org.admin.read(f"/v1/journeys/{result['journey_id']}")
    assert journey["attribution"] == "A study\nA university\nCC BY 4.0"
    assert journey["owner_id"] == str(org.admin.member_id)
    assert journey["status"] == "draft"


async def test_a_second_import_of_the_same_document_writes_nothing(world: World) -> None:
    org = await world.organization()
    first = await imported(org.admin, document())
    streams = [first["journey_id"], org.id]
    before = [await revision(org, stream) for stream in streams]
    again = await imported(org.admin, document())
    assert (again["journey_id"], again["entries"]) == (first["journey_id"], 0)
    assert counted(again, "unchanged") == MAKES
    assert [await revision(org, stream) for stream in streams] == before


def stage(body: dict[str, Any], key: str) -> Any:
    return next(one for one in body["stages"] if one["key"] == key)


def wait(body: dict[str, Any]) -> Any:
    return next(one for one in stage(body, "before")["touchpoints"] if one["key"] == "wait")


def get_off(body: dict[str, Any]) -> None:
    stage(body, "before")["touchpoints"].append(stage(body, "after")["touchpoints"].pop())


CHANGES: list[tuple[str, Any]] = [
    ("journey", lambda d: d["journey"].update(title="I ride home")),
    ("persona", lambda d: d["personas"][0].update(goals=["be on time", "sit"])),
    ("stage", lambda d: stage(d, "before").update(name="Earlier")),
    ("stage", lambda d: d["stages"].reverse()),
    ("touchpoint", lambda d: stage(d, "before")["touchpoints"].reverse()),
    ("touchpoint", lambda d: wait(d).update(channels=["phone"])),
    ("touchpoint", lambda d: wait(d).update(optional=True)),
    ("touchpoint", get_off),
    ("touchpoint", lambda d: wait(d).update(responsible_department=None)),
    ("emotion", lambda d: wait(d)["emotions"][0].update(valence=-2)),
    ("annotation", lambda d: wait(d)["annotations"][0].update(body="Late on Mondays.")),
    ("lane", lambda d: d["lanes"][0].update(question="What would help?")),
    ("cell", lambda d: d["lanes"][0]["cells"][0].update(body="Show it.")),
    ("moment", lambda d: d["moments"][0].update(triggers=["rain"])),
    ("moment", lambda d: d["moments"].append({"key": "m2", "touchpoint": "leave"})),
    ("reply", lambda d: wait(d)["annotations"][0]["replies"].append({"key": "b", "body": "So?"})),
    ("stage", lambda d: d["stages"].insert(1, {"key": "ride", "name": "Ride"})),
    ("department", lambda d: d["departments"].append({"key": "it", "name": "IT"})),
]


async def test_each_change_writes_exactly_one_entry(world: World) -> None:
    org = await world.organization()
    body = document()
    await imported(org.admin, body)
    for number, (kind, change) in enumerate(CHANGES):
        change(body)
        result = await imported(org.admin, body)
        told = counted(result, "updated") | counted(result, "created")
        assert (number, result["entries"], told) == (number, 1, {kind: 1})
        assert (await imported(org.admin, body))["entries"] == 0, number


async def test_what_the_document_no_longer_names_stays(world: World) -> None:
    org = await world.organization()
    first = await imported(org.admin, document())
    less = document()
    del less["stages"][1], less["lanes"], less["moments"], less["personas"]
    del less["stages"][0]["touchpoints"][0]["expectation"]
    assert (await imported(org.admin, less))["entries"] == 0
    assert (await imported(org.admin, document()))["entries"] == 0
    journey = await org.admin.read(f"/v1/journeys/{first['journey_id']}")
    assert len(journey["persona_ids"]) == 1


async def test_a_dry_run_tells_and_keeps_nothing(world: World) -> None:
    org = await world.organization()
    before = await revision(org, org.id)
    trial = await imported(org.admin, document(), "?dry_run=true")
    assert (trial["journey_id"], trial["dry_run"]) == (None, True)
    assert counted(trial, "created") == MAKES
    assert await revision(org, org.id) == before
    first = await imported(org.admin, document())
    assert counted(first, "created") == MAKES
    reply = await org.admin.post(ADDRESS + "?dry_run=true", document(title="Another"))
    assert "Journey-Revision" not in reply.headers
    assert counted(reply.json(), "updated") == {"journey": 1}
    assert reply.json()["journey_id"] == first["journey_id"]
    assert (await imported(org.admin, document()))["entries"] == 0


async def test_frontline_staff_may_not_make_one_and_an_editor_may_update_it(world: World) -> None:
    org = await world.organization()
    ann = await org.member(Group.FRONTLINE_STAFF)
    refused = await ann.post(ADDRESS, document())
    assert refused.status_code == 403
    assert "may create a journey" in refused.json()["detail"]
    first = await imported(org.admin, document())
    unseen = await ann.post(ADDRESS, document(title="Mine"))
    assert unseen.json()["detail"] == refused.json()["detail"]  # as if there were none
    dan = await org.member(Group.DECISION_MAKER)
    taken = await dan.post(ADDRESS, document(title="Mine"))
    assert (taken.status_code, taken.json()["code"]) == (409, "import_key_taken")
    assert taken.json()["errors"][0]["pointer"] == "#/journey/key"
    where = f"/v1/journeys/{first['journey_id']}"
    grant = {"member_id": str(ann.member_id), "role": "participant"}
    await org.admin.made(f"{where}/grants", grant)
    refused = await ann.post(ADDRESS, document(title="Mine"))
    assert refused.status_code == 403
    assert "owner" in refused.json()["detail"]
    await org.admin.made(f"{where}/grants", grant | {"role": "editor"})
    assert (await imported(ann, document(title="Mine")))["entries"] == 1


async def test_a_field_takes_what_it_takes_elsewhere(world: World) -> None:
    org = await world.organization()
    body = document()
    body["personas"][0]["quote"] = "q" * 1_000
    body["lanes"][0]["question"] = "?" * 500
    wait(body)["process"] = "p" * 10_000
    await imported(org.admin, body)
    body["personas"][0]["quote"] += "q"
    body["lanes"][0]["question"] += "?"
    wait(body)["process"] += "p"
    body["channels"][0]["key"] = "9.x"
    reply = await org.admin.post(ADDRESS, body)
    assert {"/".join(one["pointer"].split("/")[-1:]) for one in reply.json()["errors"]} >= {
        "quote",
        "question",
        "process",
        "key",
    }


async def test_moments_arrive_nominated_when_the_importer_may_not_confirm(world: World) -> None:
    org = await world.organization()
    ann = await org.member(Group.FRONTLINE_STAFF)
    body = document()
    del body["moments"]
    first = await imported(org.admin, body)
    grant = {"member_id": str(ann.member_id), "role": "editor"}
    await org.admin.made(f"/v1/journeys/{first['journey_id']}/grants", grant)
    refused = await ann.post(ADDRESS, document())
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["#/moments/0"]
    body["moments"] = [{"key": "m1", "touchpoint": "wait", "status": "confirmed"}]
    assert (await imported(ann, body))["entries"] == 1
    assert (await imported(ann, body))["entries"] == 0
    again = await imported(org.admin, body)
    assert counted(again, "updated") == {"moment": 1}
    moments = await org.admin.read(f"/v1/journeys/{first['journey_id']}/moments")
    assert [one["moment_status"] for one in moments["items"]] == ["confirmed"]


async def test_another_organization_has_keys_of_its_own(world: World) -> None:
    here, there = await world.organization(), await world.organization()
    first = await imported(here.admin, document())
    second = await imported(there.admin, document())
    assert first["journey_id"] != second["journey_id"]
    assert counted(second, "created") == MAKES
