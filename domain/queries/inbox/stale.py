"""Sign-offs that an edit has made stale, and whose members have not been told."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Uuid, bindparam, exists, literal_column, select

from domain.database import Row, Transaction, hot
from domain.models.accountability.sign_offs import SignOff
from domain.models.inbox.notifications import Notification
from domain.queries.accountability.content import hash_in, hashes
from domain.queries.readers import ORGANIZATION
from domain.talk import NotificationReason

_JOURNEY = bindparam("journey_id", type_=Uuid())
_LIVE = (
    SignOff.organization_id == ORGANIZATION,
    SignOff.journey_id == _JOURNEY,
    SignOff.superseded_at.is_(None),
)
_STALE: ColumnElement[Any] = literal_column(f"'{NotificationReason.STALE}'")
_IS_TOLD = exists(
    select(Notification.id).where(
        Notification.organization_id == ORGANIZATION,
        Notification.subject_id == SignOff.id,
        Notification.member_id == SignOff.member_id,
        Notification.reason == _STALE,
    )
)


def _decided(subject_id: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = subject_id.in_(select(SignOff.subject_id).where(*_LIVE))
    return found


_HASHED = hashes(lambda column: column == _JOURNEY, only=_decided)
_PRESENT = hash_in(_HASHED, ~_HASHED.c.retired)(SignOff.subject_id)
_ANY = hot(select(exists(select(SignOff.id).where(*_LIVE))))
# Where the subject is off the map or retired there is no hash, and nothing to sign anew.
_FOUND = hot(
    select(SignOff.id, SignOff.member_id).where(*_LIVE, _PRESENT != SignOff.content_hash, ~_IS_TOLD)
)


async def newly_stale(tx: Transaction, journey_id: Any) -> Sequence[Row]:
    """The last decisions in a journey whose content is another by now, each until it is told."""
    given = {"organization_id": tx.organization_id, "journey_id": journey_id}
    if not await tx.value(_ANY, **given):
        return ()
    return await tx.rows(_FOUND, **given)
