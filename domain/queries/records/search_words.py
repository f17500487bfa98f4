"""Words of an organization's texts: which are alike, and which texts a consumer has to read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, select, text, union_all

from domain.database import Transaction, hot
from domain.models.base import Recorded
from domain.models.findings.evidence import Evidence
from domain.models.findings.findings import Finding
from domain.models.maps.journeys import Journey
from domain.models.maps.personas import Persona
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Action
from domain.models.outcomes.opportunities import Opportunity
from domain.models.records.search_words import SearchWord
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.queries.readers import ORGANIZATION
from domain.rules.searching import asked_spellings, likely, spellings

CONSUMER = "search"
TRIED = 32
"""So many words that are alike are looked for: of those that are in hidden texts nobody learns."""

_ALIKE = hot(
    select(SearchWord.spelling, SearchWord.word)
    .where(
        SearchWord.organization_id == ORGANIZATION,
        SearchWord.spelling == bindparam("spellings", type_=ARRAY(Text())).any_(),
    )
    .limit(bindparam("limit"))
)
_SEARCHED: Mapping[type[Recorded], Sequence[Any]] = {
    Annotation: (Annotation.body,),
    Reply: (Reply.body,),
    Journey: (
        Journey.title, Journey.description, Journey.objective, Journey.scope_start,
        Journey.scope_end, Journey.sector, Journey.customer_type, Journey.attribution,
        Journey.success_criteria,
    ),
    Touchpoint: (
        Touchpoint.name, Touchpoint.description, Touchpoint.customer_actions,
        Touchpoint.business_actions, Touchpoint.interaction, Touchpoint.thoughts,
        Touchpoint.perspective, Touchpoint.quote, Touchpoint.expectation, Touchpoint.reality,
        Touchpoint.first_expectation, Touchpoint.repeat_expectation, Touchpoint.process,
        Touchpoint.evidence,
    ),
    Persona: (
        Persona.name, Persona.summary, Persona.quote, Persona.segment, Persona.profession,
        Persona.prior_knowledge, Persona.goals, Persona.motivations, Persona.problems,
        Persona.resources_used, Persona.narrowing_steps, Persona.preferences, Persona.behaviors,
        Persona.evidence,
    ),
    Moment: (Moment.rationale, Moment.stakes, Moment.likely_emotions, Moment.triggers),
    Finding: (Finding.text, Finding.blocks, Finding.went_to, Finding.source),
    Opportunity: (Opportunity.title, Opportunity.statement, Opportunity.success_sign),
    Action: (Action.title, Action.description, Action.process),
    Evidence: (Evidence.excerpt, Evidence.source),
}  # fmt: skip
KINDS = frozenset(model.subject_kind.value for model in _SEARCHED)


def _told(columns: Sequence[Any]) -> Any:
    lists = (
        func.array_to_string(column, " ") if isinstance(column.type, ARRAY) else column
        for column in columns
    )
    return func.concat_ws(" ", *lists)


_TEXTS = hot(
    union_all(
        *(
            select(_told(columns).label("told")).where(
                model.organization_id == ORGANIZATION,
                model.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
            )
            for model, columns in _SEARCHED.items()
        )
    )
)
_LEARN = hot(
    text(
        """
        INSERT INTO search_words (organization_id, spelling, word)
        SELECT CAST(:organization_id AS uuid), spelling, word
        FROM unnest(CAST(:spellings AS text[]), CAST(:words AS text[])) AS new (spelling, word)
        ORDER BY spelling, word ON CONFLICT DO NOTHING
        """
    )
)
# Whoever learns reads texts first: while somebody forgets, nobody learns what is being emptied.
_LEARNING, _FORGETTING = (
    hot(
        text(
            f"SELECT {lock}(hashtextextended("
            "'search' || CAST(CAST(:organization_id AS uuid) AS text), 0))"
        )
    )
    for lock in ("pg_advisory_xact_lock_shared", "pg_advisory_xact_lock")
)
_FORGET = hot(
    text("DELETE FROM search_words WHERE organization_id = CAST(:organization_id AS uuid)")
)
_BEGIN_ANEW = hot(
    text(
        "UPDATE feed_positions SET revision = 0"
        " WHERE organization_id = CAST(:organization_id AS uuid)"
        " AND consumer = CAST(:consumer AS text)"
    )
)


async def alike(
    tx: Transaction, organization_id: UUID, words: Sequence[str]
) -> Mapping[str, Sequence[str]]:
    """For each word those known ones that it may be a misspelling of, the most likely first."""
    wanted = {word: asked_spellings(word.lower()) for word in words}
    asked = sorted(set().union(*wanted.values()))
    given = {"organization_id": organization_id, "spellings": asked, "limit": 300}
    known = defaultdict(set)
    for row in await tx.rows(_ALIKE, **given) if asked else ():
        known[row["spelling"]].add(row["word"])
    found = {
        word: likely(word.lower(), set().union(*(known[one] for one in under)), TRIED)
        for word, under in wanted.items()
    }
    return {word: others for word, others in found.items() if others}


async def texts_of(tx: Transaction, organization_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """What these subjects say now, for learning their words in the same transaction."""
    await tx.run(_LEARNING, organization_id=organization_id)
    rows = await tx.rows(_TEXTS, organization_id=organization_id, ids=list(ids))
    return [row["told"] for row in rows]


async def learn(tx: Transaction, organization_id: UUID, words: Iterable[str]) -> None:
    """Know some words from now on."""
    pairs = sorted((spelling, word) for word in words for spelling in spellings(word))
    await tx.run(
        _LEARN,
        organization_id=organization_id,
        spellings=[spelling for spelling, _ in pairs],
        words=[word for _, word in pairs],
    )


async def forget(tx: Transaction, organization_id: UUID) -> None:
    """Know no word any more, and read every text that is left anew."""
    await tx.run(_FORGETTING, organization_id=organization_id)
    await tx.run(_FORGET, organization_id=organization_id)
    await tx.run(_BEGIN_ANEW, organization_id=organization_id, consumer=CONSUMER)
