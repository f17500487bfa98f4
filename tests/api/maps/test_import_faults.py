"""A document with faults is refused with all of them, and nothing is changed."""

import json
from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest

from domain import ledger
from domain.roles import Group
from tests.api.maps.documents import JOURNEY
from tests.world import Org, World, actor_of

ADDRESS = "/v1/journeys/import"


async def revisions(org: Org, *streams: UUID | str) -> list[int]:
    async with org.world.database.transaction(org.id) as tx:
        actor = actor_of(org.admin, org.id)
        return [(await ledger.lock(tx, actor, UUID(str(one)))).revision for one in streams]


def ten_faults() -> dict[str, Any]:
    body = deepcopy(JOURNEY)
    wait = body["stages"][0]["touchpoints"][0]
    del body["source"]["publisher"]
    body["journey"]["focus"] = "everything"
    body["stages"][0]["color"] = "red"
    body["stages"][1]["key"] = "before"
    wait["emotions"][0]["valence"] = 3
    wait["responsible_department"] = "nobody"
    wait["channels"].append("carrier_pigeon")
    body["lanes"][0]["cells"].append({"body": "Nowhere."})
    body["moments"][0]["touchpoint"] = "nowhere"
    body["departments"][1]["parent"] = "yard"
    return body


TEN_PLACES = {
    "#/source/publisher": "missing",
    "#/journey/focus": "invalid",
    "#/stages/0/color": "unknown_field",
    "#/stages/1/key": "duplicate_key",
    "#/stages/0/touchpoints/0/emotions/0/valence": "invalid",
    "#/stages/0/touchpoints/0/responsible_department": "unknown_department",
    "#/stages/0/touchpoints/0/channels/2": "unknown_channel",
    "#/lanes/0/cells/2": "one_place",
    "#/moments/0/touchpoint": "unknown_touchpoint",
    "#/departments/1/parent": "department_cycle",
}


async def test_ten_faults_have_ten_places_and_nothing_changes(world: World) -> None:
    org = await world.organization()
    made = (await org.admin.post(ADDRESS, JOURNEY)).json()["journey_id"]
    before = await revisions(org, org.id, made)
    reply = await org.admin.post(ADDRESS, ten_faults())
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_document")
    found = {fault["pointer"]: fault["code"] for fault in reply.json()["errors"]}
    assert found.items() >= TEN_PLACES.items()
    advice = {fault["pointer"]: fault["detail"] for fault in reply.json()["errors"]}
    assert advice["#/journey/focus"].startswith("Use one of: overall, buying, ")
    assert found.keys() - TEN_PLACES.keys() <= {"#/departments/0/parent"}  # the other in the circle
    assert await revisions(org, org.id, made) == before
    assert (await org.admin.post(ADDRESS, JOURNEY)).json()["entries"] == 0


async def test_who_does_not_administer_brings_no_departments_and_channels(world: World) -> None:
    org = await world.organization()
    body = deepcopy(JOURNEY)
    dan = await org.member(Group.DECISION_MAKER)
    reply = await dan.post(ADDRESS, body)
    assert reply.status_code == 422
    assert [fault["pointer"] for fault in reply.json()["errors"]] == [
        "#/departments/0/name",
        "#/departments/1/name",
        "#/channels/0/key",
    ]
    await org.admin.post(ADDRESS, body)
    body["journey"]["key"] = "mine"
    result = await dan.post(ADDRESS, body)
    assert result.status_code == 200, result.text
    kept = [one for one in result.json()["counts"] if one["unchanged"]]
    assert [(one["kind"], one["unchanged"]) for one in kept] == [("department", 2), ("channel", 1)]


def _two_moments(body: dict[str, Any]) -> None:
    body["moments"].append({"key": "m2", "touchpoint": "wait"})


def _lane_of_a_field(body: dict[str, Any]) -> None:
    body["lanes"][0]["kind"] = "thoughts"


def _same_name(body: dict[str, Any]) -> None:
    body["departments"][1]["name"] = "BUS YARD"


def _no_list(body: dict[str, Any]) -> None:
    body["stages"] = {"0": "Before"}


def _too_many(body: dict[str, Any]) -> None:
    body["personas"] = [{"key": f"p{number}", "name": "P"} for number in range(51)]


def _masses(body: dict[str, Any]) -> None:
    body["lanes"][0]["cells"] = [{}] * 2_000


def _one_place(body: dict[str, Any]) -> None:
    body["lanes"][0]["cells"].append(body["lanes"][0]["cells"][0])


def _more_than_the_map_tells(body: dict[str, Any]) -> None:
    body["stages"][0]["touchpoints"][0]["monthly_volume"] = 2_000_000_001


