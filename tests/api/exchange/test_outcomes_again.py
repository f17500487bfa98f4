"""An export that comes back: what others answer for stays theirs."""

from typing import Any

from sqlalchemy import select

from domain.models.accountability.escalations import Deadline
from domain.roles import Group
from tests.api.accountability.chain import chain
from tests.api.exchange.full import FULL
from tests.api.exchange.test_exports import exported
from tests.api.outcomes.action_scene import begun, judged, recorded, set_up
from tests.api.outcomes.opportunity_scene import moved
from tests.api.voices.scene import Scene, scene
from tests.world import Caller, World

F, S, D, X = Group


async def verified(place: Scene) -> dict[str, Any]:
    """An action of a decision-maker whose outcome an executive verified."""
    one = await begun(place, place[D])
    assert (await moved(place[D], one, "delivered")).status_code == 200
    assert (await recorded(place[D], one)).status_code == 200
    assert (await judged(place[X], one, note="So it is.")).status_code == 200
    return one


async def editor(place: Scene) -> Caller:
    grant = {"role": "editor", "member_id": str(place[F].member_id)}
    await place.owner.made(f"/v1/journeys/{place.journey}/grants", grant)
    return place[F]


async def again(who: Caller, document: dict[str, Any]) -> dict[str, str]:
    """What stands in the way of an import, by its place."""
    reply = await who.post("/v1/journeys/import", document)
    assert reply.status_code in (200, 422), reply.text
    return {one["pointer"]: one["code"] for one in reply.json().get("errors", ())}


async def test_only_who_may_record_an_outcome_changes_it_by_a_document(world: World) -> None:
    place = await scene(world)
    one, who = await verified(place), await editor(place)
    path = f"/v1/actions/{one['id']}"
    document = await exported(who, str(place.journey))
    assert await again(who, document) == {}
    before = await who.read(f"{path}/outcome")
    document["outcomes"][0]["actual"] = "999"
    assert await again(who, document) == {"#/outcomes/0": "not_allowed"}
    at = [one["key"] for stage in document["stages"] for one in stage["touchpoints"]]
    document["actions"][0]["touchpoint"] = at[0]
    assert "#/actions/0" in await again(who, document)
    assert await who.read(f"{path}/outcome") == before
    assert (await who.read(path))["touchpoint_id"] is None


async def test_figures_that_a_document_changes_wait_to_be_verified_anew(world: World) -> None:
    place = await scene(world)
    one = await verified(place)
    document = await exported(place.owner, str(place.journey))
    document["outcomes"][0]["actual"] = "999"
    assert await again(place.owner, document) == {}
    told = await place.owner.read(f"/v1/actions/{one['id']}/outcome")
    assert (told["actual"], told["status"]) == (999, "recorded")
    assert (told["judged_by"], told["judged_at"], told["judgment_note"]) == (None, None, "")
    assert told["recorded_by"] == str(place.owner.member_id)


async def test_an_action_that_is_done_keeps_its_outcome(world: World) -> None:
    place = await scene(world)
    one = await verified(place)
    assert (await moved(place[D], one, "done")).status_code == 200
    document = await exported(place.owner, str(place.journey))
    assert await again(place.owner, document) == {}
    document["outcomes"][0]["note"] = "Better still."
    assert await again(place.owner, document) == {"#/outcomes/0": "action_done"}


async def looks(place: Scene) -> dict[str, str]:
    """When the clock looks at what it waits for, by the day, for each thing."""
    async with place.world.database.transaction(place.org.id) as tx:
        session = await tx.session()
        mine = (Deadline.organization_id == place.org.id, Deadline.done_at.is_(None))
        rows = await session.execute(select(Deadline.subject_id, Deadline.due_at).where(*mine))
        return {str(one): at.date().isoformat() for one, at in rows}


async def test_the_clock_follows_the_days_of_imported_actions(world: World) -> None:
    told = await chain(world)
    place, who = told.place, told["owner"]
    one = await set_up(place, who, due_on="2027-03-10")
    other = await set_up(place, who, due_on="2027-03-10")
    before = await looks(place)
    document = await exported(who, str(place.journey))
    by_id = {action["key"].rsplit("-")[-1]: action for action in document["actions"]}
    by_id[one["id"].replace("-", "")]["due_on"] = "2027-06-03"
    by_id[other["id"].replace("-", "")]["due_on"] = None
    fresh = {"key": "x", "title": "Call", "kind": "training", "due_on": "2027-06-03"}
    document["actions"] += [fresh]
    assert await again(who, document) == {}
    after = await looks(place)
    assert before[one["id"]] < after[one["id"]]
    assert other["id"] not in after
    assert len(after) == 2
    assert len(set(after.values())) == 1


async def test_nothing_follows_from_itself_by_a_document(world: World) -> None:
    org = await world.organization()
    found = {"kind": "promise", "touchpoint": "wait", "text": "Soon."}
    findings = [{"key": key, **found} for key in "abc"]
    links = [{"of": f"finding:{a}", "follows": f"finding:{b}"} for a, b in ("ab", "bc")]
    back = {"of": "finding:c", "follows": "finding:a"}
    document = FULL | {"findings": findings, "relations": [*links, back], "opportunities": []}
    document |= {"actions": [], "outcomes": []}
    whole = {f"#/relations/{n}/follows": "source_circle" for n in range(3)}
    assert await again(org.admin, document) == whole
    assert await again(org.admin, document | {"relations": links}) == {}
    assert await again(org.admin, document | {"relations": [back]}) == {
        "#/relations/0/follows": "source_circle"
    }
    itself = {"of": "finding:a", "follows": "finding:a"}
    assert await again(org.admin, document | {"relations": [itself]}) == {
        "#/relations/0/follows": "source_circle"
    }
