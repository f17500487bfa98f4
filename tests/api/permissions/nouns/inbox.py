"""The inbox: everybody reads and marks their own, and watches what they see."""

from uuid import UUID

from tests.api.inbox.telling import inbox, reply, say, tell
from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import Probe, get, own
from tests.world import Caller


async def fresh_notification(cast: Cast, caller: Caller) -> dict[str, str]:
    """Somebody answered the caller."""
    journey = UUID(cast.things["journey"])
    await reply(cast["owner"], await say(caller, journey))
    await tell(cast.org, journey)
    return {"notification": (await inbox(caller))[0]["id"]}


LEVEL = {"level": "all"}
PROBES = {
    "listNotifications": own("GET", "/me/notifications"),
    "countNotifications": own("GET", "/me/notifications/count"),
    "getNotification": own("GET", "/me/notifications/{notification}", fresh=fresh_notification),
    "updateNotification": own(
        "PATCH", "/me/notifications/{notification}", {"read": True}, fresh_notification
    ),
    "updateNotifications": own("POST", "/me/notifications/mark", {"read": True}),
    "listWatches": own("GET", "/me/watches"),
    "getJourneyWatch": get("/journeys/{journey}/watch", "journey"),
    "watchJourney": Probe("PUT", "/journeys/{journey}/watch", LEVEL, "journey"),
    "getThreadWatch": get("/annotations/{annotation}/watch", "annotation"),
    "watchThread": Probe("PUT", "/annotations/{annotation}/watch", LEVEL, "annotation"),
    "getPreferences": own("GET", "/me/preferences"),
    "updatePreferences": own("PATCH", "/me/preferences", {"digest": "daily"}),
}


async def furnish(cast: Cast) -> None:
    """A line in the inbox of the owner."""
    journey = UUID(cast.things["journey"])
    await reply(cast["author"], await say(cast["owner"], journey))
    await tell(cast.org, journey)
    cast.things["notification"] = (await inbox(cast["owner"], "&reason=reply"))[0]["id"]
