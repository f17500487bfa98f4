"""What hangs on something, evidence and files: seen by exactly those who see what it hangs on."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Row
from domain.models.findings.evidence import Attachment, Evidence
from domain.models.maps.journeys import Journey
from domain.models.maps.personas import Persona
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.policy import allowed
from domain.queries.maps.places import ROLES, SUBJECT_GONE, place_from
from domain.queries.outcomes.drafts import unseen_draft
from domain.queries.readers import ORGANIZATION, journey_visible
from domain.queries.voices.visibility import annotation_visible
from domain.roles import May, Relation

Hanging = type[Evidence] | type[Attachment]

# A file may be attached to evidence, which hangs on something else.
CARRIER = aliased(Evidence, name="carrier")


def _named(model: Any, its_id: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (model.organization_id == ORGANIZATION) & (model.id == its_id)
    return found


def visible_hanging(model: Hanging, *columns: Any, removed: bool = False) -> Select[Any]:
    """The one way to select what hangs on something, as long as that is there.

    What hangs on a persona is for the whole organization. With `removed`: what was taken away.
    """
    gone = model.removed_at
    told = (
        *model.__table__.c,
        Subject.kind.label("subject_kind"),
        Journey.owner_id,
        Journey.status.label("journey_status"),
        Journey.locked_at,
        ROLES.label("roles"),
        Persona.created_by.label("persona_by"),
    )
    return _joined(model, select(*told, *columns)).where(
        model.organization_id == ORGANIZATION,
        gone.is_not(None) if removed else gone.is_(None),
        ~SUBJECT_GONE,
        CARRIER.removed_at.is_(None),
        or_(model.journey_id.is_(None), journey_visible()),
        or_(Annotation.id.is_(None), and_(annotation_visible(), Annotation.withdrawn_at.is_(None))),
        ~unseen_draft(_at(model)),
    )


def _at(model: Hanging) -> ColumnElement[Any]:
    return func.coalesce(CARRIER.subject_id, model.subject_id)


def _joined(model: Hanging, told: Select[Any]) -> Select[Any]:
    at = _at(model)
    return (
        told.select_from(model)
        .join(Subject, _named(Subject, model.subject_id))
        .outerjoin(Journey, _named(Journey, model.journey_id))
        .outerjoin(CARRIER, _named(CARRIER, model.subject_id))
        .outerjoin(Annotation, _named(Annotation, at))
        .outerjoin(Persona, _named(Persona, at))
    )


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with something that hangs on something."""
    if row["journey_id"] is None:
        mine = (Relation.CREATOR,) if row["persona_by"] == actor.member_id else ()
        return allowed(actor, (May.EDIT_PERSONA,), actor.standing(*mine))
    place = place_from({**row, "id": row["journey_id"], "status": row["journey_status"]}, actor)
    ties = (Relation.AUTHOR,) if row["author_id"] == actor.member_id else ()
    return allowed(actor, (May.EDIT_FINDING,), place.standing(actor, *ties))
