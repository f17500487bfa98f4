"""How the status of a journey moves, and the permission each move needs.

draft > in_review > approved > published; back to draft from each of the last three; archived from
any, and from there only back to the status before.
"""

from dataclasses import dataclass
from typing import Final

from domain.errors import Conflict, FieldError
from domain.roles import May
from domain.words import JourneyStatus as Status


@dataclass(frozen=True, slots=True)
class Move:
    """An allowed move: the new status, what it takes, and the status an archived journey had."""

    to: Status
    may: May
    before: Status | None


_FORWARD: Final = {
    (Status.DRAFT, Status.IN_REVIEW): May.MOVE_TO_REVIEW,
    (Status.IN_REVIEW, Status.APPROVED): May.APPROVE_JOURNEY,
    (Status.APPROVED, Status.PUBLISHED): May.PUBLISH_JOURNEY,
    (Status.IN_REVIEW, Status.DRAFT): May.RETURN_TO_DRAFT,
    (Status.APPROVED, Status.DRAFT): May.RETURN_TO_DRAFT,
    (Status.PUBLISHED, Status.DRAFT): May.RETURN_TO_DRAFT,
}


def moves(current: Status, before: Status | None) -> tuple[Move, ...]:
    """Return every move from here, in the order of JourneyStatus.

    `before` is the status a journey had when it was archived.
    """
    if current is Status.ARCHIVED:
        return (Move(before or Status.DRAFT, May.UNARCHIVE_JOURNEY, None),)
    steps = [Move(to, may, None) for (start, to), may in _FORWARD.items() if start is current]
    steps.append(Move(Status.ARCHIVED, May.ARCHIVE_JOURNEY, current))
    return tuple(sorted(steps, key=lambda move: list(Status).index(move.to)))


def transition(current: Status, to: Status, before: Status | None) -> Move:
    """Return the move from one status to another; Conflict that names what is allowed instead.

    `before` is the status a journey had when it was archived, None while it is not; without one an
    archived journey goes back to draft.
    """
    allowed = moves(current, before)
    for move in allowed:
        if move.to is to:
            return move
    names = " or ".join(move.to.value for move in allowed)
    detail = f"A journey that is {current.value} can only become {names}, not {to.value}."
    code = "transition_not_allowed"
    raise Conflict(detail, code=code, errors=(FieldError(detail, code, pointer="#/to"),))
