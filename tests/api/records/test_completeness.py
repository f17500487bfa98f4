"""The watchman of the ledger: he accounts for every column and sees what nobody told."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
from litestar import Litestar

from api.embedded.cluster import Cluster
from api.embedded.place import SUPERUSER
from domain import ledger
from domain.models.base import Base, Recorded
from domain.models.maps.stages import Stage
from domain.roles import Group
from tests import ledger_checks
from tests.api.voices.scene import Scene, scene
from tests.cluster import connected
from tests.ledger_checks import BOOKKEEPING, assert_ledger_complete, untold
from tests.world import World

UNTOLD = {
    "a change": "UPDATE stages SET name = name || '!' WHERE organization_id = $1",
    "a change with a version": "UPDATE stages SET name = 'x', version = version + 1"
    " WHERE organization_id = $1",
    "a change of a person": "UPDATE members SET title = 'Chief' WHERE organization_id = $1",
    "a change of the organization": "UPDATE organizations SET names_leaders = false WHERE id = $1",
    "a link more": "INSERT INTO touchpoint_channels (organization_id, id, channel_id)"
    " SELECT $1, t.id, c.id FROM touchpoints t, channels c WHERE t.organization_id = $1"
    " AND c.organization_id = $1 LIMIT 1",
    "a row more": "INSERT INTO supports SELECT (jsonb_populate_record(s, jsonb_build_object("
    "'id', gen_random_uuid(), 'member_id', m.id))).* FROM supports s, members m"
    " WHERE s.organization_id = $1 AND m.organization_id = $1 AND m.id <> s.member_id LIMIT 1",
    "a row less": "DELETE FROM supports WHERE organization_id = $1",
    "another word in the past": "UPDATE revisions SET content = replace(content, 'Too', 'Not too')"
    " WHERE organization_id = $1 AND subject_kind = 'annotation'",
    "a new state erased": "UPDATE revisions SET content = NULL, salt = NULL"
    " WHERE organization_id = $1 AND subject_kind = 'stage'",
}


@pytest.fixture(scope="module")
async def place(app: Litestar, http: httpx.AsyncClient) -> Scene:
    place = await scene(World(http, app.state.database, app.state.tokens))
    said = await place.say(place[Group.FRONTLINE_STAFF])
    support = f"/v1/annotations/{said['id']}/support"
    assert (await place[Group.EXECUTIVE].put(support)).is_success
    return place


@pytest.fixture
async def superuser(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    """Somebody who writes past the application; it is undone in the end."""
    async with connected(cluster.url(SUPERUSER)) as connection:
        undone = connection.transaction()
        await undone.start()
        yield connection
        await undone.rollback()


def test_every_column_is_told_or_accounted_for() -> None:
    assert untold() == []


def test_bookkeeping_names_only_tables_that_nobody_records() -> None:
    recorded = {ledger_checks.table_of(model).name for model in ledger_checks.RECORDED}
    assert set(BOOKKEEPING) <= set(Base.metadata.tables) - recorded
    assert all(BOOKKEEPING.values())
    assert len(recorded) == len(Recorded.__subclasses__()) + 1


def test_a_column_left_out_of_the_content_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    told = ledger.columns
    column = told(Stage)[0]
    monkeypatch.setattr(
        ledger, "columns", lambda m: tuple(n for n in told(m) if (m, n) != (Stage, column))
    )
    assert untold() == [f"stages.{column}"]


def test_a_table_without_a_record_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(BOOKKEEPING, "import_keys")
    assert {name.split(".")[0] for name in untold()} == {"import_keys"}


async def test_what_was_told_is_complete(superuser: asyncpg.Connection, place: Scene) -> None:
    await assert_ledger_complete(superuser, place.org.id)


@pytest.mark.parametrize("statement", UNTOLD.values(), ids=list(UNTOLD))
async def test_what_nobody_told_is_noticed(
    superuser: asyncpg.Connection, place: Scene, statement: str
) -> None:
    done = await superuser.execute(statement, place.org.id)
    assert not done.endswith(" 0"), "nothing was changed"
    with pytest.raises(AssertionError):
        await assert_ledger_complete(superuser, place.org.id)
