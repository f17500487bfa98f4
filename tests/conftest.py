"""What every test may ask for."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx
import pytest
from hypothesis import settings as hypothesis_settings
from litestar import Litestar

from api.app import create_litestar, enveloped
from api.embedded.cluster import Cluster
from api.embedded.roles import BACKUP
from api.settings import Settings
from tests.bounds import Bounds
from tests.client import Client
from tests.cluster import connected, migrated, settings_for, started_cluster
from tests.ledger_checks import assert_ledger_complete
from tests.streams import hanging_up
from tests.witness import Witness, is_whole, unproven
from tests.world import World

# The machine is shared and the database real: time is no verdict here.
hypothesis_settings.register_profile("touchstone", deadline=None, max_examples=50)
hypothesis_settings.load_profile("touchstone")


LONGEST = tuple(
    f"tests/{name}"
    for name in (
        "api/machine/test_serve",
        "api/guides/test_guides",
        "api/permissions/test_matrix",
        "api/hostile/test_addresses",
        "api/hostile/test_every_field",
        "migrations/test_stairway",
        "api/machine",
        "api/identity",
    )
)
ACCOUNTS = pytest.StashKey[list[dict[str, tuple[int, int]]]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin the account of what the run has done, and let nothing hold it up."""
    config.stash[ACCOUNTS] = []
    config.pluginmanager.register(Bounds())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that the processes of the run end together."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays until the end: the code and the tests."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over the account of a process of the run."""
    if account := getattr(node, "workeroutput", {}).get("witness"):
        node.config.stash[ACCOUNTS].append(account)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a whole run that leaves an operation unproven."""
    config = session.config
    if hasattr(config, "workerinput") or not is_whole(config) or session.testsfailed:
        return
    if faults := list(unproven(config.stash[ACCOUNTS])):
        print("\nThe ledger was not proven:", *faults, sep="\n  ")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL with every migration applied, for the whole run."""
    cluster = started_cluster()
    try:
        yield migrated(cluster)
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def settings(cluster: Cluster) -> Settings:
    """The settings of the application under test: it connects as the application's role."""
    return settings_for(cluster)


@asynccontextmanager
async def running(context: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
    """Enter and leave a context in one task; fixtures are set up and torn down in two."""
    entered, leave = asyncio.Event(), asyncio.Event()

    async def stay() -> None:
        async with context:
            entered.set()
            await leave.wait()

    task = asyncio.create_task(stay())
    waiting = asyncio.create_task(entered.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        leave.set()
        await task


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[Litestar]:
    """The application, started."""
    app = create_litestar(settings)
    async with running(app.lifespan()):
        yield app


@pytest.fixture(scope="session")
async def witness(
    app: Litestar, cluster: Cluster, request: pytest.FixtureRequest
) -> AsyncIterator[Witness]:
    """Somebody inside the application who sees what is written, whichever client asked for it.

    When the run is over, the ledger must tell everything that any test has left behind, and every
    operation that writes must have been seen to leave its entry.
    """
    app.asgi_handler = witness = Witness(app.asgi_handler, app)
    yield witness
    async with connected(cluster.url(BACKUP)) as connection:
        await assert_ledger_complete(connection)
        await witness.assert_kept(connection)
    request.config.stash[ACCOUNTS].append(witness.account)
    if hasattr(request.config, "workeroutput"):
        request.config.workeroutput["witness"] = witness.account


@pytest.fixture(scope="session")
async def http(app: Litestar, witness: Witness) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP into the application; every reply is held against the published document."""
    async with Client.of(app) as client:
        yield client


@pytest.fixture(scope="module")
async def elsewhere(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP into a second application with a pool and caches of its own."""
    other = create_litestar(settings)
    async with running(other.lifespan()):
        outer = hanging_up(enveloped(other))
        transport = httpx.ASGITransport(outer, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client


@pytest.fixture
def world(app: Litestar, http: httpx.AsyncClient) -> World:
    """Builders of organizations, people and journeys."""
    return World(http, app.state.database, app.state.tokens)
