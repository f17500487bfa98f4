"""What differs between two states of a journey, on the wire."""

import re
from collections.abc import Sequence
from uuid import UUID

from api.schemas.base import Reply, Revision, present
from api.schemas.life.editions import Edition
from domain.errors import FieldError, Malformed
from domain.queries.life.editions import NOW, Side
from domain.rules.differences import Change, Difference
from domain.words import SubjectKind

Value = str | int | bool | list[str] | None
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class StateNamed(Reply):
    """One side of a comparison; `edition` is null for the present."""

    revision: Revision
    edition: Edition | None


class PieceNamed(Reply):
    """Something on the map: a cell by how its answer begins, a moment without a name."""

    subject_kind: SubjectKind
    id: UUID
    name: str


class FieldDifference(Reply):
    """One field, before and after."""

    field: str
    was: Value
    now: Value


class PieceChanged(PieceNamed):
    """Something whose content differs, field by field."""

    fields: list[FieldDifference]


class PieceMoved(PieceNamed):
    """Something that stands elsewhere: in which stage, and after which neighbor; null is first."""

    was_in: UUID | None
    now_in: UUID | None
    was_after: UUID | None
    now_after: UUID | None


class EditionDiff(Reply):
    """What became of a map from one state to another, as far as a sign-off approves it.

    What went with the stage it stood in is told as removed too. Of a new order the fewest that
    must move to make it are told as moved.
    """

    earlier: StateNamed
    later: StateNamed
    added: list[PieceNamed]
    removed: list[PieceNamed]
    changed: list[PieceChanged]
    moved: list[PieceMoved]


def edition_named(told: str, parameter: str) -> UUID | int | None:
    """An edition by its id or number, None for `now`; Malformed when it is none of them."""
    if told == NOW:
        return None
    if _NUMBER.fullmatch(told):
        return int(told)
    try:
        return UUID(told)
    except ValueError:
        detail = f"Name an edition by its id or its number, or say `{NOW}`."
        fault = FieldError(detail, "not_an_edition", parameter=parameter)
        raise Malformed(detail, code="not_an_edition", errors=[fault]) from None


def edition_diff(was: Side, now: Side, found: Sequence[Difference]) -> EditionDiff:
    """The reply."""
    by_change = {change: [one for one in found if one.change is change] for change in Change}
    return EditionDiff(
        earlier=_side(was),
        later=_side(now),
        added=[_named(one) for one in by_change[Change.ADDED]],
        removed=[_named(one) for one in by_change[Change.REMOVED]],
        changed=[_changed(one) for one in by_change[Change.CHANGED]],
        moved=[_moved(one) for one in by_change[Change.MOVED]],
    )


def _side(side: Side) -> StateNamed:
    edition = None if side.edition is None else present(Edition, side.edition)
    return StateNamed(revision=side.revision, edition=edition)


def _named(one: Difference) -> PieceNamed:
    return present(PieceNamed, one, subject_kind=SubjectKind(one.kind), id=one.key)


def _changed(one: Difference) -> PieceChanged:
    fields = [present(FieldDifference, field) for field in one.fields]
    kind = SubjectKind(one.kind)
    return present(PieceChanged, one, subject_kind=kind, id=one.key, fields=fields)


def _moved(one: Difference) -> PieceMoved:
    parent, after = one.fields
    return present(
        PieceMoved,
        one,
        subject_kind=SubjectKind(one.kind),
        id=one.key,
        was_in=parent.was,
        now_in=parent.now,
        was_after=after.was,
        now_after=after.now,
    )
