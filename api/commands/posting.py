"""One attempt: the body as it is stored, signed, sent to an address that is judged anew."""

import logging
import time
from collections.abc import Iterator, Mapping
from uuid import UUID

from api.auth.vault import Unsealable, Vault
from api.outbound import Answer, Outbound, Refused, Unreachable
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

    def __init__(self, outbound: Outbound, vault: Vault) -> None:
        self._outbound, self.vault = outbound, vault

    async def send(self, webhook: Row, delivery: Row) -> Outcome:
        """Try once, for 15 seconds at the most; whatever goes wrong is in the outcome."""
        began = time.monotonic()
        try:
            answer = await self._asked(webhook, delivery)
        except (Refused, Unsealable) as error:
            # How long it took to find out would tell what is behind a private name.
            return Outcome(now(), 0, error=str(error) or UNSEALABLE)
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
        secrets = [self.vault.open(sealed) for sealed in signing(webhook)]
        headers = signed_headers(secrets, delivery["id"], body)
        return await self._outbound.send("POST", webhook["url"], headers=headers, body=body)


def signing(webhook: Row) -> Iterator[bytes]:
    """The sealed secrets that sign now: the present one, and for a day the one before."""
    yield webhook["secret"]
    until = webhook["previous_until"]
    if webhook["previous_secret"] and until is not None and until > now():
        yield webhook["previous_secret"]


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
