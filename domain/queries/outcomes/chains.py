"""The chain of an action, link by link, as the reader may see it.

An annotation that the reader may not see, or that was withdrawn, is not there, nor counted. Whoever
spoke for their group stays unnamed.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    false,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.findings.evidence import Evidence
from domain.models.findings.findings import Finding
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Action
from domain.models.outcomes.opportunities import Opportunity
from domain.models.voices.annotations import Annotation
from domain.queries.outcomes.drafts import opportunity_visible, unseen_draft
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.voices.visibility import annotation_visible
from domain.words import SubjectKind

_NODES = bindparam("nodes", type_=ARRAY(Uuid()))
_NULL_ID = cast(null(), Uuid())
_NO_TEXT = cast(null(), Text())


def _part(kind: SubjectKind, model: Any, **told: Any) -> Select[Any]:
    """One kind of link: id, at, who, their group, what it says, a detail, what it is about."""
    where = told.pop("where", ())
    about = told.pop("about", None)
    columns: list[ColumnElement[Any]] = [
        cast(literal_column(f"'{kind}'"), Text).label("kind"),
        model.id.label("id"),
        cast(told.get("at", model.created_at), DateTime(timezone=True)).label("at"),
        told.get("member", _NULL_ID).label("member_id"),
        told.get("group", _NO_TEXT).label("member_group"),
        told["text"].label("text"),
        told.get("detail", _NO_TEXT).label("detail"),
        (_NULL_ID if about is None else about).label("about_id"),
    ]
    return (
        select(*columns)
        .select_from(model)
        .join(
            Journey,
            (Journey.organization_id == model.organization_id) & (Journey.id == model.journey_id),
        )
        .where(
            model.organization_id == ORGANIZATION,
            (model.id if about is None else about) == _NODES.any_(),
            journey_visible(),
            *where,
        )
    )


def _standing(model: Any) -> tuple[Any, ...]:
    return (model.removed_at.is_(None),)


_ITS_TOUCHPOINT = (
    select(Touchpoint.name)
    .where(Touchpoint.organization_id == ORGANIZATION, Touchpoint.id == Moment.touchpoint_id)
    .correlate(Moment)
    .scalar_subquery()
)


def _heard() -> ColumnElement[bool]:
    """An annotation whose words the chain tells this reader."""
    return and_(
        annotation_visible(), Annotation.withdrawn_at.is_(None), Annotation.hidden_at.is_(None)
    )


def _unheard() -> ColumnElement[bool]:
    """Evidence about an annotation that is not told."""
    about = (Annotation.organization_id == ORGANIZATION) & (Annotation.id == Evidence.subject_id)
    unheard = ~func.coalesce(_heard(), false())
    return select(Annotation.id).where(about, unheard).correlate(Evidence, Journey).exists()


def _grounds() -> tuple[Select[Any], ...]:
    """What was said and shown."""
    return (
        _part(
            SubjectKind.EVIDENCE,
            Evidence,
            member=Evidence.author_id,
            text=func.coalesce(func.nullif(Evidence.excerpt, ""), Evidence.source),
            detail=Evidence.kind,
            about=Evidence.subject_id,
            where=(*_standing(Evidence), ~_unheard(), ~unseen_draft(Evidence.subject_id)),
        ),
        _part(
            SubjectKind.ANNOTATION,
            Annotation,
            member=Annotation.author_id,
            group=Annotation.author_group,
            text=func.coalesce(Annotation.body, ""),
            where=(_heard(),),
        ),
        _part(SubjectKind.MOMENT, Moment, member=Moment.created_by, text=_ITS_TOUCHPOINT),
        _part(
            SubjectKind.TOUCHPOINT, Touchpoint, text=Touchpoint.name, where=_standing(Touchpoint)
        ),
    )


def _followed() -> tuple[Select[Any], ...]:
    """What was made of it."""
    return (
        _part(
            SubjectKind.FINDING,
            Finding,
            text=Finding.text,
            detail=Finding.kind,
            **_by(Finding),
        ),
        _part(
            SubjectKind.OPPORTUNITY,
            Opportunity,
            text=Opportunity.title,
            **_by(Opportunity, opportunity_visible()),
        ),
        _part(
            SubjectKind.ACTION,
            Action,
            member=Action.owner_id,
            text=Action.title,
            detail=Action.status,
            where=_standing(Action),
        ),
    )


def _by(model: Any, *where: Any) -> dict[str, Any]:
    told = {"member": model.author_id, "group": model.author_group}
    return {**told, "where": (*_standing(model), *where)}


@cache
def _links() -> Hot:
    return hot(union_all(*_grounds(), *_followed()))


async def links(tx: Transaction, actor: Actor, nodes: Iterable[UUID]) -> Sequence[Row]:
    """What the reader may see of these, and the evidence for them."""
    return await tx.rows(_links(), **reader(actor), nodes=list(nodes))


_NAMES = hot(
    select(Member.id, Member.name).where(
        Member.organization_id == ORGANIZATION,
        Member.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
    )
)


async def names(tx: Transaction, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What these members are called."""
    given = {"organization_id": actor.organization_id, "ids": list(ids)}
    return {row["id"]: row["name"] for row in await tx.rows(_NAMES, **given)}
