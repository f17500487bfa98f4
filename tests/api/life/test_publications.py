"""A map laid before an audience: who is asked, who has read it, and who is told what of that."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.database import Transaction, hot
from domain.roles import Group
from domain.rules.happenings import CALLS
from tests.api.accountability.moments import become
from tests.api.inbox.telling import inbox, only, tell
from tests.api.maps.events import verbs
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

F, S, D, X = Group
_KEPT = hot(
    text(
        "SELECT count(*) FROM revisions WHERE content LIKE '%Canary%'"
        " AND organization_id = CAST(:organization_id AS uuid)"
    )
)
Thing = dict[str, Any]


async def laid(place: Scene, **audience: Any) -> Thing:
    return await place.owner.made(f"/v1/journeys/{place.journey}/publications", audience)


async def read(caller: Caller, publication: Thing) -> Thing:
    reply = await caller.put(f"/v1/publications/{publication['id']}/receipt")
    assert reply.status_code == 200, reply.text
    found: Thing = reply.json()
    return found


def counts(told: Thing) -> tuple[int, int, int]:
    return told["asked"], told["acknowledged"], told["waiting"]


async def work(caller: Caller) -> list[str]:
    items = (await caller.read("/v1/me/work?kind=acknowledge"))["items"]
    return [one["subject_id"] for one in items]


async def test_from_laying_it_out_to_the_last_who_has_read_it(world: World) -> None:
    place = await scene(world)
    before = await place.revision()
    made = await laid(place, groups=["frontline_staff", "executive"], note="Read it, please.")
    assert (counts(made), made["revision"], made["everyone"]) == ((2, 0, 2), before, False)
    assert made["my_receipt"] is None
    assert set(made["waiting_member_ids"]) == {str(place[one].member_id) for one in (F, X)}
    assert await place.verbs(before) == ["publication.made", *["publication.addressed"] * 2]
    await tell(place.org, place.journey)
    line = only(await inbox(place[F]))
    assert (line["reason"], line["sentence"]) == ("published", "Founder asks you to read I try it.")
    assert line["subject"]["id"] == made["id"]
    assert await inbox(place[S]) == []
    assert (await work(place[F]), await work(place[S])) == ([made["id"]], [])
    told = await read(place[F], made)
    assert (counts(told), told["waiting_member_ids"]) == ((2, 1, 1), None)
    assert told["my_receipt"]["acknowledged_at"] is not None
    assert await read(place[F], made) == told
    assert await place.verbs(before + 3) == ["publication.acknowledged"]
    assert await work(place[F]) == []
    for leader in (place.owner, place[X]):
        told = await leader.read(f"/v1/publications/{made['id']}")
        assert told["waiting_member_ids"] == [str(place[X].member_id)]
    (row,) = (await place[S].read(f"/v1/journeys/{place.journey}/publications"))["items"]
    assert counts(row) == (2, 1, 1)
    assert "waiting_member_ids" not in row


async def test_who_was_not_asked_has_nothing_to_acknowledge(world: World) -> None:
    place = await scene(world)
    made = await laid(place, groups=["executive"])
    path = f"/v1/publications/{made['id']}/receipt"
    for caller in (place[S], place.owner, (await world.organization()).admin):
        assert code(await caller.put(path), 404) == "not_found"


async def test_a_department_stands_for_all_below_it(world: World) -> None:
    place = await scene(world)
    above = await place.owner.made("/v1/departments", {"name": "Service"})
    below = await place.owner.made("/v1/departments", {"name": "Desk", "parent_id": above["id"]})
    for person, department in ((F, below["id"]), (S, above["id"])):
        path = f"/v1/members/{place[person].member_id}"
        version = (await place.owner.read(path))["version"]
        body = {"department_id": department}
        assert (await place.owner.patch(path, body, **etag(version))).status_code == 200
    made = await laid(place, department_ids=[above["id"]])
    assert set(made["waiting_member_ids"]) == {str(place[one].member_id) for one in (F, S)}
    assert made["department_ids"] == [above["id"]]


async def test_nobody_waits_for_who_is_gone(world: World) -> None:
    place = await scene(world)
    made = await laid(place, everyone=True)
    assert counts(made) == (4, 0, 4)
    await become(place.owner, place[S], "suspended")
    path = f"/v1/members/{place[D].member_id}/erase"
    assert (await place.owner.post(path, **etag(1))).status_code == 200
    told = await place.owner.read(f"/v1/publications/{made['id']}")
    assert counts(told) == (2, 0, 2)
    await become(place.owner, place[S], "active")
    assert counts(await place.owner.read(f"/v1/publications/{made['id']}")) == (3, 0, 3)


async def test_the_audience_of_a_draft_may_read_it_from_then_on(world: World) -> None:
    place = await scene(world, status="draft")
    path = f"/v1/journeys/{place.journey}/map"
    assert (await place[F].get(path)).status_code == 404
    made = await laid(place, groups=["frontline_staff"])
    assert (await place[F].get(path)).status_code == 200
    assert (await place[S].get(f"/v1/publications/{made['id']}")).status_code == 404
    open_to_all = await scene(world)
    await laid(open_to_all, groups=["frontline_staff"])
    assert "grant.created" not in await verbs(open_to_all.org, open_to_all.journey)


async def test_an_edition_is_laid_out_as_it_was(world: World) -> None:
    place = await scene(world)
    path = f"/v1/journeys/{place.journey}/editions"
    edition = await place.owner.made(path, {"name": "Spring"})
    await place.owner.made(f"/v1/stages/{place.stage}/touchpoints", {"name": "New"})
    made = await laid(place, edition_id=edition["id"], everyone=True)
    assert (made["edition_id"], made["revision"]) == (edition["id"], edition["revision"])
    other = await place.org.journey()
    refused = await place.owner.post(
        f"/v1/journeys/{other}/publications", {"edition_id": edition["id"], "everyone": True}
    )
    assert code(refused, 422) == "unknown_edition"


async def test_an_audience_must_be_somebody(world: World) -> None:
    place = await scene(world)
    path = f"/v1/journeys/{place.journey}/publications"
    empty = await place.owner.made("/v1/departments", {"name": "Empty"})
    nobody = await place.owner.post(path, {"department_ids": [empty["id"]]})
    assert code(nobody, 422) == "nobody_addressed"
    assert code(await place.owner.post(path, {}), 400) == "no_audience"
    unknown = {"department_ids": [str(place.journey)]}
    assert code(await place.owner.post(path, unknown), 422) == "unknown_department"
    assert code(await place[D].post(path, {"everyone": True}), 403) == "forbidden"


async def test_who_has_read_it_is_no_news_to_everybody(world: World) -> None:
    place = await scene(world)
    made = await laid(place, groups=["frontline_staff", "support_staff"])
    await read(place[F], made)
    path = f"/v1/journeys/{place.journey}/events?limit=100"

    async def told(caller: Caller) -> list[str]:
        events = (await caller.read(path))["items"]
        return [one["verb"] for one in events if (one["verb"] or "").startswith("publication.")]

    addressed, acknowledged = "publication.addressed", "publication.acknowledged"
    assert await told(place.owner) == ["publication.made", *[addressed] * 2, acknowledged]
    assert await told(place[F]) == ["publication.made", addressed, acknowledged]
    assert await told(place[S]) == ["publication.made", addressed]
    assert await told(place[D]) == ["publication.made"]
    activity = await place[D].read(f"/v1/journeys/{place.journey}/activity?limit=100")
    sentences = [one["sentence"] for one in activity["items"]]
    assert "Founder laid I try it before an audience." in sentences
    assert not any("was asked to read" in one or "has read" in one for one in sentences)
    assert addressed in CALLS


async def test_erasing_a_member_empties_what_they_noted(world: World) -> None:
    place = await scene(world)
    gone = place[X]
    path = f"/v1/journeys/{place.journey}"
    grant = {"role": "editor", "member_id": str(gone.member_id)}
    await place.owner.made(f"{path}/grants", grant)
    edition = await gone.made(f"{path}/editions", {"name": "Spring", "note": "Canary."})
    restored = await gone.post(f"/v1/editions/{edition['id']}/restore", **etag(1))
    assert restored.status_code == 200
    department = await place.owner.made("/v1/departments", {"name": "Service"})
    body = {"everyone": True, "department_ids": [department["id"]], "note": "Canary."}
    laid_out = await gone.made(f"{path}/publications", body)
    await gone.made(f"{path}/revisits", {"outcome": "still_true", "note": "Canary."})
    erased = await place.owner.post(f"/v1/members/{gone.member_id}/erase", **etag(1))
    assert erased.status_code == 200, erased.text
    told = await place.owner.read(f"/v1/editions/{edition['id']}")
    assert (told["name"], told["note"]) == ("Spring", "")
    told = await place.owner.read(f"/v1/publications/{laid_out['id']}")
    assert (told["note"], told["department_ids"]) == ("", [department["id"]])
    (told,) = (await place.owner.read(f"{path}/revisits"))["items"]
    assert (told["note"], told["outcome"]) == ("", "still_true")
    async with world.database.transaction(place.org.id) as tx:
        assert not await kept(tx, place.org.id)
    assert {"edition.erased", "publication.erased", "revisit.erased"} <= set(await place.verbs())


async def kept(tx: Transaction, organization_id: UUID) -> int:
    """How many revisions still hold the word."""
    return int(await tx.value(_KEPT, organization_id=organization_id))
