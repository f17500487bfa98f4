"""The end of asking: who has spoken is recorded as having answered, and who has not, as silent."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.clock import now
from domain.database import Transaction
from domain.duties import InputAskStatus
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.queries.participation.asks import answered_by_link, spoken_in
from domain.queries.participation.spoken import SILENT
from domain.services.steps.changing import change

_VERBS: Mapping[str, Verb] = {
    InputAskStatus.ANSWERED: Verb.INPUT_ANSWERED,
    InputAskStatus.NO_ANSWER: Verb.INPUT_SILENT,
    InputAskStatus.CANCELLED: Verb.INPUT_CALLED_OFF,
}


async def end(
    tx: Transaction, request: InputRequest, asks: Sequence[InputAsk], silent: InputAskStatus
) -> list[Fact]:
    """Record what became of those who have not answered by themselves; the facts to tell."""
    spoken = await spoken_in(tx, request.id)
    by_link = await answered_by_link(tx, request.id)
    facts = []
    for ask in asks:
        if ask.status not in SILENT:
            continue
        to: dict[str, Any] = {"status": silent.value}
        if ask.id in spoken:
            to = {"status": InputAskStatus.ANSWERED.value, "answered_at": now()}
            to |= {"via_link": ask.id in by_link}
        if change(ask, to):
            facts.append(Fact(_VERBS[ask.status], ask))
    return facts
