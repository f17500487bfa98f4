"""What a ranking tells besides: who answers, and where the groups disagree."""

from typing import Any

from domain.roles import Group
from tests.api.accountability.playbook_scene import approve, drafted
from tests.api.reports.ground import Ground, ground
from tests.world import Caller, World

F, S, D, X = Group


async def line(place: Ground, *include: str) -> dict[str, Any]:
    query = "&".join(f"include={one}" for one in include)
    [found] = (await place.owner.read(f"{place.path}/moments?{query}"))["items"]
    assert isinstance(found, dict)
    return found


async def assigned(place: Ground, moment: str, who: Caller, role: str) -> dict[str, Any]:
    body = {"role": role, "member_id": str(who.member_id)}
    return await place.owner.made(f"/v1/moments/{moment}/responsibilities", body)


async def test_what_is_not_asked_for_is_null(world: World) -> None:
    place = await ground(world, 1)
    await place.moment(0)
    found = await place.owner.read(f"{place.path}/moments")
    assert (found["as_of"], found["since"]) == (None, None)
    [only] = found["items"]
    assert {only[name] for name in ("accountability", "perception", "previous")} == {None}


async def test_a_moment_without_anybody_says_what_is_missing(world: World) -> None:
    place = await ground(world, 1)
    await place.moment(0)
    assert (await line(place, "accountability"))["accountability"] == {
        "accountable_id": None,
        "accountable_status": None,
        "accepted_at": None,
        "responsible": [],
        "playbooks": 0,
        "sign_offs": {"required": 0, "given": 0, "stale": 0, "satisfied": True},
        "missing": ["no_department", "no_accountable", "no_playbook"],
    }


async def test_who_answers_and_since_when(world: World) -> None:
    place = await ground(world, 1)
    moment, eva, sam = await place.moment(0), await place.org.member(X), await place.org.member(S)
    made = await assigned(place, moment, eva, "accountable")
    await assigned(place, moment, sam, "responsible")
    await assigned(place, moment, place.owner, "informed")
    told = (await line(place, "accountability"))["accountability"]
    assert (told["accountable_id"], told["accountable_status"], told["accepted_at"]) == (
        str(eva.member_id),
        "assigned",
        None,
    )
    assert told["responsible"] == [
        {"member_id": str(sam.member_id), "department_id": None, "status": "assigned"}
    ]
    assert "not_accepted" in told["missing"]
    assert "no_accountable" not in told["missing"]
    path = f"/v1/responsibilities/{made['id']}"
    accepted = await eva.post(f"{path}/accept", If_Match='"1"')
    assert accepted.status_code == 200, accepted.text
    told = (await line(place, "accountability"))["accountability"]
    assert told["accepted_at"] == accepted.json()["answered_at"]
    assert "not_accepted" not in told["missing"]


async def test_approved_playbooks_count_and_drafts_do_not(world: World) -> None:
    place = await ground(world, 1)
    moment, ann = await place.moment(0), await place.org.member(F)
    draft = await drafted(ann, moment)
    await drafted(ann, moment)
    assert (await line(place, "accountability"))["accountability"]["playbooks"] == 0
    assert (await approve(place.owner, draft)).status_code == 200
    told = (await line(place, "accountability"))["accountability"]
    assert told["playbooks"] == 1
    assert "no_playbook" not in told["missing"]


async def test_perception_tells_the_widest_gap(world: World) -> None:
    place = await ground(world, 1)
    await place.moment(0)
    await place.rated(0, F, 5, 5, 5)
    await place.rated(0, X, 2)
    told = (await line(place, "perception", "accountability"))["perception"]
    assert told["widest_gap"]["difference"] == 3.0
    assert [one["group"] for one in told["groups"]] == ["frontline_staff", "executive"]
    report = await place.owner.read(f"{place.path}/perception-gap")
    assert report["moments"][0]["widest_gap"] == told["widest_gap"]


async def test_a_touchpoint_that_is_no_moment_has_nobody_to_name(world: World) -> None:
    place = await ground(world, 1)
    path = f"{place.path}/moments?over=touchpoints&include=accountability"
    [only] = (await place.owner.read(path))["items"]
    assert only["accountability"] is None
