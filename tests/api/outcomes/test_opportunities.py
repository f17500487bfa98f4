"""Opportunities: seen by anybody, put in order by named models, decided by who may edit them."""

import pytest

from domain.results import OpportunityStatus
from domain.roles import Group
from domain.rules.opportunities import MOVES
from tests.api.outcomes.opportunity_scene import moved, seen, vote
from tests.api.voices.scene import code, etag, scene
from tests.world import World

F, S, D, X = Group
FULL = {"customer_value": 5, "business_value": 2, "effort": 4}


async def test_an_opportunity_from_a_thread_to_achieved(world: World) -> None:
    place = await scene(world)
    said, secret = await place.say(place[F]), await place.say(place[F], visibility="my_group")
    before = await place.revision()
    sources = [str(place.touchpoint), said["id"], secret["id"]]
    at = {"touchpoint_id": str(place.touchpoint), "from": sources}
    made = await seen(place, place[F], benefits=["loyalty", "cost", "loyalty"], **FULL, **at)
    assert (made["status"], made["version"], made["author_group"]) == ("open", 1, F)
    assert (made["benefits"], made["touchpoint_name"]) == (["loyalty", "cost"], "Wait")
    assert [(one["id"], one["kind"]) for one in made["sources"]] == list(
        zip(sources, ("touchpoint", "annotation", "annotation"), strict=True)
    )
    assert made["quadrant"] == "big_bet"
    assert made["score"]["value"] == 0.88
    explained = "value for effort 0.88 = ((customer value 5 + business value 2) / 2) / effort 4"
    assert made["score"]["explanation"] == explained
    path = f"/v1/opportunities/{made['id']}"
    assert [one["id"] for one in (await place[S].read(path))["sources"]] == sources[:2]
    assert await place.verbs(before) == ["opportunity.created", *["source.linked"] * 3]


async def test_it_is_said_better_and_decided_on_by_who_may(world: World) -> None:
    place = await scene(world)
    made = await seen(place, place[F], **FULL)
    path, before = f"/v1/opportunities/{made['id']}", await place.revision()
    better = await place[F].patch(path, {"effort": 2, "business_value": None}, **etag(1))
    assert (better.json()["quadrant"], better.json()["score"]["value"]) == (None, None)
    assert better.json()["score"]["missing"] == ["business_value"]
    assert code(await place[S].patch(path, {"effort": 1}, **etag(2)), 403) == "forbidden"
    assert code(await place[F].patch(path, {"effort": 1}, **etag(1)), 412) == "stale"
    for to in ("chosen", "in_progress", "achieved"):
        assert (await moved(place.owner, made, to)).status_code == 200
    assert (await place[X].read(path))["moved_by"] == str(place.owner.member_id)
    assert await place.verbs(before) == [
        "opportunity.updated",
        *["opportunity.moved"] * 3,
    ]


async def test_every_move_that_is_not_in_the_table_is_refused(world: World) -> None:
    place = await scene(world)
    for status in MOVES:
        one = await seen(place, place.owner, draft=status == "draft")
        for step in ("chosen", "in_progress", "achieved", "declined"):
            now = (await place.owner.read(f"/v1/opportunities/{one['id']}"))["status"]
            if now == status:
                break
            if step in MOVES[OpportunityStatus(now)] and (step != "declined" or now == "open"):
                wanted = "declined" if status == "declined" else step
                assert (await moved(place.owner, one, wanted, "So.")).status_code == 200
        for to in set(OpportunityStatus) - set(MOVES[status]):
            refused = await moved(place.owner, one, to)
            assert code(refused, 409) == "transition_not_allowed", (status, to)
            assert refused.json()["errors"][0]["pointer"] == "#/to"


async def test_declining_takes_a_word_of_why(world: World) -> None:
    place = await scene(world)
    one = await seen(place, place[F])
    refused = await moved(place[F], one, "declined")
    assert code(refused, 422) == "note_required"
    assert refused.json()["errors"][0]["pointer"] == "#/note"
    assert (await moved(place[F], one, "declined", "Too dear.")).json()[
        "status_note"
    ] == "Too dear."


async def test_votes_by_group_once_each(world: World) -> None:
    place = await scene(world)
    draft = await seen(place, place[F], draft=True)
    assert code(await vote(place[F], draft), 409) == "opportunity_not_voted_on"
    assert "vote" not in draft["may"]
    assert (await moved(place[F], draft, "open")).status_code == 200
    for group in (S, S, D):
        assert (await vote(place[group], draft)).status_code == 200
    path = f"/v1/opportunities/{draft['id']}"
    votes = (await place[S].read(path))["votes"]
    assert votes["by_group"] == {F: 0, S: 1, D: 1, X: 0}
    assert (votes["count"], votes["mine"]) == (2, True)
    assert (await place[S].delete(f"{path}/vote")).status_code == 204
    assert code(await place[S].delete(f"{path}/vote"), 404) == "not_found"
    assert (await place[S].read(path))["votes"]["count"] == 1
    assert (await vote(place[S], draft)).json()["votes"]["count"] == 2


