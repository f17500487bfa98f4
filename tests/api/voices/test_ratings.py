"""Ratings: what members give, what is shown of it, and what is not."""

import asyncio
from typing import Any

import pytest

from domain.facts import Verb
from domain.models.identity.members import Member
from domain.models.identity.organizations import Organization
from domain.roles import Group
from tests.api.voices.scene import Scene, code, scene
from tests.world import Caller, World, changed

F, S, D, X = Group


def path(place: Scene) -> str:
    return f"/v1/touchpoints/{place.touchpoint}/ratings"


async def rate(place: Scene, who: Caller, **answers: Any) -> dict[str, Any]:
    reply = await who.put(f"{path(place)}/me", answers)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def raters(place: Scene, group: Group, *emotional: int) -> list[Caller]:
    people = [await place.org.member(group) for _ in emotional]
    for who, value in zip(people, emotional, strict=True):
        await rate(place, who, emotional=value)
    return people


def group_of(found: dict[str, Any], group: Group) -> dict[str, Any]:
    [one] = [one for one in found["groups"] if one["group"] == group]
    return one


async def test_a_rating_is_given_changed_and_given_again_without_a_trace(world: World) -> None:
    place = await scene(world)
    ann, before = place[F], await place.revision()
    given = await rate(place, ann, emotional=5, performance=1)
    assert (given["emotional"], given["business"], given["performance"]) == (5, None, 1)
    assert (await place.owner.read(path(place)))["mine"] is None
    assert (await ann.read(path(place)))["mine"] == given
    same = await ann.put(f"{path(place)}/me", {"emotional": 5, "performance": 1})
    assert same.json() == given
    assert same.headers["etag"] == '"1"'
    changed = await rate(place, ann, emotional=4)
    assert (changed["version"], changed["performance"]) == (2, None)
    abstained = await rate(place, ann, abstained=True, abstention_reason="I am new.")
    assert abstained["emotional"] is None
    assert await place.verbs(before) == ["rating.given", "rating.changed", "rating.changed"]


async def test_the_ledger_hides_staff_and_names_leaders(world: World) -> None:
    place = await scene(world)
    for group in Group:
        await rate(place, place[group], emotional=3)
    told = [(row["actor_kind"], row["actor_id"]) for row in (await place.entries())[-4:]]
    assert told == [
        ("hidden", None),
        ("hidden", None),
        ("member", place[D].member_id),
        ("member", place[X].member_id),
    ]
    events = (await place.owner.read(f"/v1/journeys/{place.journey}/events?limit=100"))["items"]
    assert str(place[F].member_id) not in str(
        [one for one in events if one["verb"] and "rating" in one["verb"]]
    )


async def test_the_ledger_hides_leaders_where_they_are_not_named(world: World) -> None:
    place = await scene(world)
    async with world.database.transaction(place.org.id) as tx:
        organization = await tx.entity(Organization, place.org.id)
        assert organization is not None
        await changed(tx, organization, Verb.ORGANIZATION_UPDATED, names_leaders=False)
    before = await place.revision()
    for group, value in ((D, 3), (X, 3), (X, 4)):
        await rate(place, place[group], emotional=value)
    told = [row for row in await place.entries() if row["revision"] > before]
    assert [(row["actor_kind"], row["actor_id"]) for row in told] == [("hidden", None)] * 3


async def test_what_was_hidden_once_stays_hidden_after_a_promotion(world: World) -> None:
    place = await scene(world)
    ann = place[F]
    await rate(place, ann, emotional=3)
    async with world.database.transaction(place.org.id) as tx:
        member = await tx.entity(Member, (place.org.id, ann.member_id))
        assert member is not None
        await changed(tx, member, Verb.MEMBER_UPDATED, group=X.value)
    again = await rate(place, ann, emotional=3)
    assert (again["version"], again["member_group"]) == (2, X)
    assert [row["actor_kind"] for row in (await place.entries())[-2:]] == ["hidden"] * 2


