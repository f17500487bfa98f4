"""A webhook that hears of new journeys, its receiver, and a worker."""

from dataclasses import dataclass
from typing import Any

from api.commands.works import Works
from tests.api.integration.hooks import log_of
from tests.api.integration.receiver import Received, Receiver
from tests.world import Org


@dataclass
class Scene:
    """A webhook that hears of new journeys, its receiver, and a worker."""

    org: Org
    receiver: Receiver
    works: Works
    hook: dict[str, Any]

    @property
    def path(self) -> str:
        return f"/v1/webhooks/{self.hook['id']}"

    def answer(self, *replies: bytes | None) -> None:
        """Answer so, one after another, and the last one from then on."""
        left = list(replies)

        def next_one(_: Received) -> bytes | None:
            return left.pop(0) if len(left) > 1 else left[0]

        self.receiver.answers = next_one

    async def state(self) -> dict[str, Any]:
        return await self.org.admin.read(self.path)

    async def details(self) -> dict[str, Any]:
        """The newest delivery with its attempts."""
        newest = (await log_of(self.org.admin, self.hook))[0]
        return await self.org.admin.read(f"/v1/webhook-deliveries/{newest['id']}")
