"""Writing a draft: what others point at first, each part told to its ledger before the next."""

from collections.abc import Sequence
from typing import cast

from domain import ledger
from domain.database import Transaction
from domain.ledger import Fact, Locked
from domain.models.accountability.playbooks import Playbook
from domain.models.base import Recorded
from domain.models.findings.evidence import Evidence
from domain.models.findings.findings import Finding, Source
from domain.models.identity.departments import Department
from domain.models.maps.channels import Channel
from domain.models.maps.journeys import ImportKey, Journey
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.personas import Persona
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.models.metrics.metrics import Metric, MetricLink
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Action, Outcome
from domain.models.outcomes.opportunities import Opportunity
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.services.maps.imports.draft import Draft
from domain.services.maps.imports.measuring import write_points
from domain.services.steps.actions import awaited, wind_all
from domain.services.steps.changing import change
from domain.services.steps.links import put_links

ORGANIZATION: Sequence[type[Recorded]] = (Department, Channel, Persona)
MAP: Sequence[type[Recorded]] = (Journey, Stage, Touchpoint, Lane, Cell, Emotion, Moment)
# What points at subjects comes after them: the ledger registers those.
VOICES: Sequence[Sequence[type[Recorded]]] = (
    (Playbook, Finding, Opportunity, Action),
    (Outcome, MetricLink),
    (Annotation,),
    (Evidence, Source, Reply),
)


def adds(draft: Draft) -> bool:
    """Whether the draft makes or changes anything of the organization's own."""
    models: Sequence[type[Recorded]] = (*ORGANIZATION, Metric)
    some = any(draft.made.get(model) or draft.changes.get(model) for model in models)
    return some or bool(draft.points)


async def write_organization(tx: Transaction, draft: Draft, head: Locked) -> Locked:
    """Write what the organization gains."""
    return await _write(tx, draft, head, ORGANIZATION)


async def write_map(tx: Transaction, draft: Draft, head: Locked) -> Locked:
    """Write the map itself."""
    return await _write(tx, draft, head, MAP)


async def write_measured(tx: Transaction, draft: Draft, head: Locked) -> Locked:
    """Write metrics, which are of the organization and name their journey, and what they say."""
    return await write_points(tx, draft, await _write(tx, draft, head, (Metric,)))


async def write_voices(tx: Transaction, draft: Draft, head: Locked) -> Locked:
    """Write what was said and found, and remember the keys of the document."""
    was = {one.entity.id: awaited(cast(Action, one.entity)) for one in draft.changes[Action]}
    for models in VOICES:
        head = await _write(tx, draft, head, models)
    touched = [one.entity for one in draft.changes[Action]]
    touched += [entity for entity, _ in draft.made[Action]]
    await wind_all(tx, [(cast(Action, one), was.get(one.id)) for one in touched])
    keys = [
        ImportKey(
            organization_id=draft.actor.organization_id,
            journey_id=draft.journey_id,
            kind=kind.value,
            key=key,
            subject_id=draft.id_of(kind, key),
        )
        for kind, key in draft.names
    ]
    await tx.add(*keys)
    return head


async def _write(
    tx: Transaction, draft: Draft, head: Locked, models: Sequence[type[Recorded]]
) -> Locked:
    facts: list[Fact] = []
    for model in models:
        await tx.add(*(entity for entity, _ in draft.made[model]))
        for entity, verb in draft.made[model]:
            await _link(tx, entity, *entity.links)
            facts.append(Fact(verb, entity))
    for one in (one for model in models for one in draft.changes[model]):
        change(one.entity, one.fields)
        await _link(tx, one.entity, *(name for name in one.entity.links if name in one.fields))
        facts.append(Fact(one.verb, one.entity))
    return await ledger.record(tx, draft.actor, head, *facts)


async def _link(tx: Transaction, entity: Recorded, *names: str) -> None:
    """Keep the link attributes of an entity in their tables."""
    for name in names:
        await put_links(tx, entity, name, getattr(entity, name))
