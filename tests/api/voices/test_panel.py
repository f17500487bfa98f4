"""What a side panel shows beside each annotation: who said it, the last answers, how it closed."""

from domain.roles import Group
from tests.api.voices.scene import etag, scene
from tests.world import World


async def test_the_last_three_answers_stand_beside_it_oldest_first(world: World) -> None:
    place = await scene(world)
    said, quiet = await place.say(place[Group.FRONTLINE_STAFF]), await place.say(place.owner)
    replies = f"/v1/annotations/{said['id']}/replies"
    for number in range(4):
        await place[Group.EXECUTIVE].made(replies, {"body": f"*{number}*"})
    query = f"/v1/annotations?subject={place.touchpoint}"
    listed = {one["id"]: one for one in (await place.owner.read(query))["items"]}
    assert listed[quiet["id"]]["last_replies"] == []
    beside = listed[said["id"]]["last_replies"]
    assert [one["body"] for one in beside] == ["*1*", "*2*", "*3*"]
    assert listed[said["id"]]["reply_count"] == 4
    full = (await place.owner.read(replies))["items"][1:]
    assert beside == [{name: one[name] for name in beside[0]} for one in full]
    assert beside[0]["body_html"] == "<p><em>1</em></p>\n"
    assert (await place.owner.read(f"/v1/annotations/{said['id']}"))["last_replies"] == beside


async def test_an_author_stands_there_with_name_title_and_department(world: World) -> None:
    place = await scene(world)
    unit = await place.org.admin.made("/v1/departments", {"name": "Claims"})
    ann = await place.org.member(name="Ann", title="Clerk", department_id=unit["id"])
    said = await place.say(ann)
    card = {
        "author_id": str(ann.member_id),
        "author_name": "Ann",
        "author_title": "Clerk",
        "author_group": "frontline_staff",
        "author_department_id": unit["id"],
        "author_department_name": "Claims",
    }
    assert card.items() <= said.items()
    assert card.items() <= (await place.owner.read(f"/v1/annotations/{said['id']}")).items()
    answered = await ann.made(f"/v1/annotations/{said['id']}/replies", {"body": "So."})
    assert card.items() <= answered.items()
    seen = await place.owner.read(f"/v1/annotations/{said['id']}/replies")
    assert card.items() <= seen["items"][0].items()


async def test_how_it_closed_is_null_while_it_is_open(world: World) -> None:
    place = await scene(world)
    path = f"/v1/annotations/{(await place.say(place.owner))['id']}"
    assert (await place.owner.read(path))["closed_as"] is None
    await place.owner.post(f"{path}/resolve", {"resolution": "wont_do", "note": "No."}, **etag(1))
    seen = await place.owner.read(path)
    assert (seen["closed_as"], seen["resolution"]) == ("wont_do", "wont_do")
