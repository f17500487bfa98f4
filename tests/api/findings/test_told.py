"""Who hears of a finding: its author of how it ended, and who watches the journey of everything."""

from domain.roles import Group
from tests.api.findings.finding_scene import add, do
from tests.api.inbox.telling import inbox, nothing, reasons, tell, watch
from tests.api.voices.scene import scene
from tests.world import World

F, S, D, X = Group


async def test_its_author_hears_how_it_ended(world: World) -> None:
    place = await scene(world)
    await watch(place[X], f"journeys/{place.journey}", "all")
    await tell(place.org, place.journey)
    one, other = await add(place, place[F]), await add(place, place[F])
    assert (await do(place.owner, one, "merge", {"into_id": other["id"]})).status_code == 200
    closed = await do(place.owner, other, "close", {"status": "addressed", "note": "More staff."})
    assert closed.status_code == 200, closed.text
    await tell(place.org, place.journey)
    told = [("resolved", "finding.closed"), ("resolved", "finding.merged")]
    assert await reasons(place[F]) == told
    lines = await inbox(place[F])
    assert lines[0]["subject"]["id"] == other["id"]
    assert lines[0]["sentence"].endswith("closed a finding at Wait.")
    assert {reason for reason, _ in await reasons(place[X])} == {"watching"}
    await nothing(place[S], place[D])
    page = await place[X].read(f"/v1/journeys/{place.journey}/activity?limit=5")
    sentences = [item["sentence"] for item in page["items"]]
    assert any("closed a pain point at Wait." in sentence for sentence in sentences)
