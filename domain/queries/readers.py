"""Who is reading: the one place that says which journeys a member sees."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
)

from domain.actor import Actor
from domain.models.maps.journeys import Grant, Journey
from domain.words import JourneyStatus

ORGANIZATION = bindparam("organization_id", type_=Uuid())
ME = bindparam("me", type_=Uuid())
MY_GROUP = bindparam("my_group", type_=Text())
MY_DEPARTMENTS = bindparam("my_departments", type_=ARRAY(Uuid()))


def reader(actor: Actor) -> dict[str, Any]:
    """The parameters of every statement that asks what this member may see."""
    return {
        "organization_id": actor.organization_id,
        "me": actor.member_id,
        "my_group": actor.group.value,
        "my_departments": list(actor.department_ids),
    }


def granted_to_me() -> ColumnElement[bool]:
    """Grants on the journey at hand that reach the reader by name, group or department."""
    return and_(
        Grant.organization_id == Journey.organization_id,
        Grant.journey_id == Journey.id,
        Grant.removed_at.is_(None),
        or_(
            Grant.member_id == ME,
            Grant.group == MY_GROUP,
            Grant.department_id == MY_DEPARTMENTS.any_(),
        ),
    )


def is_draft() -> ColumnElement[bool]:
    """A draft stays one in the archive: `status_before` says what an archived journey was."""
    told = func.coalesce(Journey.status_before, Journey.status)
    return told == JourneyStatus.DRAFT.value


def journey_visible() -> ColumnElement[bool]:
    """Drafts and restricted journeys are for their owner and grantees; all others for everybody."""
    return and_(
        Journey.organization_id == ORGANIZATION,
        or_(
            and_(not_(is_draft()), Journey.restricted.is_(False)),
            Journey.owner_id == ME,
            exists(select(Grant.id).where(granted_to_me()).correlate(Journey)),
        ),
    )
