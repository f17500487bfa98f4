"""One attempt: the body as it is stored, signed, sent to an address that is judged anew."""

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from api.auth.vault import Unsealable, Vault
from api.outbound import SECONDS, Answer, Busy, Outbound, Refused, Unreachable
from domain.clock import now
from domain.database import Row
from domain.rules.webhooks import Outcome, signed

log = logging.getLogger("touchstone.webhooks")

AGENT = "Touchstone-Webhooks/1"
UNSEALABLE = (
    "The signing secret was sealed with another TOUCHSTONE_SECRET: give the webhook a new one."
)
REDIRECTED = "Redirects are not followed: give the address that answers itself."
OURS = "It could not be sent, through no fault of the receiver."


class Post:
    """Signs and sends; what is behind an address is never told, only the status that came."""

    def __init__(self, outbound: Outbound, vault: Vault, seconds: float = SECONDS) -> None:
        self.outbound, self.vault, self._seconds = outbound, vault, seconds

    async def send(self, webhook: Row, delivery: Row) -> Outcome | None:
        """Try once, for 30 seconds at the most; whatever goes wrong is in the outcome.

        None when its turn to be looked up did not come, which is nothing against the receiver.
        """
        began = time.monotonic()
        try:
            answer = await self._asked(webhook, delivery)
        except (Refused, Unsealable) as error:
            # How long it took to find out would tell what is behind a private name.
            return Outcome(now(), 0, error=str(error) or UNSEALABLE)
        except Busy:
            return None
        except Unreachable as error:
            return Outcome(now(), _since(began), error=str(error))
        except Exception as error:
            told = delivery["id"], type(error).__name__
            log.exception("delivery %s was not sent: %s", *told)
            return Outcome(now(), _since(began), error=OURS)
        return Outcome(
            at=now(),
            milliseconds=_since(began),
            status_code=answer.status,
            error=REDIRECTED if 300 <= answer.status < 400 else None,
            retry_after=answer.headers.get("retry-after"),
        )

    async def _asked(self, webhook: Row, delivery: Row) -> Answer:
        body = delivery["payload"].encode()
        secrets = [self.vault.open(webhook["secret"])]
        before = _before(webhook)
        with suppress(Unsealable):
            secrets += [self.vault.open(before)] if before else []
        headers = signed_headers(secrets, delivery["id"], body)
        outbound = self.outbound.of(webhook["organization_id"])
        given = {"headers": headers, "body": body, "seconds": self._seconds}
        return await outbound.send("POST", webhook["url"], **given)

    def is_stale(self, webhook: Row) -> bool:
        """Whether its secrets are to be sealed anew, or one is kept that signs no more."""
        before = _before(webhook)
        stale = any(map(self.vault.is_stale, filter(None, (webhook["secret"], before))))
        return stale or before != webhook["previous_secret"]

    def sealed_anew(self, webhook: Row) -> dict[str, bytes | None]:
        """Its secrets, sealed with the installation's present secret.

        The one before is None when it has expired or its key is gone; Unsealable when the key of
        the present one is.
        """
        before, anew = _before(webhook), None
        with suppress(Unsealable):
            anew = before and self.vault.fresh(before)
        return {"secret": self.vault.fresh(webhook["secret"]), "previous_secret": anew}


def _before(webhook: Row) -> bytes | None:
    """The sealed secret that signs beside the present one, for a day after it was replaced."""
    until: datetime | None = webhook["previous_until"]
    before: bytes | None = webhook["previous_secret"]
    return before if until is not None and until > now() else None


def signed_headers(secrets: list[bytes], delivery_id: UUID, body: bytes) -> Mapping[str, str]:
    """The headers of Standard Webhooks, and what the body is."""
    timestamp = int(now().timestamp())
    return {
        "content-type": "application/json",
        "user-agent": AGENT,
        "webhook-id": str(delivery_id),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed(secrets, delivery_id, timestamp, body),
    }


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
