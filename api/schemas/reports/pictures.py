"""From what is told over HTTP to what pictures are drawn from: names instead of ids."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from api.pictures.values import Contact, Curve, Head, LaneRow, MapValues, MomentMark, StageHead
from api.schemas.maps.emotions import Emotion
from api.schemas.maps.lanes import Lane
from api.schemas.maps.map import JourneyMap, MapTouchpoint, MomentSummary
from api.schemas.reports.rated import rated
from domain.duties import ResponsibilityStatus
from domain.rules import curve
from domain.rules.missing import Missing
from domain.rules.ranking import Feeling
from domain.words import Axis, JourneyState, LaneKind

Names = Mapping[UUID, str]
NAMELESS = "somebody who has left"
EVERYBODY = "all that is recorded"
MOST_CURVES = 4
"""More lines than this nobody can follow."""


LACKS: Mapping[Missing, str] = {
    Missing.NO_DEPARTMENT: "a responsible department",
    Missing.NO_ACCOUNTABLE: "somebody accountable",
    Missing.NOT_ACCEPTED: "an acceptance",
    Missing.DECLINED: "somebody after a refusal",
    Missing.ACCOUNTABLE_SUSPENDED: "somebody active who is accountable",
    Missing.OVERDUE_ACCEPTANCE: "an overdue acceptance",
    Missing.NO_PLAYBOOK: "an approved playbook",
    Missing.SIGN_OFFS_MISSING: "sign-offs",
    Missing.SIGN_OFFS_STALE: "sign-offs of the present content",
    Missing.CHANGES_REQUESTED: "changes that signers ask for",
    Missing.SILENT_GROUPS: "the voices of silent groups",
    Missing.OVERDUE_INPUT: "overdue input",
    Missing.OVERDUE_THREAD: "the end of overdue threads",
    Missing.OVERDUE_ACTION: "the end of overdue actions",
}


def ids_on(told: JourneyMap) -> Iterator[UUID | None]:
    """Whatever on a map has a name elsewhere."""
    journey = told.journey
    yield from (journey.owner_id, journey.department_id, *journey.persona_ids)
    for one in told.touchpoints:
        yield from one.channel_ids
        yield from (felt.persona_id for felt in one.emotions)
        if one.moment is not None and one.moment.accountable is not None:
            yield one.moment.accountable.member_id


def head(told: JourneyMap, names: Names, today: date) -> Head:
    """What stands above every picture of a journey."""
    journey = told.journey
    personas = [names[one] for one in journey.persona_ids if one in names]
    scope = " to ".join(part for part in (journey.scope_start, journey.scope_end) if part)
    facts = [
        "Current state" if journey.state is JourneyState.CURRENT else "Future state",
        f"Owner: {names.get(journey.owner_id) or NAMELESS}",
        f"Customer: {', '.join(personas)}" if personas else "",
        f"From {scope}" if journey.scope_start and journey.scope_end else scope,
    ]
    status = journey.status.value.replace("_", " ")
    state = f"Revision {told.revision} ({status}), as of {today.day} {today:%B %Y}"
    return Head(journey.title, [fact for fact in facts if fact], state, journey.attribution)


def map_values(told: JourneyMap, names: Names, today: date) -> MapValues:
    """The journey map."""
    stages = {stage.id: place for place, stage in enumerate(told.stages)}
    contacts = [
        Contact(
            one.name,
            stages[one.stage_id],
            [names[channel] for channel in one.channel_ids if channel in names],
            one.optional,
            _moment(one.moment, names) if one.moment else None,
        )
        for one in told.touchpoints
    ]
    return MapValues(
        head(told, names, today),
        [StageHead(stage.name, stage.customer_goal) for stage in told.stages],
        contacts,
        [_lane(lane, told) for lane in told.lanes],
        curves(told.touchpoints, names),
        rated(told.touchpoints, Axis.EMOTIONAL),
    )


def curve_values(told: JourneyMap, names: Names, today: date) -> MapValues:
    """The same without lanes: stages, touchpoints, what is felt there, and how it is rated."""
    found = map_values(told, names, today)
    found.lanes = []
    return found


def _moment(moment: MomentSummary, names: Names) -> MomentMark:
    its = moment.accountable
    return MomentMark(
        status=moment.status.value,
        rank=moment.rank,
        tied=moment.tied,
        score=moment.score,
        accountable="" if its is None else names.get(its.member_id) or NAMELESS,
        accepted=its is not None and its.status is ResponsibilityStatus.ACCEPTED,
        missing=[LACKS[one] for one in moment.missing],
    )


def _lane(lane: Lane, told: JourneyMap) -> LaneRow:
    cells = {
        cell.stage_id or cell.touchpoint_id: cell.body
        for cell in told.cells
        if cell.lane_id == lane.id
    }
    return LaneRow(
        lane.question,
        [cells.get(stage.id, "") for stage in told.stages],
        [_answer(lane.kind, one) or cells.get(one.id, "") for one in told.touchpoints],
    )


def _answer(kind: LaneKind, touchpoint: MapTouchpoint) -> str:
    if kind is LaneKind.CUSTOM:
        return ""
    if kind is LaneKind.EMOTIONS:
        return "\n".join(_felt(one) for one in touchpoint.emotions)
    told: str = getattr(touchpoint, kind.value)
    return told


def _felt(one: Emotion) -> str:
    valence = f"{one.valence:+d}" if one.valence else "0"
    return f"{one.label} ({valence}, intensity {one.intensity} of 5)"


def curves(touchpoints: Sequence[MapTouchpoint], names: Names) -> list[Curve]:
    """One for each persona that emotions are recorded for; if there is none, one of them all.

    A persona feels what is recorded for them and for nobody in particular.
    """
    felt = (felt.persona_id for one in touchpoints for felt in one.emotions)
    personas = list(dict.fromkeys(persona for persona in felt if persona is not None))
    chosen: list[UUID | None] = [*personas[:MOST_CURVES]] or [None]
    return [_curve(touchpoints, one, names) for one in chosen]


def _curve(touchpoints: Sequence[MapTouchpoint], persona: UUID | None, names: Names) -> Curve:
    points = [
        curve.point(
            [
                Feeling(felt.valence, felt.intensity, felt.label)
                for felt in one.emotions
                if persona is None or felt.persona_id in (None, persona)
            ]
        )
        for one in touchpoints
    ]
    return Curve(
        EVERYBODY if persona is None else names.get(persona) or NAMELESS,
        [None if one.value is None else round(float(one.value), 2) for one in points],
        [one.feeling.label if one.feeling else "" for one in points],
    )
