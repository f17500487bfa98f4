"""What is said where something was found, read as always: the second wall."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    column,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import array

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.findings.evidence import Evidence
from domain.models.findings.findings import Finding
from domain.models.maps.journeys import Journey
from domain.models.maps.personas import Persona
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Action
from domain.models.outcomes.opportunities import Opportunity
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.queries.outcomes.drafts import opportunity_visible, unseen_draft
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.visibility import annotation_visible, mine
from domain.words import SubjectKind

_CHOSEN = (
    func.unnest(
        bindparam("kinds", type_=ARRAY(Text())),
        bindparam("ids", type_=ARRAY(Uuid())),
        bindparam("replies", type_=ARRAY(Uuid())),
    )
    .table_valued(column("kind", Text()), column("id", Uuid()), column("reply_id", Uuid()))
    .render_derived(name="chosen")
)
_LONGEST = 2_000
_IN_JOURNEYS = (Annotation, Moment, Finding, Opportunity, Action, Evidence)


def _of(kind: SubjectKind) -> ColumnElement[bool]:
    return _CHOSEN.c.kind == kind.value


def _is(model: Any, among: str, *ids: Any) -> ColumnElement[bool]:
    """The row with the first of some ids. Which ones may come leads the planner to the index: past
    row-level security it would not go there by what another table says."""
    return and_(
        model.organization_id == ORGANIZATION,
        model.id == bindparam(among, type_=ARRAY(Uuid())).any_(),
        model.id == func.coalesce(*ids, null()),
    )


def _id(kind: SubjectKind) -> Any:
    return case((_of(kind), _CHOSEN.c.id))


def _texts(model: Any, *names: str) -> Any:
    """Texts of a row, lists joined, as much of each as a snippet could come from."""
    columns = [getattr(model, name) for name in names]
    told = [
        func.array_to_string(one, " ") if isinstance(one.type, ARRAY) else one for one in columns
    ]
    return array([func.coalesce(func.left(one, _LONGEST), "") for one in told])


# What was taken back or hidden since it was found is told to nobody but who said it.
_SAID = case((or_(Annotation.withdrawn_at.is_(None), mine(Annotation)), Annotation.body))
_REPLIED = case((and_(Reply.withdrawn_at.is_(None), Reply.hidden_at.is_(None)), Reply.body))
_TEXTS = case(
    (
        _of(SubjectKind.ANNOTATION),
        array([func.coalesce(case((Reply.id.is_(None), _SAID), else_=_REPLIED), "")]),
    ),
    (
        _of(SubjectKind.JOURNEY),
        _texts(
            Journey, "description", "objective", "scope_start", "scope_end", "sector",
            "customer_type", "attribution", "success_criteria",
        ),
    ),
    (
        _of(SubjectKind.TOUCHPOINT),
        _texts(
            Touchpoint, "description", "customer_actions", "business_actions", "interaction",
            "thoughts", "perspective", "quote", "expectation", "reality", "first_expectation",
            "repeat_expectation", "process", "evidence",
        ),
    ),
    (
        _of(SubjectKind.MOMENT),
        _texts(Moment, "stakes", "rationale", "likely_emotions", "triggers"),
    ),
    (_of(SubjectKind.FINDING), _texts(Finding, "text", "blocks", "went_to", "source")),
    (_of(SubjectKind.OPPORTUNITY), _texts(Opportunity, "statement", "success_sign")),
    (_of(SubjectKind.ACTION), _texts(Action, "description", "process")),
    (_of(SubjectKind.EVIDENCE), _texts(Evidence, "excerpt", "source")),
    else_=_texts(
        Persona, "summary", "quote", "segment", "profession", "prior_knowledge", "goals",
        "motivations", "problems", "resources_used", "narrowing_steps", "preferences",
        "behaviors", "evidence",
    ),
)  # fmt: skip
_SHOWN = hot(
    select(
        _CHOSEN.c.id,
        func.coalesce(
            Opportunity.title, Action.title, Persona.name, Touchpoint.name, Journey.title
        ).label("title"),
        _TEXTS.label("texts"),
        Annotation.author_id,
        Annotation.author_department_id,
    )
    .select_from(_CHOSEN)
    .outerjoin(Annotation, _is(Annotation, "ids", _id(SubjectKind.ANNOTATION)))
    .outerjoin(Reply, _is(Reply, "replies", _CHOSEN.c.reply_id))
    .outerjoin(Moment, _is(Moment, "ids", _id(SubjectKind.MOMENT)))
    .outerjoin(Finding, _is(Finding, "ids", _id(SubjectKind.FINDING)))
    .outerjoin(Opportunity, _is(Opportunity, "ids", _id(SubjectKind.OPPORTUNITY)))
    .outerjoin(Action, _is(Action, "ids", _id(SubjectKind.ACTION)))
    .outerjoin(Evidence, _is(Evidence, "ids", _id(SubjectKind.EVIDENCE)))
    .outerjoin(
        Persona,
        and_(
            Persona.organization_id == ORGANIZATION,
            Persona.id
            == func.coalesce(
                _id(SubjectKind.PERSONA), case((Evidence.journey_id.is_(None), Evidence.subject_id))
            ),
        ),
    )
    .outerjoin(
        Touchpoint,
        _is(
            Touchpoint,
            "touchpoints",
            *(one.touchpoint_id for one in _IN_JOURNEYS),
            _id(SubjectKind.TOUCHPOINT),
        ),
    )
    .outerjoin(
        Journey,
        _is(
            Journey,
            "journeys",
            *(one.journey_id for one in _IN_JOURNEYS),
            Touchpoint.journey_id,
            _id(SubjectKind.JOURNEY),
        ),
    )
    .where(
        or_(
            Persona.id.is_not(None),
            and_(
                journey_visible(),
                or_(_CHOSEN.c.kind != literal(SubjectKind.ANNOTATION.value), annotation_visible()),
                or_(Opportunity.id.is_(None), opportunity_visible()),
                or_(Evidence.id.is_(None), ~unseen_draft(Evidence.subject_id)),
            ),
        )
    )
)


async def shown(tx: Transaction, actor: Actor, rows: Sequence[Row]) -> Mapping[Any, Row]:
    """What is said there, by id; what the reader does not see is not among it."""
    told = await tx.rows(
        _SHOWN,
        **reader(actor),
        kinds=[row["kind"] for row in rows],
        ids=[row["id"] for row in rows],
        replies=[row["reply_id"] for row in rows],
        touchpoints=[row["touchpoint_id"] for row in rows],
        journeys=[row["journey_id"] for row in rows],
    )
    return {row["id"]: row for row in told}
