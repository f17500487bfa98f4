"""Webhooks on stage: administrators see and manage all of them."""

from domain.roles import Scope
from tests.api.permissions.cast import Cast, unique
from tests.api.permissions.shapes import Probe, change, get

ADDRESS = "https://1.1.1.1/hook"
"""A public address: nothing is sent to it, because no worker looks after the stage."""
READING = Scope.READ, Scope.LEDGER
"""What a token needs beside its own scope to have everything told."""


def webhook(_: Cast) -> dict[str, str]:
    """A webhook that hears of everything its maker may see."""
    return {"name": unique("Hook"), "url": ADDRESS}


PROBES = {
    "createWebhook": Probe("POST", "/webhooks", webhook, scopes=READING),
    "listWebhooks": get("/webhooks"),
    "getWebhook": get("/webhooks/{webhook}"),
    "updateWebhook": change("PATCH", "/webhooks/{webhook}", {"name": "Other"}, ""),
    "removeWebhook": change("DELETE", "/webhooks/{webhook}", None, ""),
    "pauseWebhook": Probe("POST", "/webhooks/{paused_webhook}/pause"),
    "resumeWebhook": Probe("POST", "/webhooks/{webhook}/resume", scopes=READING),
    "rotateWebhookSecret": change("POST", "/webhooks/{webhook}/rotate-secret", None, ""),
    "pingWebhook": Probe("POST", "/webhooks/{webhook}/ping"),
    "listWebhookDeliveries": get("/webhooks/{webhook}/deliveries"),
    "getWebhookDelivery": get("/webhook-deliveries/{webhook_delivery}"),
    "redeliverWebhookDelivery": Probe("POST", "/webhook-deliveries/{webhook_delivery}/redeliver"),
}


async def furnish(cast: Cast) -> None:
    """A webhook with something to be delivered, and another one."""
    admin = cast["administrator"]
    for name in ("webhook", "paused_webhook"):
        cast.things[name] = (await admin.made("/v1/webhooks", webhook(cast)))["id"]
    pinged = await admin.post(cast.path("/webhooks/{webhook}/ping"))
    assert pinged.status_code == 202, pinged.text
    cast.things["webhook_delivery"] = pinged.json()["id"]
