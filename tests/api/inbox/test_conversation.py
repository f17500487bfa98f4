"""A conversation, and who is told what of it: the right things, once, and nobody of themselves."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from domain.roles import Group
from tests.api.inbox.telling import (
    act,
    inbox,
    nothing,
    only,
    reasons,
    reply,
    say,
    tell,
    watch,
)
from tests.world import Caller, Org, World


@dataclass
class Scene:
    """A journey of Olga's, where Ann, Bob and Cai talk."""

    org: Org
    journey: UUID
    olga: Caller
    ann: Caller
    bob: Caller
    cai: Caller

    async def tell(self) -> None:
        """Let the notifier read."""
        await tell(self.org, self.journey)

    @property
    def everybody(self) -> tuple[Caller, ...]:
        return self.olga, self.ann, self.bob, self.cai


@pytest.fixture
async def scene(world: World) -> Scene:
    org = await world.organization()
    olga = await org.member(Group.DECISION_MAKER, name="Olga Stone")
    ann = await org.member(Group.FRONTLINE_STAFF, name="Ann Mill")
    bob = await org.member(Group.SUPPORT_STAFF, name="Bob Hill")
    cai = await org.member(Group.FRONTLINE_STAFF, name="Cai Dale")
    journey = await org.journey(owner=olga)
    await tell(org, journey)
    return Scene(org, journey, olga, ann, bob, cai)


async def test_who_owns_the_journey_hears_of_what_is_new_there(scene: Scene) -> None:
    await say(scene.ann, scene.journey)
    await scene.tell()
    line = only(await inbox(scene.olga))
    assert (line["reason"], line["verb"]) == ("watching", "annotation.written")
    assert line["sentence"] == "Ann Mill left an annotation about I try it."
    assert line["actor"] == {"member_id": str(scene.ann.member_id), "name": "Ann Mill"}
    assert line["journey"] == {"id": str(scene.journey), "title": "I try it"}
    assert (line["path"], line["happened"], line["read_at"]) == ("I try it", 1, None)
    await nothing(scene.ann, scene.bob, scene.cai)


async def test_a_reply_reaches_those_who_took_part_before(scene: Scene) -> None:
    thread = await say(scene.ann, scene.journey)
    await reply(scene.bob, thread)
    await scene.cai.put(f"/v1/annotations/{thread}/support")
    await reply(scene.bob, thread)
    await scene.tell()
    assert await reasons(scene.bob) == []
    assert only(await inbox(scene.ann))["happened"] == 2
    assert only(await inbox(scene.cai))["happened"] == 1
    await reply(scene.ann, thread)
    await scene.tell()
    assert await reasons(scene.bob) == [("reply", "reply.written")]
    line = only(await inbox(scene.cai))
    assert (line["happened"], line["actor"]["name"]) == (2, "Ann Mill")
    assert line["sentence"].endswith("And 1 more since you last read it.")
    assert [one for one, _ in await reasons(scene.olga)] == ["watching"]


async def test_what_was_read_and_put_away_comes_back_with_what_is_new(scene: Scene) -> None:
    thread = await say(scene.ann, scene.journey)
    await reply(scene.bob, thread)
    await scene.tell()
    line = only(await inbox(scene.ann))
    path = f"/v1/me/notifications/{line['id']}"
    put_away = await scene.ann.patch(path, {"archived": True})
    assert put_away.json()["read_at"] == put_away.json()["archived_at"] is not None
    assert await inbox(scene.ann) == []
    await reply(scene.cai, thread)
    await scene.tell()
    again = only(await inbox(scene.ann))
    assert (again["id"], again["happened"], again["archived_at"]) == (line["id"], 1, None)
    assert again["last_at"] > line["last_at"]


async def test_you_said_we_did(scene: Scene) -> None:
    thread = await say(scene.ann, scene.journey)
    await scene.cai.put(f"/v1/annotations/{thread}/support")
    await act(scene.olga, thread, "assign", {"member_id": str(scene.bob.member_id)})
    await act(scene.olga, thread, "resolve", {"resolution": "fixed", "note": "A second desk."})
    await scene.tell()
    for caller in (scene.ann, scene.cai):
        line = only(await inbox(caller))
        assert (line["reason"], line["closed_as"], line["note"]) == (
            "resolved",
            "fixed",
            "A second desk.",
        )
        assert (
            line["sentence"]
            == "Olga Stone resolved the thread on the annotation about I try it as fixed."
        )
    assert [one for one, _ in await reasons(scene.bob)] == ["resolved", "assigned"]
    await act(scene.bob, thread, "reopen")
    await scene.tell()
    line = only(await inbox(scene.ann))
    assert (line["verb"], line["happened"], line["closed_as"], line["note"]) == (
        "annotation.reopened",
        2,
        None,
        None,
    )
    assert await reasons(scene.olga) == [("watching", "annotation.written")]


