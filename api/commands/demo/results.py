"""What the members of the demo found, want, did, and what moved after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from api.commands.demo.people import Cast, Told
from api.commands.demo.reading import document
from domain.actor import Actor
from domain.clock import now
from domain.models.maps.journeys import Journey
from domain.models.metrics.metrics import Metric
from domain.models.outcomes.actions import Action
from domain.models.outcomes.opportunities import Opportunity
from domain.queries.maps.imports import Keys
from domain.results import (
    ActionStatus,
    Benefit,
    FindingKind,
    MetricAspect,
    OpportunityStatus,
    OutcomeStatus,
)
from domain.rules.measured import Point
from domain.services.findings import evidence, findings
from domain.services.metrics import data_points, links, metrics
from domain.services.outcomes import actions, opportunities, opportunity_votes, outcomes
from domain.services.voices import annotations, supports
from domain.talk import Voice

_DAYS = ("measured_from", "measured_to", "captured_on")


@dataclass
class Story:
    """Who acts, where, and what has an id by now."""

    cast: Cast
    keys: Keys
    ids: dict[str, UUID] = field(default_factory=dict)

    def actor(self, told: Told, role: str = "by") -> Actor:
        """Whoever does it."""
        return self.cast.actors[told[role]]

    def sources(self, told: Told) -> list[UUID]:
        """What it follows from."""
        return [self.ids[key] for key in told.get("from", ())]

    def fields(self, told: Told) -> dict[str, object]:
        """What is said of it, with days as dates and departments by id."""
        said = {name: day(value) if name in _DAYS else value for name, value in told.items()}
        if "department" in said:
            said["department_id"] = self.cast.departments[str(said.pop("department"))].id
        return said


def day(offset: int) -> date:
    """A day so many days from today."""
    return now().date() + timedelta(days=offset)


async def let_follow(cast: Cast, brought: Mapping[str, Keys]) -> None:
    """From a frontline quote to an outcome, as the document has it, where its journey is."""
    told = document("results.json")
    if told["journey"] not in brought:
        return
    story = Story(cast, brought[told["journey"]])
    chapters = {
        "annotations": _say,
        "findings": _find,
        "evidence": _show_why,
        "opportunities": _see,
        "metrics": _measure,
        "actions": _act,
    }
    for name, tell in chapters.items():
        for one in told[name]:
            await tell(story, one)
    for key in told["achieved"]:
        await _decide(story, key, ["achieved"])


async def _say(story: Story, told: Told) -> None:
    fields = {"kind": told["kind"], "body": told["body"], "voice": Voice.MEMBER}
    kind, _, key = told["about"].partition(":")
    tx, subject = story.cast.tx, story.keys[kind, key]
    said = await annotations.write(tx, story.actor(told), subject, None, fields)
    story.ids[told["key"]] = said.annotation.id
    for supporter in told["supported_by"]:
        await supports.give(tx, story.cast.actors[supporter], said.annotation.id)


async def _find(story: Story, told: Told) -> None:
    fields = story.fields(told["fields"]) | {"text": told["text"]}
    if "left" in fields:
        fields["left_count"] = fields.pop("left")
    touchpoint = story.keys["touchpoint", told["at"]]
    kind, tx, sources = FindingKind(told["kind"]), story.cast.tx, story.sources(told)
    made = await findings.add(tx, story.actor(told), touchpoint, kind, fields, sources)
    story.ids[told["key"]] = made.id
    for voter in told["votes"]:
        await findings.vote(tx, story.cast.actors[voter], made.id)


async def _show_why(story: Story, told: Told) -> None:
    names = ("kind", "grade", "excerpt", "source", "captured_on")
    fields = story.fields({name: told[name] for name in names})
    await evidence.add(story.cast.tx, story.actor(told), story.ids[told["about"]], fields)


async def _see(story: Story, told: Told) -> None:
    names = (
        "title", "statement", "success_sign", "customer_value", "business_value", "effort",
    )  # fmt: skip
    fields = {name: told[name] for name in names}
    fields["benefits"] = [Benefit(one) for one in told["benefits"]]
    fields["touchpoint_id"] = story.keys["touchpoint", told["at"]]
    sources = dict.fromkeys(story.sources(told), "#/from")
    tx, journey = story.cast.tx, _journey(story)
    made = await opportunities.create(tx, story.actor(told), journey, fields, sources)
    story.ids[told["key"]] = made.id
    for voter in told["votes"]:
        await opportunity_votes.give(tx, story.cast.actors[voter], made.id)
    await _decide(story, told["key"], told["moves"])


async def _decide(story: Story, key: str, moves: Sequence[str]) -> None:
    owner = story.cast.administrator
    for to in moves:
        found = await story.cast.tx.entity(Opportunity, (owner.organization_id, story.ids[key]))
        assert found is not None
        move = OpportunityStatus(to)
        await opportunities.move(story.cast.tx, owner, found.id, move, "", found.version)


async def _measure(story: Story, told: Told) -> None:
    tx, by, owner = story.cast.tx, story.actor(told), story.actor(told, "owner")
    fields = {name: told[name] for name in ("name", "kind", "unit", "better", "description")}
    fields |= {"target": Decimal(told["target"]), "owner_id": owner.member_id}
    made: Metric = await metrics.create(tx, by, fields)
    story.ids["metric"] = made.id
    points = [
        Point(
            day(one["from"]), day(one["to"]), {}, {n: one[n] for n in ("numerator", "denominator")}
        )
        for one in told["points"]
    ]
    await data_points.record(tx, owner, made.id, points, "Telephone system")
    told_of = {"subject_id": story.keys["touchpoint", told["at"]], "aspect": MetricAspect.GENERAL}
    await links.link(tx, by, made.id, told_of)


async def _act(story: Story, told: Told) -> None:
    tx, by, owner = story.cast.tx, story.actor(told), story.actor(told, "owner")
    fields = {name: told[name] for name in ("title", "description", "kind", "process")}
    fields |= story.fields({"department": told["department"]})
    fields |= {"owner_id": owner.member_id, "due_on": day(told["due_on"])}
    fields["moment_id"] = story.keys["moment", told["moment"]]
    if "opportunity" in told:
        fields["opportunity_id"] = story.ids[told["opportunity"]]
    sources = dict.fromkeys(story.sources(told), "#/from")
    made = await actions.create(tx, by, _journey(story), fields, sources)
    await _move(story, made, owner, told["moves"])
    if "outcome" in told:
        await _show(story, made, told["outcome"])
    if "waived_by" in told:
        waiver = story.actor(told, "waived_by")
        await outcomes.waive(tx, waiver, made.id, told["waiver"], made.version)
    await _move(story, made, owner, ["done"] if told.get("done") else [])


async def _move(story: Story, action: Action, owner: Actor, moves: Sequence[str]) -> None:
    for to in moves:
        await actions.move(story.cast.tx, owner, action.id, ActionStatus(to), "", action.version)


async def _show(story: Story, action: Action, told: Told) -> None:
    fields = {"metric_id": story.ids["metric"], "measure": "Calls about results", "unit": "%"}
    fields |= {"better": "lower", "note": told["note"]}
    fields |= {name: Decimal(told[name]) for name in ("baseline", "target", "actual")}
    for side in ("baseline", "actual"):
        fields |= {f"{side}_{end}": day(told[f"{side}_{end}"]) for end in ("from", "to")}
        fields[f"{side}_n"] = told[f"{side}_n"]
    await outcomes.record(story.cast.tx, story.actor(told), action.id, fields, 0)
    verifier, note = story.actor(told, "verified_by"), told["verification"]
    judged = OutcomeStatus.VERIFIED
    await outcomes.judge(story.cast.tx, verifier, action.id, judged, note, 1)


def _journey(story: Story) -> UUID:
    return next(one for (kind, _), one in story.keys.items() if kind == Journey.subject_kind)
