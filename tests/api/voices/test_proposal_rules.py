"""A proposal is checked as the direct change is: when it is made, and when it is accepted."""

from typing import Any
from uuid import uuid4

import pytest

from domain.roles import Group
from tests.api.maps.drawing import pointers
from tests.api.maps.events import verbs
from tests.api.voices.proposing import Bench, Thing, accept, accepted, bench
from tests.api.voices.scene import code
from tests.world import Caller, World

F, S, D, X = Group
NOBODY = str(uuid4())
LONG = "x" * 10_001


@pytest.fixture
async def here(world: World) -> Bench:
    return await bench(world)


@pytest.mark.parametrize(
    ("about", "changes", "pointer"),
    [
        ("touchpoint", {"name": ""}, "#/changes/name"),
        ("touchpoint", {"name": None}, "#/changes/name"),
        ("touchpoint", {"quote": LONG}, "#/changes/quote"),
        ("touchpoint", {"evidence": [""]}, "#/changes/evidence/0"),
        ("touchpoint", {"monthly_volume": -1}, "#/changes/monthly_volume"),
        ("touchpoint", {"purchase_phase": "never"}, "#/changes/purchase_phase"),
        ("touchpoint", {"stage_id": NOBODY}, "#/changes/stage_id"),
        ("touchpoint", {"position": "a0"}, "#/changes/position"),
        ("stage", {"name": " "}, "#/changes/name"),
        ("stage", {"quote": "A field of touchpoints."}, "#/changes/quote"),
        ("cell", {"body": LONG}, "#/changes/body"),
        ("cell", {}, "#/changes/body"),
        ("cell", {"body": "So.", "lane_id": NOBODY}, "#/changes/lane_id"),
        ("moment", {"value_at_risk": 10**13}, "#/changes/value_at_risk"),
        ("moment", {"value_currency": "usd"}, "#/changes/value_currency"),
        ("moment", {"status": "confirmed"}, "#/changes/status"),
    ],
)
async def test_what_no_change_may_say_no_proposal_may(
    here: Bench, about: str, changes: Thing, pointer: str
) -> None:
    refused = await here.refused(about, changes)
    assert refused.status_code == 400, refused.text
    assert pointers(refused) == [pointer]


@pytest.mark.parametrize(
    ("about", "changes", "refusal", "pointer"),
    [
        ("touchpoint", {"channel_ids": [NOBODY]}, "unknown_channel", "#/changes/channel_ids/0"),
        (
            "touchpoint",
            {"responsible_department_id": NOBODY},
            "unknown_department",
            "#/changes/responsible_department_id",
        ),
        ("touchpoint", {}, "nothing_to_change", "#/changes"),
        ("touchpoint", {"name": "Call"}, "nothing_to_change", "#/changes"),
        ("stage", {"name": "Before", "description": ""}, "nothing_to_change", "#/changes"),
        ("cell", {"body": ""}, "nothing_to_change", "#/changes"),
        ("moment", {"stakes": "", "triggers": []}, "nothing_to_change", "#/changes"),
    ],
)
async def test_what_would_be_impossible_or_nothing_is_refused_at_once(
    here: Bench, about: str, changes: Thing, refusal: str, pointer: str
) -> None:
    news = await verbs(here.org, here.journey)
    refused = await here.refused(about, changes)
    assert code(refused, 422) == refusal
    assert pointers(refused) == [pointer]
    assert await verbs(here.org, here.journey) == news


async def test_what_somebody_has_done_already_is_not_proposed(here: Bench) -> None:
    await here.change("stage", name="Earlier")
    refused = await here.refused("stage", {"name": "Earlier"}, base_version=1)
    assert code(refused, 422) == "nothing_to_change"
    assert (await here.refused("stage", {"name": "Before"}, base_version=2)).status_code == 201


