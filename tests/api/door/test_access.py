"""Access tokens at the door: what is asked of the database, and how often."""

import logging
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest
from litestar import Litestar

from api.app import create_litestar
from api.auth.access import GUESSES, KIND, AccessTokens
from api.auth.secrets import DIGITS, Secrets
from api.plugins.database import Database
from api.settings import Settings
from domain import clock
from domain.errors import Throttled, Unauthenticated
from tests.api.door.doors import calling
from tests.api.identity.tokens import made, with_token
from tests.api.records.evidence import as_owner, traces
from tests.conftest import running
from tests.world import World

TOKEN = re.compile(r"ts_token_[0-9a-f]{32}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}")


class Counting(Database):
    """The database, which counts how often somebody begins to ask it."""

    def __init__(self, database: Database) -> None:
        self.__dict__ |= database.__dict__
        self.asked = 0

    def transaction(self, organization_id: UUID | None = None) -> Any:
        self.asked += 1
        return super().transaction(organization_id)


class Timer:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def database(app: Litestar) -> Counting:
    return Counting(app.state.database)


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
def secrets(settings: Settings) -> Secrets:
    return Secrets([settings.secret])


@pytest.fixture
def door(secrets: Secrets, timer: Timer) -> AccessTokens:
    return AccessTokens(secrets, timer)


async def test_a_good_one_is_looked_up_once_a_minute(
    world: World, door: AccessTokens, database: Counting, timer: Timer
) -> None:
    org = await world.organization()
    token = await made(org.admin, "read", "voice")
    for _ in range(3):
        found = await door.principal(database, token["token"], "n")
    assert (found.member_id, found.organization_id) == (org.admin.member_id, org.id)
    assert found.scopes == {"read", "voice"}
    assert database.asked == 1
    timer.now += 61
    await door.principal(database, token["token"], "n")
    assert database.asked == 2


async def test_a_typing_error_asks_no_database(
    world: World, door: AccessTokens, database: Counting
) -> None:
    org = await world.organization()
    text = (await made(org.admin, "read"))["token"]
    other = DIGITS[(DIGITS.index(text[-1]) + 1) % 62]
    wrong = [text[:-1] + other, text[:50] + ("0" if text[50] != "0" else "1") + text[51:]]
    wrong += [text[:-1], text + "0", text.replace("_token_", "_stream_"), "ts_token_", ""]
    for one in wrong:
        with pytest.raises(Unauthenticated):
            await door.principal(database, one, "n")
    assert database.asked == 0


async def test_guessing_is_limited_per_network_and_troubles_nobody_else(
    world: World, door: AccessTokens, database: Counting, secrets: Secrets, timer: Timer
) -> None:
    org = await world.organization()
    good = (await made(org.admin, "read"))["token"]
    stale = secrets.mint(KIND, org.id).text
    await door.principal(database, good, "n")
    for _ in range(GUESSES * 2):  # a script that goes on with a token that was revoked
        with pytest.raises(Unauthenticated):
            await door.principal(database, stale, "n")
    assert database.asked == 2
    for _ in range(GUESSES - 1):
        with pytest.raises(Unauthenticated):
            await door.principal(database, secrets.mint(KIND, org.id).text, "n")
    with pytest.raises(Throttled):
        await door.principal(database, secrets.mint(KIND, org.id).text, "n")
    assert database.asked == GUESSES + 1
    await door.principal(database, good, "n")
    timer.now += 61
    for _ in range(GUESSES):
        with pytest.raises(Unauthenticated):
            await door.principal(database, secrets.mint(KIND, org.id).text, "n")
    asked = database.asked
    await door.principal(database, good, "n")
    assert database.asked == asked + 1
    await door.principal(database, (await made(org.admin, "read"))["token"], "m")


async def test_its_use_is_written_once_a_minute_by_all_processes_together(
    world: World, secrets: Secrets, database: Counting
) -> None:
    org = await world.organization()
    token = await made(org.admin, "read")
    began = clock.now()
    seen = []
    for seconds in (1, 20, 59, 62, 63):
        at = began + timedelta(seconds=seconds)
        with clock.replaced(lambda at=at: at):
            # Each time another process, which knows nothing yet.
            await AccessTokens(secrets).principal(database, token["token"], "n")
        seen.append((await org.admin.read(f"/v1/access-tokens/{token['id']}"))["last_used_at"])
    assert seen[0] == seen[1] == seen[2] < seen[3] == seen[4]


async def test_no_token_is_kept_and_none_is_logged(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    org = await world.organization()
    token = await made(org.admin, "read", "maps")
    robot = with_token(org.admin, token)
    await robot.read("/v1/personas")
    await robot.made("/v1/personas", {"name": "Ada"}, Idempotency_Key="k")
    await robot.post("/v1/annotations", {"subject_id": str(org.id)})
    await robot.get(f"/v1/personas?{token['token']}=1")
    assert TOKEN.fullmatch(token["token"])
    assert not TOKEN.search(caplog.text)
    async with as_owner(settings) as owner:
        assert await traces(owner, token["token"].split("_")[3]) == {}


async def test_tokens_share_the_limit_of_their_member(settings: Settings, world: World) -> None:
    org = await world.organization()
    ann = await org.member()
    tokens = [await made(ann, "read"), await made(ann, "read")]
    limited = create_litestar(msgspec.structs.replace(settings, rate_limit=4))
    async with running(limited.lifespan()), calling(limited) as http:
        shown = [*(token["token"] for token in tokens), ann.token]
        left = [await told(http, one) for one in [*shown, shown[0]]]
        assert left == [f'"member";r={r}' for r in (3, 2, 1, 0)]
        refused = await http.get("/v1/personas", headers={"authorization": f"Bearer {shown[1]}"})
        assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
        assert int(refused.headers["retry-after"]) >= 1
        assert refused.headers["ratelimit-policy"] == '"member";q=4;w=60'
        assert await told(http, org.admin.token) == '"member";r=3'


async def told(http: httpx.AsyncClient, token: str) -> str:
    """What is left, as the reply says it."""
    reply = await http.get("/v1/personas", headers={"authorization": f"Bearer {token}"})
    assert reply.status_code == 200, reply.text
    left: str = reply.headers["ratelimit"].partition(";t=")[0]
    return left
