"""A draft is for its author, the journey's owner and its editors; for others it is not there."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.outcomes.action_scene import set_up
from tests.api.outcomes.opportunity_scene import merge, moved, seen, vote
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

F, S, D, X = Group


class Drafted:
    """A draft of the frontline's with evidence, what follows from it, and an editor."""

    def __init__(self, place: Scene, draft: dict[str, Any], more: dict[str, Any]) -> None:
        self.place, self.draft, self.more = place, draft, more
        self.path = f"/v1/opportunities/{draft['id']}"
        self.journey = f"/v1/journeys/{place.journey}"

    async def told(self, who: Caller) -> dict[str, bool]:
        """Where the draft is told to somebody: its id, its words, and what hangs on it."""
        action, other = self.more["action"]["id"], self.more["other"]["id"]
        paths = {
            "list": "/v1/opportunities",
            "votes": "/v1/opportunities?sort=votes",
            "matrix": f"{self.journey}/opportunity-matrix",
            "sources": f"/v1/subjects/{other}/sources",
            "other": f"/v1/opportunities/{other}",
            "action": f"/v1/actions/{action}",
            "chain": f"/v1/actions/{action}/chain",
            "events": f"{self.journey}/events",
            "activity": f"{self.journey}/activity",
            "search": "/v1/search?q=lantern",
            "evidence": f"/v1/evidence?journey={self.place.journey}",
        }
        words = self.draft["id"], self.more["evidence"]["id"], "Lantern", "lantern"
        found = {}
        for name, path in paths.items():
            reply = await who.get(path)
            assert reply.status_code == 200, reply.text
            found[name] = any(word in reply.text.replace("q=lantern", "") for word in words)
        return found


@pytest.fixture
async def drafted(world: World) -> Drafted:
    place = await scene(world)
    who, told = place[F], {"statement": "Hang a lantern.", "touchpoint_id": str(place.touchpoint)}
    draft = await seen(place, who, "Lantern", draft=True, **told)
    shown = {"subject_id": draft["id"], "kind": "quote", "excerpt": "No lantern."}
    evidence = await who.made("/v1/evidence", shown)
    other = await seen(place, who, "Bell", **{"from": [draft["id"]]})
    action = await set_up(place, who, opportunity_id=other["id"])
    grant = {"role": "editor", "member_id": str(place[D].member_id)}
    await place.owner.made(f"/v1/journeys/{place.journey}/grants", grant)
    return Drafted(place, draft, {"evidence": evidence, "other": other, "action": action})


async def test_a_draft_is_told_to_who_may_complete_it_and_to_nobody_else(drafted: Drafted) -> None:
    place = drafted.place
    for who in (place[F], place.owner, place[D]):
        assert (await who.read(drafted.path))["title"] == "Lantern"
        told = await drafted.told(who)
        assert all(told[name] for name in told if name != "action"), told
    for who in (place[S], place[X]):
        assert not any((await drafted.told(who)).values()), await drafted.told(who)
        (at,) = (await who.read(f"{drafted.journey}/map"))["touchpoints"]
        assert at["opportunities_open"] == 0
    assert (await moved(place[F], drafted.draft, "open")).status_code == 200
    assert (await place[S].read(drafted.path))["title"] == "Lantern"
    told = await drafted.told(place[S])
    assert all(told[name] for name in told if name != "action"), told
    (at,) = (await place[S].read(f"{drafted.journey}/map"))["touchpoints"]
    assert at["opportunities_open"] == 1


async def test_the_number_of_an_entry_about_a_draft_is_all_that_others_get(
    drafted: Drafted,
) -> None:
    items = (await drafted.place[S].read(f"{drafted.journey}/events"))["items"]
    own = (await drafted.place[F].read(f"{drafted.journey}/events"))["items"]
    assert [one["revision"] for one in items] == [one["revision"] for one in own]
    of_draft = [
        one["revision"]
        for one in own
        if one["subject_id"] in (drafted.draft["id"], drafted.more["evidence"]["id"])
        or one["verb"] == "source.linked"
    ]
    hidden = [one["revision"] for one in items if one["subject_id"] is None]
    assert hidden[: len(of_draft)] == of_draft
    assert len(of_draft) == 3


async def test_nothing_can_be_done_with_a_draft_that_one_does_not_see(drafted: Drafted) -> None:
    place, path, draft = drafted.place, drafted.path, drafted.draft
    other = await seen(place, place[S], "Whistle")
    about = {"subject_id": draft["id"], "kind": "issue", "body": "What is this?"}
    evidence = {"subject_id": draft["id"], "kind": "quote", "excerpt": "So."}
    refused = (
        await place[S].get(path),
        await place[S].patch(path, {"effort": 1}, **etag(1)),
        await place[S].delete(path, **etag(1)),
        await place[S].post(f"{path}/transitions", {"to": "open"}, **etag(1)),
        await place[S].post(f"{path}/merge", {"into_id": other["id"]}, **etag(1)),
        await vote(place[S], draft),
        await place[S].get(f"/v1/subjects/{draft['id']}/sources"),
        await place[S].put(f"/v1/subjects/{draft['id']}/sources/{other['id']}"),
        await place[S].put(f"/v1/subjects/{other['id']}/sources/{draft['id']}"),
        await place[S].post("/v1/annotations", about),
        await place[S].post("/v1/evidence", evidence),
        await place[S].get(f"/v1/evidence/{drafted.more['evidence']['id']}"),
    )
    assert [reply.status_code for reply in refused] == [404] * len(refused)
    into = await merge(place[S], other, draft)
    assert code(into, 422) == "unknown_opportunity"
    plan = {"title": "Go", "due_on": "2099-01-01", "opportunity_id": draft["id"]}
    action = await place[S].post(f"{drafted.journey}/actions", plan | {"kind": "training"})
    assert code(action, 422) == "unknown_opportunity"
