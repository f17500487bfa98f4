"""Outcomes: what moved, said without a cause, verified by somebody else before it counts."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.outcomes.action_scene import begun, judged, recorded, set_up, waived
from tests.api.outcomes.opportunity_scene import moved
from tests.api.voices.scene import code, scene
from tests.world import World

F, S, D, X = Group


async def test_done_takes_an_outcome_that_somebody_else_verified(world: World) -> None:
    place = await scene(world)
    one, before = await begun(place, place[F]), await place.revision()
    assert (await moved(place[F], one, "delivered")).json()["delivered_at"]
    refused = await moved(place[F], one, "done")
    assert code(refused, 409) == "outcome_missing"
    assert "Record what moved" in refused.json()["detail"]
    outcome = (await recorded(place[F], one)).json()
    assert (outcome["version"], outcome["status"]) == (1, "recorded")
    assert "waits to be verified" in (await moved(place[F], one, "done")).json()["detail"]
    for who in (F, S):
        assert code(await judged(place[who], one), 403) == "forbidden"
    disputed = await judged(place[D], one, "disputed", note="Too few.")
    assert (disputed.json()["judgment_note"], disputed.json()["status"]) == ("Too few.", "disputed")
    assert "was disputed" in (await moved(place[F], one, "done")).json()["detail"]
    assert code(await judged(place[X], one), 409) == "outcome_judged"
    again = (await recorded(place[F], one, 2, actual_n=400)).json()
    assert (again["status"], again["judged_by"], again["judgment_note"]) == ("recorded", None, "")
    assert (await judged(place[X], one)).json()["judged_by"] == str(place[X].member_id)
    done = await moved(place[F], one, "done")
    assert (done.json()["status"], done.json()["outcome_status"]) == ("done", "verified")
    assert code(await recorded(place[F], one, 4), 409) == "action_done"
    assert await place.verbs(before) == [
        "action.moved",
        "outcome.recorded",
        "outcome.disputed",
        "outcome.recorded",
        "outcome.verified",
        "action.moved",
    ]


async def test_nobody_verifies_their_own(world: World) -> None:
    place = await scene(world)
    one = await begun(place, place[D])
    assert (await recorded(place[X], one)).status_code == 200
    for who, why in ((D, "You own this action,"), (X, "You recorded this outcome.")):
        refused = await judged(place[who], one)
        assert code(refused, 403) == "forbidden"
        assert why in refused.json()["detail"]
    may = {who: (await place[who].read(f"/v1/actions/{one['id']}"))["may"] for who in (D, X)}
    assert may == {D: ["update_action"], X: ["update_action", "waive_outcome"]}
    assert (await judged(place.owner, one)).status_code == 200


async def test_handing_an_action_over_does_not_let_its_owner_verify(world: World) -> None:
    place = await scene(world)
    one = await begun(place, place[D])
    assert (await recorded(place[X], one)).status_code == 200
    path = f"/v1/actions/{one['id']}"
    owner = {"owner_id": str(place[F].member_id)}
    assert (await place[D].patch(path, owner, If_Match='"2"')).status_code == 200
    assert (await place[D].read(path))["may"] == []
    for who in (D, F):
        assert code(await judged(place[who], one), 403) == "forbidden"
    again = await recorded(place[X], one, 1, actual_n=400)
    assert again.status_code == 200
    assert (await judged(place[D], one)).json()["judged_by"] == str(place[D].member_id)


async def test_an_executive_who_does_not_own_it_waives_by_name(world: World) -> None:
    place = await scene(world)
    mine = await begun(place, place[X])
    assert code(await waived(place[X], mine), 403) == "forbidden"
    one = await begun(place, place[F])
    for who in (F, D):
        assert code(await waived(place[who], one), 403) == "forbidden"
    told = (await waived(place[X], one)).json()
    assert (told["waived_by"], told["waiver_reason"]) == (
        str(place[X].member_id),
        "The law asks for it.",
    )
    assert code(await waived(place[X], one), 409) == "outcome_waived"
    for to in ("delivered", "done"):
        assert (await moved(place[F], one, to)).status_code == 200


async def test_it_says_what_moved_and_claims_no_cause(world: World) -> None:
    place = await scene(world)
    one = await begun(place, place[F])
    told = (await recorded(place[F], one)).json()["moved"]
    assert told == {
        "difference": -17.5,
        "relative": -0.4375,
        "direction": "better",
        "target_reached": True,
        "sentence": "Waiting time moved after the action: from 40 minutes (2026-08-01 to"
        " 2026-08-31, n=120) to 22.5 minutes (2026-10-01 to 2026-10-31,"
        " n=98). That is no proof of cause.",
    }
    fields = {"baseline": 0, "actual": 0.000001, "target": None, "actual_n": None}
    told = (await recorded(place[F], one, 1, **fields)).json()["moved"]
    assert (told["relative"], told["direction"], told["target_reached"]) == (None, "worse", None)
    assert "0.000001 minutes (2026-10-01 to 2026-10-31, n unknown)" in told["sentence"]


@pytest.mark.parametrize(
    ("fields", "status", "found", "pointer"),
    [
        ({"actual_from": "2026-08-31"}, 422, "periods_overlap", "#/actual_from"),
        ({"actual_to": "2926-10-31"}, 422, "in_the_future", "#/actual_to"),
        ({"baseline_to": "2026-07-01"}, 422, "period_backwards", "#/baseline_to"),
        ({"actual": 0.0000001}, 422, "too_precise", "#/actual"),
        (
            {"metric_id": "01a223a7-52b1-72c3-a39e-38da322f8c2b"},
            422,
            "unknown_metric",
            "#/metric_id",
        ),
        ({"baseline": 1e10}, 400, None, "#/baseline"),
        ({"actual_n": 0}, 400, None, "#/actual_n"),
    ],
)
async def test_what_cannot_have_been_measured(
    world: World, fields: dict[str, Any], status: int, found: str | None, pointer: str
) -> None:
    place = await scene(world)
    refused = await recorded(place[F], await begun(place, place[F]), **fields)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (status, pointer)
    assert found in (None, refused.json()["code"])


async def test_nothing_moved_after_what_was_not_begun(world: World) -> None:
    place = await scene(world)
    one = await set_up(place, place[F])
    assert code(await recorded(place[F], one), 409) == "action_not_begun"
    assert code(await place[F].get(f"/v1/actions/{one['id']}/outcome"), 404) == "not_found"
    assert (await moved(place[F], one, "in_progress")).status_code == 200
    assert code(await recorded(place[F], one, 7), 412) == "stale"


async def test_no_metric_of_another_journey_is_named(world: World) -> None:
    place = await scene(world)
    draft = await place.owner.made("/v1/journeys", {"title": "Elsewhere"})
    fields = {"name": "Calls", "kind": "ratio"}
    hidden = await place.owner.made("/v1/metrics", fields | {"journey_id": draft["id"]})
    one = await begun(place, place[F])
    assert code(await recorded(place[F], one, metric_id=hidden["id"]), 422) == "unknown_metric"
    assert code(await recorded(place.owner, one, metric_id=hidden["id"]), 422) == "other_journey"
    known = await place.owner.made("/v1/metrics", fields)
    assert (await recorded(place[F], one, metric_id=known["id"])).is_success