@pytest.mark.parametrize("about", ["touchpoint", "stage", "cell", "moment"])
async def test_the_version_one_saw_exists(here: Bench, about: str) -> None:
    changes = {"stakes": "So."} if about == "moment" else {"body": "So."}
    changes = {"name": "So."} if about in ("touchpoint", "stage") else changes
    first = 0 if about == "cell" else 1
    for version in (first - 1, first + 1):
        if version >= 0:
            refused = await here.refused(about, changes, base_version=version)
            assert code(refused, 422) == "unknown_version"
            assert pointers(refused) == ["#/base_version"]
    await here.change(about, **changes)
    again = dict.fromkeys(changes, "Or so.")
    for version in (first, first + 1):
        made = await here.refused(about, again, base_version=version)
        assert made.status_code == 201, made.text
        assert made.json()["current_version"] == first + 1


async def test_a_proposal_is_about_one_of_four_kinds(here: Bench) -> None:
    for body, pointer in (
        (here.body("stage", {"name": "So."}) | {"about": "journey"}, "#/about"),
        (here.body("stage", {"name": "So."}) | {"lane_id": here.lane}, "#/lane_id"),
        ({"about": "stage"}, "#/subject_id"),
    ):
        refused = await here.ann.post("/v1/proposals", body)
        assert refused.status_code == 400, refused.text
        assert pointers(refused) == [pointer]


async def test_the_subject_is_of_the_kind_and_on_the_map(here: Bench) -> None:
    for subject in (NOBODY, here.stage, here.scene.moments[0], here.journey):
        refused = await here.refused("touchpoint", {"name": "So."}, subject_id=subject)
        assert refused.status_code == 404, refused.text
    gone = await here.owner.delete(f"/v1/stages/{here.stage}", If_Match='"1"')
    assert gone.status_code == 204
    for about, changes in (("touchpoint", {"name": "So."}), ("moment", {"stakes": "So."})):
        assert (await here.refused(about, changes)).status_code == 404


async def test_a_cell_is_where_the_direct_change_would_write(here: Bench) -> None:
    fields = await here.scene.drawn.lane("What do they think?", kind="thoughts")
    both = {"touchpoint_id": here.scene.here}
    cases: list[tuple[Thing, str, list[str]]] = [
        ({"lane_id": fields["id"]}, "lane_not_custom", []),
        ({"stage_id": None}, "invalid", ["#/stage_id"]),
        (both, "invalid", ["#/stage_id"]),
        ({"stage_id": NOBODY}, "invalid", ["#/stage_id"]),
        ({"stage_id": None, "touchpoint_id": NOBODY}, "invalid", ["#/touchpoint_id"]),
    ]
    for more, refusal, places in cases:
        refused = await here.refused("cell", {"body": "So."}, **more)
        assert (code(refused, 422), pointers(refused)) == (refusal, places)
        body = {"body": "So.", "stage_id": here.stage} | more
        lane = body.pop("lane_id", here.lane)
        directly = await here.owner.put(f"/v1/lanes/{lane}/cells", body, If_Match='"0"')
        assert (code(directly, 422), pointers(directly)) == (refusal, places)


async def test_a_department_that_went_meanwhile_is_not_brought_onto_the_map(here: Bench) -> None:
    made = await here.owner.made("/v1/departments", {"name": "Service"})
    proposal = await here.propose("touchpoint", responsible_department_id=made["id"], name="Ring")
    gone = await here.owner.delete(f"/v1/departments/{made['id']}", If_Match='"1"')
    assert gone.status_code == 204, gone.text
    before = await here.now("touchpoint")
    refused = await accept(here.owner, proposal)
    assert code(refused, 422) == "unknown_department"
    assert pointers(refused) == ["#/changes/responsible_department_id"]
    assert await here.now("touchpoint") == before
    read = await here.owner.read(f"/v1/proposals/{proposal['id']}")
    assert (read["status"], read["version"]) == ("open", 1)


async def test_a_retired_moment_takes_neither_a_proposal_nor_an_acceptance(here: Bench) -> None:
    made = await here.propose("moment", stakes="Their trust.")
    path = f"/v1/moments/{here.scene.moments[0]}/retire"
    retired = await here.owner.post(path, {"reason": "Over."}, If_Match='"1"')
    assert retired.status_code == 200, retired.text
    assert code(await here.refused("moment", {"stakes": "More."}), 409) == "moment_retired"
    assert code(await accept(here.owner, made, over_version=2), 409) == "moment_retired"


