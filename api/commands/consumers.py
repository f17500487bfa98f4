"""Who reads the ledger in the worker; a new one begins with the first entry of every stream."""

from api.schemas.integration.payloads import event_payload
from domain.services.inbox.notifying import NOTIFIER
from domain.services.integration.telling import teller
from domain.services.records.vocabulary import VOCABULARY
from domain.services.steps.feeding import Consumer

CONSUMERS: tuple[Consumer, ...] = (NOTIFIER, VOCABULARY, teller(event_payload))
