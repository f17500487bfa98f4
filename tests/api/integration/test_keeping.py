"""What is kept of webhooks and for how long: the log, the secrets, and what is told of neither."""

from datetime import timedelta

import asyncpg
import pytest
from litestar import Litestar
from msgspec.structs import replace

from api.auth.vault import Vault
from api.commands.works import at_work
from api.embedded.cluster import Cluster
from api.embedded.roles import BACKUP
from api.settings import Settings
from domain import clock
from domain.models.integration.webhooks import Webhook
from tests.api.integration.hooks import HERE, hooked, log_of, told
from tests.api.integration.receiver import receiving
from tests.api.integration.scene import Scene
from tests.api.integration.test_webhooks import verified
from tests.cluster import connected
from tests.world import World

ANOTHER = "another signing key that is only good for tests"


async def test_what_was_sent_is_forgotten_after_a_month(scene: Scene) -> None:
    await scene.org.journey()
    await told(scene.works)
    await scene.org.admin.post(f"{scene.path}/pause")
    await scene.org.journey()
    await told(scene.works)
    now = clock.now()
    for days, left in ((29, ["pending", "delivered"]), (31, ["cancelled"]), (62, [])):
        at = now + timedelta(days=days)
        with clock.replaced(lambda at=at: at):
            await scene.works.forgetting.look()
        found = [one["status"] for one in await log_of(scene.org.admin, scene.hook)]
        assert found == left, days


async def test_the_log_is_narrowed_and_paged(scene: Scene) -> None:
    for _ in range(3):
        await scene.org.admin.post(f"{scene.path}/ping")
    await scene.org.journey()
    await told(scene.works)
    pings = await log_of(scene.org.admin, scene.hook, "&event=webhook.ping&status=delivered")
    assert len(pings) == 3
    assert await log_of(scene.org.admin, scene.hook, "&status=failed") == []
    path, seen, cursor = f"{scene.path}/deliveries?limit=3", [], ""
    while cursor is not None:
        page = await scene.org.admin.read(path + cursor)
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert seen == [one["id"] for one in await log_of(scene.org.admin, scene.hook)]
    long = await scene.org.admin.get(f"{scene.path}/deliveries?event={'x' * 101}")
    assert long.status_code == 400


async def test_with_a_new_secret_of_the_installation_it_signs_as_before(
    scene: Scene, world: World, settings: Settings
) -> None:
    turned = replace(
        settings, secret=ANOTHER, secret_previous=settings.secret, outbound_private=HERE
    )
    org = scene.org
    async with at_work(replace(turned, secret_previous=""), org.id) as works:
        await org.journey()
        await told(works)
        (attempt,) = (await scene.details())["attempts"]
        assert "another TOUCHSTONE_SECRET" in attempt["error"]
        assert scene.receiver.received == []
    async with at_work(turned, org.id) as works:
        await told(works, timedelta(seconds=6))
        verified(scene.hook["secret"], scene.receiver.received[0])
    async with world.database.transaction(org.id) as tx:
        kept = await tx.entity(Webhook, (org.id, scene.hook["id"]))
        assert kept is not None
        assert not Vault([ANOTHER]).is_stale(kept.secret)
    async with at_work(replace(turned, secret_previous=""), org.id) as works:
        await org.journey()
        await told(works)
        verified(scene.hook["secret"], scene.receiver.received[1])


@pytest.mark.parametrize("hours", [1, 25])
async def test_what_was_sent_is_counted_though_the_secret_before_cannot_be_read(
    scene: Scene, world: World, settings: Settings, hours: int
) -> None:
    org = scene.org
    await org.admin.post(f"{scene.path}/rotate-secret", If_Match='"1"')
    async with world.database.transaction(org.id) as tx:
        kept = await tx.entity(Webhook, (org.id, scene.hook["id"]))
        assert kept is not None
        kept.previous_secret = Vault(["a key that is gone, and only good for tests"]).seal(b"x")
        await tx.flush()
    turned = replace(
        settings, secret=ANOTHER, secret_previous=settings.secret, outbound_private=HERE
    )
    async with at_work(turned, org.id) as works:
        await org.journey()
        await told(works, timedelta(hours=hours))
    found = await scene.details()
    assert (found["status"], found["attempt_count"]) == ("delivered", 1)
    assert len(scene.receiver.received[0].headers["webhook-signature"].split()) == 1
    async with world.database.transaction(org.id) as tx:
        kept = await tx.entity(Webhook, (org.id, scene.hook["id"]))
        assert kept is not None
        assert kept.previous_secret is None
        assert not Vault([ANOTHER]).is_stale(kept.secret)


async def test_a_secret_that_signs_no_more_is_not_kept(scene: Scene, world: World) -> None:
    await scene.org.admin.post(f"{scene.path}/rotate-secret", If_Match='"1"')
    for hours, kept in ((23, True), (25, False)):
        await scene.org.journey()
        await told(scene.works, timedelta(hours=hours))
        async with world.database.transaction(scene.org.id) as tx:
            webhook = await tx.entity(Webhook, (scene.org.id, scene.hook["id"]))
            assert webhook is not None
            assert (webhook.previous_secret is not None) == kept


async def test_no_secret_is_in_the_database_a_reply_or_a_line_of_the_log(
    scene: Scene, cluster: Cluster, caplog: pytest.LogCaptureFixture, app: Litestar
) -> None:
    admin = scene.org.admin
    turned = (await admin.post(f"{scene.path}/rotate-secret", If_Match='"1"')).json()
    secrets = [one["secret"].removeprefix("whsec_") for one in (scene.hook, turned)]
    async with receiving() as other:
        gone = await hooked(admin, other.url())
        await admin.delete(f"/v1/webhooks/{gone['id']}", If_Match='"1"')
    await scene.org.journey()
    await told(scene.works)
    said = caplog.text
    for path in (scene.path, "/v1/webhooks", f"{scene.path}/deliveries", "/v1/organization/events"):
        said += (await admin.get(path)).text
    said += str(await scene.details())
    async with connected(cluster.url(BACKUP)) as connection:
        for table in ("webhooks", "webhook_deliveries", "webhook_attempts", "revisions", "entries"):
            said += await _everything(connection, table, scene)
    assert not [one for one in secrets if one in said]
    assert turned["name"] in said


async def _everything(connection: asyncpg.Connection, table: str, scene: Scene) -> str:
    query = f"SELECT string_agg(t::text, ' ') FROM {table} t WHERE organization_id = $1"
    return str(await connection.fetchval(query, scene.org.id))