async def lock(here: Bench) -> None:
    path = f"/v1/journeys/{here.journey}"
    version = (await here.owner.read(path))["version"]
    reply = await here.owner.post(f"{path}/lock", If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text


async def test_where_all_is_locked_one_may_still_withdraw(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    await lock(here)
    refused = await here.refused("stage", {"name": "Sooner"})
    assert "locked or archived" in refused.json()["detail"]
    assert code(await accept(here.owner, made), 403) == "forbidden"
    for by, may in ((here.owner, []), (here.ann, ["withdraw_proposal"])):
        assert (await by.read(f"/v1/proposals/{made['id']}"))["may"] == may
    assert (await here.ann.post(f"/v1/proposals/{made['id']}/withdraw")).status_code == 200


async def editor(here: Bench) -> tuple[Caller, Thing]:
    bob = await here.org.member(S)
    grant = {"role": "editor", "member_id": str(bob.member_id)}
    return bob, await here.owner.made(f"/v1/journeys/{here.journey}/grants", grant)


async def test_who_may_make_the_change_decides_about_it(here: Bench) -> None:
    bob, grant = await editor(here)
    boss = await here.org.member(X)
    stage, moment = (
        await here.propose("stage", name="Earlier"),
        await here.propose("moment", stakes="Their trust."),
    )
    for by, decides in ((bob, [stage]), (boss, [moment]), (here.owner, [stage, moment])):
        for made in (stage, moment):
            may = (await by.read(f"/v1/proposals/{made['id']}"))["may"]
            assert may == (["decide_proposal"] if made in decides else [])
    for by, made in ((bob, moment), (boss, stage), (here.ann, stage)):
        refused = await accept(by, made)
        assert code(refused, 403) == "forbidden"
        assert "whoever may make that change directly" in refused.json()["detail"]
    assert (await accepted(boss, moment))["decided_by"] == str(boss.member_id)
    gone = await here.owner.delete(f"/v1/grants/{grant['id']}", If_Match='"1"')
    assert gone.status_code == 204, gone.text
    assert code(await accept(bob, stage), 403) == "forbidden"


async def hide(here: Bench, **fields: Any) -> None:
    path = f"/v1/journeys/{here.journey}"
    version = (await here.owner.read(path))["version"]
    reply = await here.owner.patch(path, fields, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text


async def test_proposals_of_a_hidden_journey_do_not_exist(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    boss = await here.org.member(X)
    stranger = (await here.org.world.organization()).admin
    await hide(here, restricted=True)
    path = f"/v1/proposals/{made['id']}"
    for by in (here.ann, boss, stranger):
        assert (await by.get(path)).status_code == 404
        assert (await by.read("/v1/proposals"))["items"] == []
        assert (await by.read(f"/v1/proposals?subject={here.stage}"))["items"] == []
        assert (await accept(by, made)).status_code == 404
        assert (await by.post(f"{path}/withdraw")).status_code == 404
        body = here.body("stage", {"name": "Sooner"})
        assert (await by.post("/v1/proposals", body)).status_code == 404
    assert len((await here.owner.read("/v1/proposals"))["items"]) == 1


async def test_the_feed_tells_of_proposals_whoever_reads(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    await accepted(here.owner, made)
    reader = await here.org.member(S)
    events = (await reader.read(f"/v1/journeys/{here.journey}/events?limit=100"))["items"]
    told = [(one["verb"], one["actor"]["member_id"]) for one in events[-3:]]
    ann, owner = str(here.ann.member_id), str(here.owner.member_id)
    assert told == [
        ("proposal.made", ann), ("stage.updated", owner), ("proposal.accepted", owner),
    ]  # fmt: skip
    assert (events[-1]["subject_kind"], events[-1]["version"]) == ("proposal", 2)