async def test_who_is_given_a_thread_hears_and_who_takes_it_does_not(scene: Scene) -> None:
    thread = await say(scene.ann, scene.journey)
    await act(scene.bob, thread, "assign", {"member_id": str(scene.bob.member_id)})
    await scene.tell()
    await nothing(scene.ann, scene.bob)
    await act(scene.olga, thread, "assign", {"member_id": str(scene.cai.member_id)})
    await act(
        scene.olga,
        thread,
        "assign",
        {"member_id": str(scene.cai.member_id), "due_on": "2099-01-05"},
    )
    await scene.tell()
    line = only(await inbox(scene.cai))
    assert (line["reason"], line["happened"]) == ("assigned", 1)
    await nothing(scene.bob)


async def test_levels_silence_and_open(scene: Scene) -> None:
    thread = await say(scene.ann, scene.journey)
    await scene.tell()
    await watch(scene.ann, f"annotations/{thread}", "none")
    await watch(scene.bob, f"journeys/{scene.journey}", "all")
    await watch(scene.cai, f"annotations/{thread}", "all")
    await watch(scene.olga, f"journeys/{scene.journey}", "none")
    await reply(scene.org.admin, thread)
    await say(scene.org.admin, scene.journey)
    await act(scene.olga, thread, "assign", {"member_id": str(scene.ann.member_id)})
    await scene.tell()
    assert [one for one, _ in await reasons(scene.ann)] == ["assigned"]
    assert await reasons(scene.bob) == [
        ("watching", "annotation.assigned"),
        ("watching", "annotation.written"),
    ]
    assert await reasons(scene.cai) == [("watching", "annotation.assigned")]
    assert await reasons(scene.olga) == [("watching", "annotation.written")]
    await watch(scene.bob, f"annotations/{thread}", "participating")
    await reply(scene.org.admin, thread)
    await scene.tell()
    assert only(await inbox(scene.cai))["happened"] == 3
    assert (await reasons(scene.bob))[0] == ("watching", "annotation.assigned")


async def test_reasons_that_are_muted_are_not_told(scene: Scene) -> None:
    await scene.ann.patch("/v1/me/preferences", {"muted_reasons": ["reply", "mention"]})
    thread = await say(scene.ann, scene.journey)
    await reply(scene.bob, thread)
    await scene.tell()
    await nothing(scene.ann)


async def test_what_was_taken_back_before_anybody_heard_never_happened(scene: Scene) -> None:
    thread = await say(scene.ann, scene.journey)
    assert (await scene.ann.post(f"/v1/annotations/{thread}/withdraw")).status_code == 200
    hidden = await say(scene.ann, scene.journey)
    await act(scene.olga, hidden, "hide", {"reason": "Names a customer."})
    await watch(scene.bob, f"journeys/{scene.journey}", "all")
    await scene.tell()
    await nothing(*scene.everybody)


async def test_what_one_may_not_see_is_not_told(scene: Scene) -> None:
    await watch(scene.bob, f"journeys/{scene.journey}", "all")
    await watch(scene.cai, f"journeys/{scene.journey}", "all")
    thread = await say(scene.ann, scene.journey, visibility="my_group")
    await say(scene.ann, scene.journey, visibility="leadership")
    await say(scene.ann, scene.journey, visibility="private")
    await scene.tell()
    assert len(await inbox(scene.cai)) == 1
    assert len(await inbox(scene.olga)) == 1
    await nothing(scene.bob)
    wider = {"visibility": "everyone"}
    edited = await scene.ann.patch(f"/v1/annotations/{thread}", wider, If_Match='"1"')
    assert edited.status_code == 200, edited.text
    await scene.tell()
    line = only(await inbox(scene.bob))
    assert (line["verb"], line["happened"]) == ("annotation.edited", 1)


async def test_what_one_may_not_see_any_more_is_not_listed(scene: Scene) -> None:
    thread = await say(scene.ann, scene.journey)
    await watch(scene.bob, f"annotations/{thread}", "all")
    await reply(scene.cai, thread)
    await scene.tell()
    line = only(await inbox(scene.bob))
    await act(scene.olga, thread, "hide", {"reason": "Names a customer."})
    await nothing(scene.bob)
    assert (await scene.bob.get(f"/v1/me/notifications/{line['id']}")).status_code == 404
    assert (
        await scene.bob.patch(f"/v1/me/notifications/{line['id']}", {"read": True})
    ).status_code == 404
    assert (await scene.bob.read("/v1/me/notifications/count"))["unread"] == 0
    assert (await scene.bob.read("/v1/me/watches"))["items"] == []
    assert len(await inbox(scene.ann)) == 1


async def test_a_suspended_member_hears_nothing(scene: Scene) -> None:
    thread = await say(scene.ann, scene.journey)
    path = f"/v1/members/{scene.ann.member_id}"
    version = (await scene.org.admin.read(path))["version"]
    for status in ("suspended", "active"):
        changed = await scene.org.admin.patch(path, {"status": status}, If_Match=f'"{version}"')
        assert changed.status_code == 200, changed.text
        version += 1
        if status == "suspended":
            await reply(scene.bob, thread)
            await scene.tell()
    await nothing(scene.ann)
