"""Long work: asked for, done by a worker as the member who asked, once, and forgotten."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from api.commands.jobs import result_key
from api.commands.works import at_work
from api.settings import Settings
from domain import clock
from domain.roles import Group, Scope
from domain.services.exchange import jobs
from tests.api.exchange.documents import timeless
from tests.api.exchange.full import FULL
from tests.api.exchange.test_exports import exported, imported
from tests.api.identity.tokens import narrowed
from tests.world import Caller, Org, World


async def worked(settings: Settings, org: Org, later: timedelta = timedelta()) -> int:
    """Let a worker look once, so much later; how much it did."""
    then = clock.now() + later

    def at() -> datetime:
        return then

    async with at_work(settings, org.id) as works:
        with clock.replaced(at):
            return (await works.jobs.look())["done"]


async def asked(caller: Caller, path: str, body: dict[str, Any]) -> str:
    reply = await caller.post(path, body)
    assert (reply.status_code, reply.json()["status"]) == (202, "queued"), reply.text
    assert reply.headers["location"] == f"/v1/jobs/{reply.json()['id']}"
    return str(reply.headers["location"])


async def import_asked(caller: Caller, document: dict[str, Any], **more: Any) -> str:
    return await asked(caller, "/v1/jobs/imports", {"document": document, **more})


async def test_an_import_and_an_export_are_done_in_the_background(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    job = await import_asked(org.admin, FULL)
    assert await worked(settings, org) == 1
    done = await org.admin.read(job)
    assert (done["status"], done["done"], done["problem"]) == ("done", done["total"], None)
    told = await org.admin.read(f"{job}/result")
    assert told["journey_id"] == done["journey_id"]
    request = {"journey_id": done["journey_id"]}
    export = await asked(org.admin, "/v1/jobs/exports", request)
    assert await worked(settings, org) == 1
    now = await exported(org.admin, done["journey_id"])
    result = await org.admin.get(f"{export}/result")
    assert timeless(result.json()) == timeless(now)
    assert int((await org.admin.read(export))["result"]["size"]) == len(result.content)
    assert [one["kind"] for one in (await org.admin.read("/v1/jobs"))["items"]] == [
        "export",
        "import",
    ]
    assert await worked(settings, org) == 0


async def test_a_job_may_no_more_than_the_token_that_asked_for_it(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    narrow = await narrowed(org.admin, "maps", "account")
    job = await import_asked(narrow, FULL)
    await worked(settings, org)
    found = await narrow.read(job)
    assert found["status"] == "failed"
    at_once = await narrow.post("/v1/journeys/import", FULL)
    assert at_once.status_code == 422
    assert found["problem"]["errors"] == at_once.json()["errors"]
    assert "unknown_department" in {one["code"] for one in found["problem"]["errors"]}
    wide = await narrowed(org.admin, *Scope)
    job = await import_asked(wide, FULL)
    await worked(settings, org)
    assert (await wide.read(job))["status"] == "done"


async def test_a_faulty_import_says_what_is_wrong_and_writes_nothing(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    broken = deepcopy(FULL)
    broken["moments"][0]["touchpoint"] = "nowhere"
    job = await import_asked(org.admin, broken)
    await worked(settings, org)
    found = await org.admin.read(job)
    assert (found["status"], found["result"], found["problem"]["code"]) == (
        "failed",
        None,
        "invalid_document",
    )
    assert found["problem"]["errors"][0]["pointer"] == "#/moments/0/touchpoint"
    assert (await org.admin.get(f"{job}/result")).json()["code"] == "no_result"
    assert (await org.admin.read("/v1/journeys"))["items"] == []


async def test_jobs_are_ones_own_and_done_with_the_rights_one_has_then(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    journey_id = str(await org.journey())
    fay = await org.member(Group.FRONTLINE_STAFF)
    job = await asked(fay, "/v1/jobs/exports", {"journey_id": journey_id})
    for path in (job, f"{job}/result"):
        assert (await org.admin.get(path)).status_code == 404
    assert (await org.admin.post(f"{job}/cancel")).status_code == 404
    assert (await org.admin.read("/v1/jobs"))["items"] == []
    hidden = await org.admin.read(f"/v1/journeys/{journey_id}")
    shut = {"restricted": True}
    version = f'"{hidden["version"]}"'
    reply = await org.admin.patch(f"/v1/journeys/{journey_id}", shut, If_Match=version)
    assert reply.status_code == 200, reply.text
    await worked(settings, org)
    found = await fay.read(job)
    assert (found["status"], found["problem"]["status"]) == ("failed", 404)
    forbidden = await fay.post("/v1/jobs/imports", {"document": FULL})
    assert forbidden.status_code == 403
    again = await fay.post("/v1/jobs/exports", {"journey_id": journey_id})
    assert again.status_code == 404


async def test_a_cancelled_job_leaves_nothing(world: World, settings: Settings) -> None:
    org = await world.organization()
    job = await import_asked(org.admin, FULL)
    assert (await org.admin.post(f"{job}/cancel")).json()["status"] == "cancelled"
    assert (await org.admin.post(f"{job}/cancel")).status_code == 409
    assert await worked(settings, org) == 0
    late = await import_asked(org.admin, FULL)
    async with at_work(settings, org.id) as works:
        kept = works.jobs._kept

        async def cancelled_meanwhile(*given: Any) -> None:
            assert (await org.admin.post(f"{late}/cancel")).status_code == 200
            await kept(*given)

        pytest.MonkeyPatch().setattr(works.jobs, "_kept", cancelled_meanwhile)
        await works.jobs.look()
    assert (await org.admin.read(late))["status"] == "cancelled"
    assert (await org.admin.read("/v1/journeys"))["items"] == []


async def test_what_a_killed_worker_left_is_done_once(world: World, settings: Settings) -> None:
    org = await world.organization()
    job = await import_asked(org.admin, FULL)
    job_id = UUID(job.rsplit("/", 1)[-1])
    async with world.database.transaction(org.id) as tx:
        assert await jobs.claim(tx, job_id) is not None
    assert await worked(settings, org) == 0
    assert await worked(settings, org, timedelta(seconds=61)) == 1
    async with world.database.transaction(org.id) as tx:
        assert not await jobs.finish(tx, job_id, 1)  # the first one, when it was not dead after all
    assert (await org.admin.read(job))["status"] == "done"
    assert len((await org.admin.read("/v1/journeys"))["items"]) == 1


async def test_a_job_is_forgotten_after_a_day_and_with_its_member(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    journey_id = await imported(org.admin, FULL)
    fay = await org.member(Group.EXECUTIVE)
    mine = await asked(org.admin, "/v1/jobs/exports", {"journey_id": journey_id})
    reply = await org.admin.post(
        f"/v1/journeys/{journey_id}/transition", {"to": "in_review"}, If_Match='"1"'
    )
    assert reply.status_code == 200, reply.text
    hers = await asked(fay, "/v1/jobs/exports", {"journey_id": journey_id})
    assert await worked(settings, org) == 2
    version = (await org.admin.read(f"/v1/members/{fay.member_id}"))["version"]
    erased = await org.admin.post(f"/v1/members/{fay.member_id}/erase", If_Match=f'"{version}"')
    assert erased.status_code in (200, 204), erased.text
    await worked(settings, org)
    async with at_work(settings, org.id) as works:
        assert await _there(works.jobs.files, org, mine)
        assert not await _there(works.jobs.files, org, hers)
        at = clock.now() + timedelta(days=2)
        with clock.replaced(lambda: at):
            await works.sweep.look()  # the row is there still, and so is its file
        assert await _there(works.jobs.files, org, mine)
        await worked(settings, org, timedelta(days=1, seconds=5))
        assert not await _there(works.jobs.files, org, mine)
    assert (await org.admin.get(mine)).status_code == 404


async def test_a_job_that_never_ends_is_given_up(world: World, settings: Settings) -> None:
    org = await world.organization()
    job = await import_asked(org.admin, FULL)
    start = clock.now()
    for attempt in range(jobs.MOST_ATTEMPTS):
        with clock.replaced(lambda at=start + timedelta(seconds=61 * attempt): at):
            async with world.database.transaction(org.id) as tx:
                assert await jobs.claim(tx, UUID(job.rsplit("/", 1)[-1])) is not None
    assert await worked(settings, org, timedelta(seconds=400)) == 1
    found = await org.admin.read(job)
    assert (found["status"], found["problem"]["code"]) == ("failed", "job_given_up")


async def test_each_attempt_has_a_file_of_its_own(
    world: World, settings: Settings, app: Litestar
) -> None:
    org = await world.organization()
    job = await import_asked(org.admin, FULL)
    job_id = UUID(job.rsplit("/", 1)[-1])
    async with world.database.transaction(org.id) as tx:
        assert await jobs.claim(tx, job_id) is not None
    assert await worked(settings, org, timedelta(seconds=61)) == 1
    await app.state.files.put(result_key(org.id, job_id, 1), b"late")
    assert (await org.admin.read(f"{job}/result"))["dry_run"] is False
    await app.state.files.remove(result_key(org.id, job_id, 2))
    assert (await org.admin.get(f"{job}/result")).status_code == 404


async def _there(files: Any, org: Org, job: str) -> bool:
    try:
        return bool(await files.read(result_key(org.id, UUID(job.rsplit("/", 1)[-1]), 1)))
    except FileNotFoundError:
        return False
