"""You said, we did: whoever spoke, supported or voted hears what came of it."""

from typing import Any

from domain.roles import Group
from tests.api.inbox.telling import inbox, nothing, reasons, tell
from tests.api.outcomes.action_scene import judged, recorded, set_up
from tests.api.outcomes.opportunity_scene import moved, seen, vote
from tests.api.voices.scene import Scene, scene
from tests.world import World

F, S, D, X = Group


async def test_everybody_behind_an_action_hears_of_it(world: World) -> None:
    place = await scene(world, group_voice=True)
    unnamed, voter, supporter, stranger = [await place.org.member(F) for _ in range(4)]
    quote = await place.say(place[F])
    hidden = await place.say(unnamed, voice="group")
    support = await supporter.put(f"/v1/annotations/{quote['id']}/support")
    assert support.status_code == 200
    chance = await seen(place, place[S], **{"from": [quote["id"], hidden["id"]]})
    assert (await vote(voter, chance)).status_code == 200
    await tell(place.org, place.journey)
    owner = {"owner_id": str(place[X].member_id), "opportunity_id": chance["id"]}
    one = await set_up(place, place[D], **owner)
    await tell(place.org, place.journey)
    heard = (place[F], unnamed, supporter, place[S], voter)
    for who in heard:
        (line, *_) = [one for one in await inbox(who) if one["reason"] == "outcome"]
        assert line["subject"]["id"] == one["id"]
        assert line["sentence"].startswith("You said, we do: decision_maker person set up")
    assert await reasons(place[X]) == [("assigned", "action.created")]
    assert (await moved(place[X], one, "in_progress")).status_code == 200
    assert (await recorded(place[X], one)).status_code == 200
    assert (await judged(place[D], one)).status_code == 200
    await tell(place.org, place.journey)
    for who in heard:
        (line, *_) = [one for one in await inbox(who) if one["reason"] == "outcome"]
        assert (line["verb"], line["subject"]["id"]) == ("outcome.verified", one["id"])
        assert line["sentence"].startswith("You said, we did: decision_maker person verified")
        assert str(unnamed.member_id) not in str(line)
    await nothing(stranger)


async def hide(place: Scene, said: dict[str, Any]) -> None:
    """The owner of the journey hides what somebody said."""
    path = f"/v1/annotations/{said['id']}"
    version = (await place.owner.read(path))["version"]
    hidden = await place.owner.post(f"{path}/hide", {"reason": "So."}, If_Match=f'"{version}"')
    assert hidden.status_code == 200, hidden.text


async def test_who_stands_behind_it_no_more_or_sees_it_no_more_hears_nothing(
    world: World,
) -> None:
    place = await scene(world)
    lost, regrets, undecided, withdrew, silenced = [await place.org.member(F) for _ in range(5)]
    narrowed, quote = await place.say(place[S]), await place.say(place[F])
    taken_back, hidden = await place.say(withdrew), await place.say(silenced)
    for who, one in ((lost, narrowed), (place[D], narrowed), (regrets, quote)):
        assert (await who.put(f"/v1/annotations/{one['id']}/support")).status_code == 200
    of = [one["id"] for one in (narrowed, quote, taken_back, hidden)]
    chance = await seen(place, place[S], **{"from": of})
    assert (await vote(undecided, chance)).status_code == 200
    assert (await undecided.delete(f"/v1/opportunities/{chance['id']}/vote")).status_code == 204
    support = await regrets.delete(f"/v1/annotations/{quote['id']}/support")
    assert support.status_code == 204, support.text
    path = f"/v1/annotations/{narrowed['id']}"
    # From now on for support staff alone: the two who support it see it no longer.
    less = await place[S].patch(path, {"visibility": "my_group"}, If_Match='"1"')
    assert less.status_code == 200, less.text
    assert (await withdrew.post(f"/v1/annotations/{taken_back['id']}/withdraw")).status_code == 200
    await hide(place, hidden)
    one = await set_up(place, place[X], opportunity_id=chance["id"])
    await tell(place.org, place.journey)
    for who in (lost, place[D], regrets, undecided, withdrew, silenced):
        assert [line for line in await inbox(who) if line["reason"] == "outcome"] == []
    for who in (place[F], place[S]):
        (line,) = [line for line in await inbox(who) if line["reason"] == "outcome"]
        assert line["subject"]["id"] == one["id"]


async def test_who_gets_an_action_is_told(world: World) -> None:
    place = await scene(world)
    one = await set_up(place, place[D])
    path, over = f"/v1/actions/{one['id']}", {"owner_id": str(place[S].member_id)}
    assert (await place[D].patch(path, over, If_Match='"1"')).status_code == 200
    await tell(place.org, place.journey)
    assert await reasons(place[S]) == [("assigned", "action.handed_over")]
    (line,) = await inbox(place[S])
    assert line["sentence"].startswith("Decision_maker person handed over to you an action for ")
    await nothing(place[D])
