"""What disables a webhook, who hears of it, and how it is enabled again."""

from datetime import timedelta

from tests.api.integration.hooks import log_of, told
from tests.api.integration.receiver import OK, status
from tests.api.integration.scene import Scene


async def test_410_disables_it_and_resuming_enables_it_from_then_on(scene: Scene) -> None:
    scene.answer(status(410), OK)
    for _ in range(2):
        await scene.org.journey()
    await told(scene.works)
    state = await scene.state()
    assert (state["status"], state["disabled_reason"]) == ("disabled", "gone")
    assert {one["status"] for one in await log_of(scene.org.admin, scene.hook)} <= {
        "failed",
        "cancelled",
        "delivered",
    }
    before = len(scene.receiver.received)
    await scene.org.journey()
    await told(scene.works)
    assert (await scene.org.admin.post(f"{scene.path}/pause")).json()["code"] == (
        "webhook_not_active"
    )
    resumed = (await scene.org.admin.post(f"{scene.path}/resume")).json()
    assert (resumed["status"], resumed["disabled_reason"]) == ("active", None)
    await told(scene.works)
    assert len(scene.receiver.received) == before
    await scene.org.journey()
    await told(scene.works)
    assert len(scene.receiver.received) == before + 1
    feed = await scene.org.admin.read("/v1/organization/events?limit=100")
    verbs = [(one["verb"], one["actor"]["kind"]) for one in feed["items"]]
    assert verbs[-2:] == [("webhook.disabled", "system"), ("webhook.resumed", "member")]


async def test_who_looks_after_it_hears_that_it_was_disabled(scene: Scene) -> None:
    admin, other = scene.org.admin, await scene.org.member(administrator=True)
    scene.answer(status(410))
    await scene.org.journey()
    await told(scene.works)
    await told(scene.works)
    (line,) = (await admin.read("/v1/me/notifications"))["items"]
    assert (line["reason"], line["verb"]) == ("webhook", "webhook.disabled")
    assert (line["journey"], line["path"], line["actor"]) == (None, "Hook", None)
    assert line["sentence"] == "The webhook Hook was disabled: look why, and resume it."
    assert line["subject"] == {"id": scene.hook["id"], "kind": "webhook"}
    assert (await other.read("/v1/me/notifications"))["items"] == []
    muted = await admin.patch("/v1/me/preferences", {"muted_reasons": ["webhook"]})
    assert muted.status_code == 200, muted.text
    await admin.patch(f"/v1/me/notifications/{line['id']}", {"read": True})
    await admin.post(f"{scene.path}/resume")
    await scene.org.journey()
    await told(scene.works)
    await told(scene.works)
    assert (await admin.read("/v1/me/notifications/count"))["unread"] == 0


async def test_five_days_without_a_success_disable_it(scene: Scene) -> None:
    scene.answer(status(502))
    for day in range(6):
        assert (await scene.state())["status"] == "active", day
        await scene.org.journey()
        await told(scene.works, timedelta(days=day))
    state = await scene.state()
    assert (state["status"], state["disabled_reason"]) == ("disabled", "failing")
    assert state["health"]["pending"] == 0