def _no_object(body: dict[str, Any]) -> None:
    body["stages"][1] = "After"


def _no_key(body: dict[str, Any]) -> None:
    del body["journey"]["key"]


def _wrong_format(body: dict[str, Any]) -> None:
    body["format"] = "touchstone-journey/2"


def _deep(body: dict[str, Any]) -> None:
    body["stages"][0]["touchpoints"][0]["evidence"] = ["a study", 3]


@pytest.mark.parametrize(
    ("spoil", "pointer", "code"),
    [
        (_two_moments, "#/moments/1/touchpoint", "duplicate_moment"),
        (_lane_of_a_field, "#/lanes/0/cells/0", "not_custom"),
        (_same_name, "#/departments/1/name", "duplicate_name"),
        (_no_list, "#/stages", "invalid"),
        (_too_many, "#/personas", "too_many"),
        (_masses, "#", "too_many"),
        (_one_place, "#/lanes/0/cells/2", "duplicate_cell"),
        (_no_object, "#/stages/1", "invalid"),
        (_no_key, "#/journey/key", "missing"),
        (_wrong_format, "#/format", "invalid"),
        (_deep, "#/stages/0/touchpoints/0/evidence/1", "invalid"),
        (_more_than_the_map_tells, "#/stages/0/touchpoints/0/monthly_volume", "invalid"),
    ],
)
async def test_a_fault_has_its_place(world: World, spoil: Any, pointer: str, code: str) -> None:
    org = await world.organization()
    body = deepcopy(JOURNEY)
    spoil(body)
    reply = await org.admin.post(ADDRESS, body)
    assert reply.status_code == 422
    assert {"pointer": pointer, "code": code}.items() <= reply.json()["errors"][0].items()


async def test_words_of_others_stay_theirs(world: World) -> None:
    org = await world.organization()
    made = (await org.admin.post(ADDRESS, JOURNEY)).json()["journey_id"]
    dan = await org.member(Group.DECISION_MAKER)
    grant = {"member_id": str(dan.member_id), "role": "editor"}
    await org.admin.made(f"/v1/journeys/{made}/grants", grant)
    body = deepcopy(JOURNEY)
    said = body["stages"][0]["touchpoints"][0]["annotations"][0]
    said["body"] = "Never late."
    said["replies"][0]["body"] = "The yard opens early."
    reply = await dan.post(ADDRESS, body)
    places = {fault["pointer"]: fault["code"] for fault in reply.json()["errors"]}
    where = "#/stages/0/touchpoints/0/annotations/0"
    assert places == {where: "not_allowed", f"{where}/replies/0": "reply_written"}


async def test_what_was_removed_is_not_brought_back_in_silence(world: World) -> None:
    org = await world.organization()
    made = (await org.admin.post(ADDRESS, JOURNEY)).json()["journey_id"]
    rows = await org.admin.read(f"/v1/journeys/{made}/map")
    gone = next(one for one in rows["stages"] if one["name"] == "After")
    removed = await org.admin.delete(f"/v1/stages/{gone['id']}", If_Match=f'"{gone["version"]}"')
    assert removed.status_code == 204
    reply = await org.admin.post(ADDRESS, JOURNEY)
    assert [fault["code"] for fault in reply.json()["errors"]] == ["removed"]
    assert reply.json()["errors"][0]["pointer"] == "#/stages/1"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"[]", 422, "invalid_document"),
        (b'{"format": ', 400, "malformed"),
        (b'{"a": "\\u0000"}', 400, "malformed"),
        (b'{"a": 1, "a": 1}', 400, "malformed"),
        (b"[" * 65 + b"]" * 65, 400, "malformed"),
        (b'{"a": "' + b"x" * 4_194_304 + b'"}', 413, "body_too_large"),
    ],
)
async def test_the_gate_is_as_strict_as_everywhere(
    world: World, body: bytes, status: int, code: str
) -> None:
    org = await world.organization()
    headers = {"authorization": f"Bearer {org.admin.token}", "content-type": "application/json"}
    reply = await world.http.post(ADDRESS, content=body, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (status, code)


async def test_more_than_a_megabyte_is_welcome(world: World) -> None:
    org = await world.organization()
    body = deepcopy(JOURNEY)
    body["stages"][0]["annotations"] = [
        {"key": f"a{number}", "kind": "comment", "body": "word " * 1_000} for number in range(300)
    ]
    assert len(json.dumps(body)) > 1_500_000
    reply = await org.admin.post(ADDRESS, body)
    assert reply.status_code == 200, reply.text
