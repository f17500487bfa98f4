"""Findings: of seven kinds, each with its own fields; closed, reopened, removed, brought back."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.accountability.playbook_scene import close as lock
from tests.api.findings.finding_scene import BODIES, add, do, listed, read
from tests.api.voices.scene import code, etag, scene
from tests.world import World

F, S, D, X = Group
OWN = {
    "pain_point": {"pain": "frustration", "side": "customer", "severity": 4, "frequency": 5},
    "requirement": {"side": "business", "met": False},
    "information_gap": {"fault": "inaccurate", "lacking": "frontline_staff"},
    "experience": {"experience": "valued"},
    "obstacle": {"blocks": "One answer."},
    "drop_off": {
        "entered": 9,
        "left": 3,
        "went_to": "The phone.",
        "source": "Web analytics",
        "measured_from": "2026-01-01",
        "measured_to": "2026-01-31",
    },
    "promise": {"met": True},
}
EVERY = {
    "pain", "side", "severity", "frequency", "met", "fault", "lacking", "experience",
    "department_id", "blocks", "entered", "left", "went_to", "source", "measured_from",
    "measured_to", "caused_by_id",
}  # fmt: skip


@pytest.mark.parametrize(("noun", "kind"), [*zip(BODIES, OWN, strict=True)])
async def test_a_finding_says_what_its_kind_says(world: World, noun: str, kind: str) -> None:
    place = await scene(world)
    one = await add(place, place[F], noun, **OWN[kind])
    assert (one["kind"], one["status"], one["version"]) == (kind, "open", 1)
    assert (one["touchpoint_name"], one["contact_context"]) == ("Wait", "any")
    assert {name: one[name] for name in OWN[kind]} == OWN[kind]
    assert {name for name in EVERY - set(OWN[kind]) if one[name] is not None} == set()
    assert one["drop_off_rate"] == (0.3333 if kind == "drop_off" else None)
    assert one["may"] == ["edit_finding", "vote", "annotate"]
    wrong = next(name for name in ("entered", "experience") if name not in OWN[kind])
    value = 3 if wrong == "entered" else "valued"
    path = f"/v1/findings/{one['id']}"
    refused = await place[F].patch(path, {wrong: value}, **etag(1))
    assert code(refused, 422) == "not_of_this_kind"
    assert refused.json()["errors"][0]["pointer"] == f"#/{wrong}"
    said = await place[F].patch(path, {"text": "Else.", "contact_context": "first"}, **etag(1))
    assert (said.json()["text"], said.json()["contact_context"]) == ("Else.", "first")
    assert said.headers["etag"] == '"2"'


async def test_who_may_edit_close_and_reopen(world: World) -> None:
    place = await scene(world)
    one = await add(place, place[F])
    for group in (S, D, X):
        assert (await read(place[group], one))["may"] == ["vote", "annotate"]
        assert code(await do(place[group], one, "close", {"status": "addressed"}), 403)
    assert code(await place[F].post(f"/v1/findings/{one['id']}/close", {"status": "merged"}), 400)
    before = await place.revision()
    closed = await do(place.owner, one, "close", {"status": "addressed", "note": "More staff."})
    assert closed.status_code == 200, closed.text
    one = closed.json()
    assert (one["status"], one["status_note"]) == ("addressed", "More staff.")
    assert one["closed_by"] == str(place.owner.member_id)
    for refused in (
        await do(place[F], one, "close", {"status": "dismissed"}),
        await place[F].patch(f"/v1/findings/{one['id']}", {"text": "x"}, **etag(2)),
        await place[S].put(f"/v1/findings/{one['id']}/vote"),
    ):
        assert code(refused, 409) == "finding_addressed"
    assert code(await do(place[F], one | {"version": 1}, "reopen"), 412) == "stale"
    opened = (await do(place[F], one, "reopen")).json()
    assert (opened["status"], opened["status_note"], opened["closed_at"]) == ("open", "", None)
    assert code(await do(place[F], opened, "reopen"), 409) == "finding_open"
    assert await place.verbs(before) == ["finding.closed", "finding.reopened"]
    await lock(place)
    assert (await read(place[F], one))["may"] == []
    refused = await place[F].post(
        f"/v1/touchpoints/{place.touchpoint}/promises", BODIES["promises"]
    )
    assert code(refused, 403) == "forbidden"


async def test_what_is_removed_is_gone_until_it_is_brought_back(world: World) -> None:
    place = await scene(world)
    one = await add(place, place[F])
    path = f"/v1/findings/{one['id']}"
    assert code(await place[S].delete(path, **etag(1)), 403) == "forbidden"
    assert (await place[F].delete(path, **etag(1))).status_code == 204
    assert code(await place[F].get(path), 404) == "not_found"
    assert await listed(place[F]) == []
    assert code(await place[F].delete(path, **etag(2)), 404) == "not_found"
    back = f"/v1/subjects/{one['id']}/restore"
    assert code(await place[S].post(back), 403) == "forbidden"
    restored = await place[F].post(back)
    assert (restored.json()["subject_kind"], restored.json()["version"]) == ("finding", 3)
    assert code(await place[F].post(back), 404) == "not_found"
    gone = await place.owner.delete(f"/v1/touchpoints/{place.touchpoint}", **etag(1))
    assert gone.status_code == 204
    assert code(await place[F].get(path), 404) == "not_found"
    assert code(await place[F].put(f"{path}/vote"), 404) == "not_found"
    refused = await place[F].post(
        f"/v1/touchpoints/{place.touchpoint}/promises", BODIES["promises"]
    )
    assert code(refused, 404) == "not_found"


@pytest.mark.parametrize(
    ("fields", "pointer", "status"),
    [
        ({"entered": 2, "left": 3}, "#/left", 422),
        ({"measured_from": "2026-02-01", "measured_to": "2026-01-31"}, "#/measured_to", 422),
        ({"caused_by_id": "00000000-0000-7000-8000-000000000000"}, "#/caused_by_id", 422),
        ({"from": ["00000000-0000-7000-8000-000000000000"]}, "#/from/0", 422),
        ({"text": "  "}, "#/text", 400),
        ({"left": -1}, "#/left", 400),
        ({"severity": 3}, "#/severity", 400),
    ],
)
async def test_a_drop_off_that_cannot_be(
    world: World, fields: dict[str, Any], pointer: str, status: int
) -> None:
    place = await scene(world)
    path = f"/v1/touchpoints/{place.touchpoint}/drop-offs"
    refused = await place[F].post(path, BODIES["drop-offs"] | fields)
    assert refused.status_code == status, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer


async def test_what_makes_customers_leave(world: World) -> None:
    place = await scene(world)
    pain = await add(place, place[F])
    lost = await add(place, place[D], "drop-offs", caused_by_id=pain["id"])
    assert lost["caused_by_id"] == pain["id"]
    other = await add(place, place[D], "drop-offs", caused_by_id=lost["id"])
    path = f"/v1/findings/{lost['id']}"
    refused = await place[D].patch(path, {"caused_by_id": other["id"]}, **etag(1))
    assert code(refused, 422) == "circular"
    refused = await place[D].patch(path, {"left": 10}, **etag(1))
    assert code(refused, 422) == "contradiction"
    nobody = await place[D].patch(path, {"entered": 0, "left": 0, "caused_by_id": None}, **etag(1))
    assert nobody.json()["drop_off_rate"] is None


async def test_the_list_is_narrowed_and_paged(world: World) -> None:
    place = await scene(world)
    made = {noun: (await add(place, place[F], noun))["id"] for noun in BODIES}
    bad = (await add(place, place[S], severity=5, side="business"))["id"]
    mild = (await add(place, place[S], severity=2))["id"]
    newest = [mild, bad, *list(made.values())[::-1]]
    assert await listed(place[X]) == newest
    assert await listed(place[X], f"journey={place.journey}&severity_min=3") == [bad]
    assert await listed(place[X], "side=business") == [bad]
    assert await listed(place[X], "kind=obstacle&kind=promise") == [
        made["promises"],
        made["obstacles"],
    ]
    assert await listed(place[X], f"author={place[S].member_id}&touchpoint={place.touchpoint}") == [
        mild,
        bad,
    ]
    assert await listed(place[X], "met=true") == []
    assert await listed(place[X], f"stage={place.stage}&contact_context=repeat") == []
    assert len(await listed(place[X], f"stage={place.stage}")) == 9
    first = await place[X].read("/v1/findings?limit=5")
    rest = await place[X].read(f"/v1/findings?limit=5&cursor={first['next_cursor']}")
    assert [one["id"] for one in first["items"] + rest["items"]] == newest
    assert rest["next_cursor"] is None


async def test_what_is_not_seen_is_not_there(world: World) -> None:
    place = await scene(world, restricted=True)
    one = await add(place, place.owner)
    stranger = (await world.organization()).admin
    path = f"/v1/findings/{one['id']}"
    for caller in (place[X], stranger):
        assert code(await caller.get(path), 404) == "not_found"
        assert code(await caller.patch(path, {"text": "x"}, **etag(1)), 404) == "not_found"
        assert code(await caller.put(f"{path}/vote"), 404) == "not_found"
        assert await listed(caller) == []


async def test_votes_count_by_group_and_once_each(world: World) -> None:
    place = await scene(world)
    one = await add(place, place[F])
    path = f"/v1/findings/{one['id']}"
    before = await place.revision()
    for _ in range(2):
        for group in (F, X):
            voted = await place[group].put(f"{path}/vote")
            assert voted.json()["votes"]["mine"] is True, voted.text
    by_group = {"frontline_staff": 1, "support_staff": 0, "decision_maker": 0, "executive": 1}
    votes = {"count": 2, "by_group": by_group, "mine": False}
    assert (await read(place[S], one))["votes"] == votes
    assert (await place[X].delete(f"{path}/vote")).status_code == 204
    assert code(await place[X].delete(f"{path}/vote"), 404) == "not_found"
    assert (await read(place[S], one))["votes"]["count"] == 1
    assert (await place[X].put(f"{path}/vote")).json()["votes"]["count"] == 2
    told = ["vote.given", "vote.given", "vote.taken_back", "vote.given"]
    assert await place.verbs(before) == told


async def test_a_thread_about_a_finding(world: World) -> None:
    place = await scene(world)
    one = await add(place, place[F])
    said = await place.say(place[S], subject_id=one["id"])
    assert said["touchpoint_id"] == str(place.touchpoint)
    assert (said["anchor"]["kind"], said["anchor"]["name"]) == ("finding", "They wait an hour.")
    path = f"/v1/annotations?under={place.touchpoint}&subject={one['id']}"
    assert [told["id"] for told in (await place[X].read(path))["items"]] == [said["id"]]
    await place[F].delete(f"/v1/findings/{one['id']}", **etag(1))
    orphan = (await place[X].read(f"/v1/annotations?journey={place.journey}&orphaned=true"))[
        "items"
    ]
    assert [told["id"] for told in orphan] == [said["id"]]
