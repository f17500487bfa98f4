"""`touchstone audit`: an untouched ledger holds, an altered one never does."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from click.testing import CliRunner, Result
from litestar import Litestar

from api.cli import main
from api.commands.machine import plain
from api.embedded.cluster import Cluster
from api.embedded.place import SUPERUSER
from api.embedded.roles import APP, BACKUP
from api.settings import Settings
from domain import verify_export
from domain.ids import new_id
from domain.queries.records import audit
from domain.queries.records.audit import Finding, Scope
from domain.roles import Group
from tests.api.records.tampering import TAMPERINGS
from tests.api.voices.scene import Scene, scene
from tests.ledger_checks import excuse
from tests.world import World

VERIFIER = Path(verify_export.__file__)


@pytest.fixture(scope="module")
def module_world(app: Litestar, http: httpx.AsyncClient) -> World:
    """Builders for what the whole file looks at."""
    return World(http, app.state.database, app.state.tokens)


@pytest.fixture(scope="module")
async def place(module_world: World) -> Scene:
    """A journey in which every kind of actor has acted, beside another one."""
    place = await scene(module_world)
    await place.org.journey()
    said = await place[Group.EXECUTIVE].made(
        "/v1/annotations",
        {"subject_id": str(place.touchpoint), "kind": "comment", "body": "Zoë waited."},
    )
    edited = await place[Group.EXECUTIVE].patch(
        f"/v1/annotations/{said['id']}", {"body": "Zoë waited an hour."}, If_Match='"1"'
    )
    assert edited.status_code == 200
    rated = f"/v1/touchpoints/{place.touchpoint}/ratings/me"
    assert (await place[Group.FRONTLINE_STAFF].put(rated, {"emotional": 4})).status_code == 200
    return place


@pytest.fixture
async def superuser(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    """Somebody whom no wall stops; whatever they do is undone in the end."""
    connection = await asyncpg.connect(plain(cluster.url(SUPERUSER)))
    undone = connection.transaction()
    await undone.start()
    yield connection
    await undone.rollback()
    await connection.close()


async def findings(connection: asyncpg.Connection, scope: Scope) -> list[Finding]:
    return [one async for step in audit.check(connection, scope) for one in step.findings]


async def journeys(connection: asyncpg.Connection, place: Scene) -> list[UUID]:
    rows = await connection.fetch(
        "SELECT id FROM journeys WHERE organization_id = $1 ORDER BY id", place.org.id
    )
    return [row["id"] for row in rows]


async def test_an_untouched_ledger_holds(superuser: asyncpg.Connection, place: Scene) -> None:
    assert await findings(superuser, Scope(place.org.id)) == []
    for journey in await journeys(superuser, place):
        assert await findings(superuser, Scope(place.org.id, journey)) == []


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=list(TAMPERINGS))
async def test_every_tampering_is_found(
    superuser: asyncpg.Connection, place: Scene, statement: str
) -> None:
    journey, other = await journeys(superuser, place)
    member = place[Group.SUPPORT_STAFF].member_id
    done = await superuser.execute(statement, place.org.id, journey, other, member)
    assert not done.endswith(" 0"), "nothing was altered"
    found = await findings(superuser, Scope(place.org.id))
    assert found
    assert {one.organization_id for one in found} == {place.org.id}
    assert {one.stream_id for one in found} & {journey, member}


async def test_a_page_ends_anywhere(
    superuser: asyncpg.Connection, place: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey, _ = await journeys(superuser, place)
    for size in (1, 2, 5):
        monkeypatch.setattr(audit, "PAGE", size)
        assert await findings(superuser, Scope(place.org.id)) == []
    count = "SELECT count(*) FROM entries WHERE organization_id = $1"
    steps = [step.entries async for step in audit.check(superuser, Scope(place.org.id))]
    assert sum(steps) == await superuser.fetchval(count, place.org.id)
    await superuser.execute(
        "UPDATE entries SET at = 1 WHERE organization_id = $1 AND stream_id = $2"
        " AND revision IN (2, 3)",
        place.org.id,
        journey,
    )
    found = await findings(superuser, Scope(place.org.id, journey))
    assert [(one.revision, one.reason) for one in found] == [
        (2, "its fields do not give its hash"),
        (3, "its fields do not give its hash"),
    ]


async def test_erased_content_is_no_tampering(superuser: asyncpg.Connection, place: Scene) -> None:
    await superuser.execute(
        "UPDATE revisions SET content = NULL, salt = NULL WHERE organization_id = $1", place.org.id
    )
    assert await findings(superuser, Scope(place.org.id)) == []


async def run(settings: Settings, *arguments: str, **changed: str) -> Result:
    """Run `touchstone audit` in a thread, as it brings its own event loop."""
    environ = settings.environ() | changed
    return await asyncio.to_thread(CliRunner().invoke, main, ["audit", *arguments], env=environ)


async def test_the_command_says_what_holds(settings: Settings, place: Scene) -> None:
    whole = await run(settings, "verify", "--organization", str(place.org.id))
    assert whole.exit_code == 0, whole.output
    assert whole.output.startswith("ok: 3 streams, ")
    one = await run(settings, "verify", "--stream", str(place.org.id))
    assert one.output.startswith("ok: 1 streams, ")


async def test_the_command_lists_the_first_finding_and_all_others(
    settings: Settings, cluster: Cluster, module_world: World
) -> None:
    org = await module_world.organization()
    excuse(org.id)
    journey = await org.journey()
    connection = await asyncpg.connect(plain(cluster.url(SUPERUSER)))
    alter = "UPDATE entries SET at = 1 WHERE stream_id = $1 AND revision = ANY($2)"
    await connection.execute(alter, journey, [2, 5])
    await connection.close()
    found = await run(settings, "verify", "--organization", str(org.id))
    assert found.exit_code == 1
    lines = found.output.splitlines()
    begin = f"tampered: organization {org.id} stream {journey} revision"
    assert lines == [f"{begin} {n}: its fields do not give its hash" for n in (2, 5)]


@pytest.mark.parametrize("option", ["--organization", "--stream"])
async def test_nobody_can_tell_of_what_is_not_there(settings: Settings, option: str) -> None:
    unknown = await run(settings, "verify", option, str(new_id()))
    assert unknown.exit_code == 2
    assert "no such organization or stream" in unknown.output


async def test_nobody_can_tell_without_the_role_that_sees_all(
    settings: Settings, cluster: Cluster
) -> None:
    for url, says in (
        ("", "TOUCHSTONE_BACKUP_DATABASE_URL is missing"),
        (cluster.url(APP), "does not see every organization"),
        ("postgresql://touchstone_backup@127.0.0.1:1/touchstone", "Error"),
    ):
        answer = await run(settings, "verify", TOUCHSTONE_BACKUP_DATABASE_URL=url)
        assert answer.exit_code == 2
        assert says in " ".join(answer.output.replace("│", " ").split())
        assert "Traceback" not in answer.output


async def exported(settings: Settings, place: Scene, folder: Path) -> Path:
    file = folder / "ledger.jsonl"
    done = await run(settings, "export", str(place.org.id), str(file))
    assert done.exit_code == 0, done.output
    return file


def verified(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", VERIFIER, file], capture_output=True, text=True)


async def test_an_export_is_checked_by_one_file_without_our_packages(
    settings: Settings, cluster: Cluster, place: Scene, tmp_path: Path
) -> None:
    app = await asyncpg.connect(plain(cluster.url(APP)))
    async with app.transaction():
        await app.execute(f"SET LOCAL touchstone.organization_id = '{place.org.id}'")
        erase = "UPDATE revisions SET content = NULL, salt = NULL"
        await app.execute(f"{erase} WHERE subject_kind = 'annotation' AND version = 1")
    await app.close()
    file = await exported(settings, place, tmp_path)
    assert file.stat().st_mode & 0o077 == 0
    done = await asyncio.to_thread(verified, file)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    counts = ", ".join(f"{n} {name}" for name, n in lines[-1]["end"].items())
    assert f"{counts} (1 erased); every hash and digest holds" in done.stdout
    kinds = {line["entry"]["actor_kind"] for line in lines if "entry" in line}
    assert kinds >= {"member", "hidden"}


async def test_an_altered_export_is_not(settings: Settings, place: Scene, tmp_path: Path) -> None:
    file = await exported(settings, place, tmp_path)
    file.write_text(file.read_text().replace("an hour", "a minute", 1))
    done = await asyncio.to_thread(verified, file)
    assert done.returncode == 1
    assert "content and salt do not give the digest" in done.stdout


async def test_an_export_that_fails_leaves_no_half_file(settings: Settings, tmp_path: Path) -> None:
    failed = await run(settings, "export", str(new_id()), str(tmp_path / "ledger.jsonl"))
    assert failed.exit_code == 2
    assert not os.listdir(tmp_path)


async def test_the_backup_role_cannot_write(cluster: Cluster) -> None:
    connection: Any = await asyncpg.connect(plain(cluster.url(BACKUP)))
    await connection.execute("SET default_transaction_read_only = off")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("UPDATE heads SET revision = 0")
    await connection.close()
