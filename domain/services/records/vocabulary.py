"""Learning the words of an organization's texts from its ledger, for what will be misspelled."""

from domain.database import Transaction
from domain.queries.records import search_words
from domain.rules.searching import vocabulary
from domain.services.steps.feeding import Batch, Consumer


async def read(tx: Transaction, batch: Batch) -> None:
    """Learn the words of what has changed, as it reads now."""
    changed = {
        entry["subject_id"]
        for entry in batch.entries
        if entry["subject_kind"] in search_words.KINDS
    }
    if changed:
        texts = await search_words.texts_of(tx, batch.organization_id, sorted(changed))
        words = set().union(*map(vocabulary, texts))
        await search_words.learn(tx, batch.organization_id, words)


VOCABULARY = Consumer(search_words.CONSUMER, read)