async def test_removed_is_gone_until_it_is_restored(world: World) -> None:
    place = await scene(world)
    one = await seen(place, place[F])
    path = f"/v1/opportunities/{one['id']}"
    assert (await vote(place[D], one)).status_code == 200
    assert code(await place[F].delete(path), 428) == "precondition_required"
    assert (await place[F].delete(path, **etag(1))).status_code == 204
    for gone in (await place[F].get(path), await vote(place[S], one)):
        assert code(gone, 404) == "not_found"
    assert (await place[F].read("/v1/opportunities"))["items"] == []
    assert code(await place[S].post(f"{path}/restore"), 403) == "forbidden"
    assert (await place[F].post(f"{path}/restore")).json()["votes"]["count"] == 1
    assert code(await place[F].post(f"{path}/restore"), 404) == "not_found"


async def test_lists_are_filtered_and_ordered(world: World) -> None:
    place = await scene(world)
    at = {"touchpoint_id": str(place.touchpoint)}
    figures = {"a": (1, 5, 2), "b": (5, 5, 4), "c": (3, 3, 1), "d": None, "e": (2, 3, 5)}
    made = {}
    for name, given in figures.items():
        names = ("customer_value", "business_value", "effort")
        fields = dict(zip(names, given, strict=True)) if given else at
        made[name] = await seen(place, place[F], name, benefits=["cost"] * (name == "a"), **fields)
    assert (await vote(place[D], made["e"])).status_code == 200

    async def listed(query: str) -> str:
        found, cursor = "", ""
        while cursor is not None:
            query_and = f"/v1/opportunities?{query}&limit=2"
            page = await place[S].read(f"{query_and}&cursor={cursor}" if cursor else query_and)
            found += "".join(one["title"] for one in page["items"])
            cursor = page["next_cursor"]
        return found

    assert await listed("journey=" + str(place.journey)) == "edcba"
    assert await listed("sort=value_for_effort") == "cabed"
    assert await listed("sort=customer_first") == "bcae"[0:4] + "d"
    assert (await listed("sort=votes"))[0] == "e"
    assert await listed("quadrant=quick_win&quadrant=big_bet") == "cba"
    assert await listed("quadrant=time_sink") == "e"
    assert await listed("benefit=cost") == "a"
    assert await listed(f"stage={place.stage}&touchpoint={place.touchpoint}") == "d"
    assert await listed(f"status=open&author={place[D].member_id}") == ""


async def test_the_matrix_places_ranks_and_says_what_is_missing(world: World) -> None:
    place = await scene(world)
    for title, values in (("a", (4, 2, 1)), ("b", (5, 1, 1)), ("c", (1, 1, 3))):
        names = ("customer_value", "business_value", "effort")
        await seen(place, place[F], title, **dict(zip(names, values, strict=True)))
    lacking = await seen(place, place[F], "d", effort=2)
    declined = await seen(place, place[F], "e", **FULL)
    assert (await moved(place[F], declined, "declined", "No.")).status_code == 200
    assert (await vote(place[X], lacking)).status_code == 200
    path = f"/v1/journeys/{place.journey}/opportunity-matrix"
    told = await place[S].read(path)
    assert (told["model"], told["high_from"]) == ("value_for_effort", 3)
    points = [
        (p["title"], p["x"], p["y"], p["quadrant"], p["rank"], p["tied"]) for p in told["items"]
    ]
    assert points == [
        ("a", 1, 3.0, "quick_win", 1, True),
        ("b", 1, 3.0, "quick_win", 1, True),
        ("c", 3, 1.0, "time_sink", 3, False),
    ]
    [unplaced] = told["unplaced"]
    assert (unplaced["title"], unplaced["rank"]) == ("d", None)
    assert unplaced["missing"] == ["customer_value", "business_value"]
    assert unplaced["votes"]["by_group"]["executive"] == 1
    by_votes = await place[S].read(f"{path}?model=votes&include=declined")
    assert [p["title"] for p in by_votes["items"]] == ["a", "b", "c", "e"]
    assert (by_votes["unplaced"][0]["rank"], by_votes["items"][0]["rank"]) == (1, 2)


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"title": " "}, "#/title"),
        ({"effort": 6}, "#/effort"),
        ({"benefits": ["fame"]}, "#/benefits/0"),
        ({"from": ["x"]}, "#/from/0"),
    ],
)
async def test_bad_fields_are_named(world: World, fields: dict[str, object], pointer: str) -> None:
    place = await scene(world)
    path = f"/v1/journeys/{place.journey}/opportunities"
    refused = await place[F].post(path, {"title": "So"} | fields)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, pointer)


async def test_it_follows_only_from_what_is_there_to_be_seen(world: World) -> None:
    place, other = await scene(world), await scene(world)
    secret = await place.say(place[D], visibility="private")
    path = f"/v1/journeys/{place.journey}/opportunities"
    for wrong in (secret["id"], str(other.touchpoint), str(place.stage), str(place[F].member_id)):
        body = {"title": "So", "from": [str(place.touchpoint), wrong]}
        refused = await place[F].post(path, body)
        assert code(refused, 422) == "unknown_source"
        assert refused.json()["errors"][0]["pointer"] == "#/from/1"
    refused = await place[F].post(path, {"title": "So", "touchpoint_id": str(other.touchpoint)})
    assert code(refused, 422) == "unknown_touchpoint"


async def test_what_is_not_seen_is_not_there(world: World) -> None:
    place = await scene(world, restricted=True)
    one = await seen(place, place.owner)
    assert (await place[X].read("/v1/opportunities"))["items"] == []
    for path in (
        f"/v1/opportunities/{one['id']}",
        f"/v1/journeys/{place.journey}/opportunity-matrix",
    ):
        assert code(await place[X].get(path), 404) == "not_found"
    assert code(await vote(place[X], one), 404) == "not_found"