async def test_two_of_the_staff_are_too_few_to_show_and_three_are_not(world: World) -> None:
    place = await scene(world)
    await raters(place, X, 5)
    await raters(place, F, 1, 2)
    found = await place.owner.read(path(place))
    hidden = {"group": F, "n": 2, "too_few": True, "abstained": None, "axes": []}
    assert group_of(found, F) == hidden
    [axis] = found["axes"]
    assert (axis["n"], axis["mean"], axis["plain_mean"], axis["gap"]) == (1, 5.0, 5.0, None)
    assert (found["n"], found["widest_gap"]) == (3, None)
    await raters(place, F, 3)
    found = await place.owner.read(path(place))
    shown = group_of(found, F)
    assert (shown["n"], shown["too_few"]) == (3, False)
    assert shown["axes"] == [{"axis": "emotional", "mean": 2.0, "total": 6, "n": 3}]
    [axis] = found["axes"]
    assert (axis["n"], axis["mean"], axis["plain_mean"]) == (4, 3.5, 2.75)
    gap = found["widest_gap"]
    assert (gap["difference"], gap["flagged"]) == (3.0, True)
    assert gap["high"] == {"group": X, "mean": 5.0, "n": 1}
    assert gap["low"] == {"group": F, "mean": 2.0, "n": 3}
    assert gap["explanation"] == "emotional 3.0 = executives 5.0 (5/1) - frontline staff 2.0 (6/3)"
    assert "mean of group means" in axis["explanation"]


@pytest.mark.parametrize(("staff", "flagged"), [((4, 4, 4), True), ((4, 4, 5), False)])
async def test_a_gap_is_flagged_from_one(
    world: World, staff: tuple[int, ...], flagged: bool
) -> None:
    place = await scene(world)
    await raters(place, X, 5)
    await raters(place, S, *staff)
    assert (await place.owner.read(path(place)))["widest_gap"]["flagged"] is flagged


async def test_leaders_answer_with_their_names_unless_the_organization_decides_otherwise(
    world: World,
) -> None:
    place = await scene(world)
    [eve] = await raters(place, X, 5)
    await rate(place, place[F], emotional=1)
    found = await place[S].read(path(place))
    [named] = found["named"]
    assert (named["member_id"], named["emotional"]) == (str(eve.member_id), 5)
    assert [name for name in named if name.endswith("_at")] == []
    async with world.database.transaction(place.org.id) as tx:
        organization = await tx.entity(Organization, place.org.id)
        assert organization is not None
        await changed(tx, organization, Verb.ORGANIZATION_UPDATED, names_leaders=False)
    found = await place[S].read(path(place))
    assert (found["named"], found["axes"]) == ([], [])
    assert group_of(found, X)["too_few"] is True
    assert (await eve.read(path(place)))["mine"]["emotional"] == 5
    await raters(place, X, 4, 3)
    found = await place[S].read(path(place))
    assert group_of(found, X)["axes"][0]["mean"] == 4.0


async def test_twenty_ratings_at_once_are_one_row(world: World) -> None:
    place = await scene(world)
    ann, before = place[F].patient(), await place.revision()
    calls = [ann.put(f"{path(place)}/me", {"emotional": n % 5 + 1}) for n in range(20)]
    replies = await asyncio.gather(*calls)
    assert {reply.status_code for reply in replies} == {200}
    verbs = await place.verbs(before)
    assert verbs.count("rating.given") == 1
    versions = {reply.json()["version"] for reply in replies}
    assert versions == set(range(1, len(verbs) + 1))
    assert group_of(await ann.read(path(place)), F)["n"] == 1


@pytest.mark.parametrize(
    ("answers", "status", "pointer"),
    [
        ({"emotional": 0}, 400, "#/emotional"),
        ({"business": 6}, 400, "#/business"),
        ({"importance": "3"}, 400, "#/importance"),
        ({"performance": 2.5}, 400, "#/performance"),
        ({"emotion": 3}, 400, "#/emotion"),
        ({"abstained": True}, 422, "#/abstention_reason"),
        ({"abstained": True, "abstention_reason": " "}, 422, "#/abstention_reason"),
        ({"abstention_reason": "I am new."}, 422, "#/abstention_reason"),
        ({"abstained": True, "abstention_reason": "x", "business": 3}, 422, "#/business"),
    ],
)
async def test_an_impossible_rating_is_pointed_at(
    world: World, answers: dict[str, Any], status: int, pointer: str
) -> None:
    place = await scene(world)
    before = await place.revision()
    reply = await place[F].put(f"{path(place)}/me", answers)
    assert code(reply, status)
    assert reply.json()["errors"][0]["pointer"] == pointer
    assert await place.revision() == before


async def test_only_touchpoints_that_are_there_are_rated(world: World) -> None:
    place = await scene(world)
    stage = f"/v1/touchpoints/{place.stage}/ratings"
    assert code(await place[F].put(f"{stage}/me", {"emotional": 3}), 404) == "not_found"
    assert code(await place[F].get(stage), 404) == "not_found"
    await rate(place, place[F], emotional=3)
    gone = await place.owner.delete(f"/v1/stages/{place.stage}", If_Match='"1"')
    assert gone.status_code == 204
    assert code(await place[F].put(f"{path(place)}/me", {"emotional": 4}), 404) == "not_found"
    assert code(await place[F].get(path(place)), 404) == "not_found"
