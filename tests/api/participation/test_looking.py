"""Who has looked at what they are asked, and when the clock is to look."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.api.participation.asking import Asking, code, later, told


async def test_looking_is_remembered_and_told_to_those_who_asked(scene: Asking) -> None:
    made = await scene.ask()
    path, before = f"/v1/input-requests/{made['id']}", len(await scene.events())
    assert (await scene.ann.post(f"{path}/seen")).status_code == 204
    with later(timedelta(minutes=5)):
        assert (await scene.ann.post(f"{path}/seen")).status_code == 204
    assert code(await scene.boss.post(f"{path}/seen"), 403) == "forbidden"
    read = await scene.owner.read(path)
    assert read["counts"]["seen"] == 1
    mine = (await scene.ann.read(path))["mine"]["seen_at"]
    assert mine > told(datetime.now(UTC) + timedelta(minutes=3))
    # Others learn the day: to the minute it would lead to a rating that hides whose it is.
    (seen,) = [a["seen_at"] for a in read["asks"] if a["seen_at"]]
    assert seen == f"{mine[:10]}T00:00:00Z"
    assert len(await scene.events()) == before


async def test_of_leaders_it_is_told_when_they_looked(scene: Asking) -> None:
    made = await scene.ask(members=[str(scene.boss.member_id)])
    path = f"/v1/input-requests/{made['id']}"
    assert (await scene.boss.post(f"{path}/seen")).status_code == 204
    read = await scene.boss.read(path)
    assert read["asks"][0]["seen_at"] == read["mine"]["seen_at"]


async def test_of_leaders_too_only_the_day_is_told_where_they_go_by_no_name(scene: Asking) -> None:
    etag = (await scene.owner.get("/v1/organization")).headers["etag"]
    changes = {"names_leaders": False}
    assert (await scene.owner.patch("/v1/organization", changes, If_Match=etag)).is_success
    made = await scene.ask(members=[str(scene.boss.member_id)])
    path = f"/v1/input-requests/{made['id']}"
    assert (await scene.boss.post(f"{path}/seen")).status_code == 204
    read = await scene.owner.read(path)
    mine = (await scene.boss.read(path))["mine"]["seen_at"]
    assert read["asks"][0]["seen_at"] == f"{mine[:10]}T00:00:00Z"


async def test_the_clock_is_told_when_to_look(scene: Asking) -> None:
    made = await scene.ask()
    rows = await deadlines(scene, made["id"])
    assert [row["kind"] for row in rows] == ["remind", "close_input"]
    assert told(rows[1]["due_at"]) == made["due_at"]
    assert rows[0]["due_at"] < rows[1]["due_at"]
    soon = await scene.ask(due_at=told(datetime.now(UTC) + timedelta(minutes=5)))
    assert [row["kind"] for row in await deadlines(scene, soon["id"])] == ["close_input"]


async def deadlines(scene: Asking, subject_id: str) -> list[Any]:
    """What the clock has before it for a subject."""
    async with scene.org.world.database.transaction(scene.org.id) as tx:
        driver = await tx.driver()
        return await driver.fetch(
            "SELECT kind, cause, step, due_at, done_at FROM deadlines WHERE subject_id = $1"
            " ORDER BY due_at",
            UUID(subject_id),
        )
