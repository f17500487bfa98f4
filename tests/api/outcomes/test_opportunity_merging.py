"""Merging opportunities: nothing is lost, nobody counts twice, and there is no way around."""

from domain.roles import Group
from tests.api.outcomes.opportunity_scene import merge, moved, seen, vote
from tests.api.voices.scene import code, scene
from tests.world import World

F, S, D, X = Group


async def test_votes_threads_watchers_and_sources_go_along(world: World) -> None:
    place = await scene(world)
    quote, secret = await place.say(place[F]), await place.say(place[S], visibility="private")
    a = await seen(place, place[F], "a", **{"from": [quote["id"]]})
    b = await seen(place, place[F], "b", **{"from": [quote["id"], str(place.touchpoint)]})
    for who, one in ((F, a), (S, a), (S, b), (D, b)):
        assert (await vote(place[who], one)).status_code == 200
    thread = await place.say(place[S], subject_id=a["id"], body="Indeed.")
    hidden = await place.say(place[S], subject_id=a["id"], visibility="private")
    watched = f"/v1/annotations/{thread['id']}/watch"
    assert (await place[X].put(watched, {"level": "all"})).status_code == 200
    into = (await merge(place[F], a, b)).json()
    assert into["id"] == b["id"]
    assert into["votes"]["by_group"] == {F: 1, S: 1, D: 1, X: 0}
    assert into["votes"]["mine"] is True
    assert [one["id"] for one in into["sources"]] == [quote["id"], str(place.touchpoint)]
    said = await place[S].read(f"/v1/annotations?subject={b['id']}")
    assert {one["id"] for one in said["items"]} == {thread["id"], hidden["id"]}
    assert (await place[X].read(watched))["level"] == "all"
    old = await place[F].read(f"/v1/opportunities/{a['id']}")
    assert (old["status"], old["merged_into_id"], old["may"]) == ("merged", b["id"], [])
    listed = await place[F].read("/v1/opportunities")
    assert [one["title"] for one in listed["items"]] == ["b"]
    assert secret["id"] not in [one["id"] for one in into["sources"]]


async def test_nobody_counts_twice_in_the_order_of_votes(world: World) -> None:
    place = await scene(world)
    a, b, other = [await seen(place, place[F], name) for name in ("a", "b", "other")]
    for who in (F, S):
        for one in (a, b):
            assert (await vote(place[who], one)).status_code == 200
    for who in (F, S, D):
        assert (await vote(place[who], other)).status_code == 200
    assert (await merge(place[F], a, b)).status_code == 200
    by_votes = await place[F].read(f"/v1/opportunities?journey={place.journey}&sort=votes")
    assert [(one["title"], one["votes"]["count"]) for one in by_votes["items"]] == [
        ("other", 3),
        ("b", 2),
    ]


async def test_what_is_part_of_something_goes_on_with_it(world: World) -> None:
    place = await scene(world)
    a, b, c = [await seen(place, place[F], name) for name in "abc"]
    for who, one in ((F, a), (S, a), (S, b), (D, b), (X, c)):
        assert (await vote(place[who], one)).status_code == 200
    assert (await merge(place[F], a, b)).status_code == 200
    whole = (await merge(place[F], b, c)).json()
    assert whole["votes"]["by_group"] == {F: 1, S: 1, D: 1, X: 1}
    assert (await place[F].read(f"/v1/opportunities/{a['id']}"))["merged_into_id"] == c["id"]
    assert (await vote(place[S], c)).json()["votes"]["count"] == 4
    assert (await place[S].delete(f"/v1/opportunities/{c['id']}/vote")).status_code == 204
    assert (await place[S].read(f"/v1/opportunities/{c['id']}"))["votes"]["count"] == 3


async def test_no_way_around(world: World) -> None:
    place, other = await scene(world), await scene(world)
    a, b = await seen(place, place[F], "a"), await seen(place, place[F], "b")
    assert code(await merge(place[F], a, a), 422) == "same_opportunity"
    assert (await merge(place[F], a, b)).status_code == 200
    assert code(await merge(place[F], b, a), 409) == "opportunity_merged"
    assert code(await moved(place[F], a, "open"), 409) == "opportunity_merged"
    refused = await vote(place[S], a)
    assert code(refused, 409) == "opportunity_merged"
    assert b["id"] in refused.json()["detail"]
    elsewhere = await seen(other, other[F])
    assert code(await merge(place[F], b, elsewhere), 422) == "unknown_opportunity"


async def test_it_takes_the_right_to_edit_both(world: World) -> None:
    place = await scene(world)
    mine, theirs = await seen(place, place[F]), await seen(place, place[S])
    assert code(await merge(place[F], mine, theirs), 403) == "forbidden"
    assert code(await merge(place[F], theirs, mine), 403) == "forbidden"
    assert (await merge(place.owner, mine, theirs)).status_code == 200
