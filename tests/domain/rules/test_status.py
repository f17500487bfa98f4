"""The status of a journey, move by move."""

from itertools import product

import pytest

from domain.errors import Conflict
from domain.rules.status import moves, transition
from domain.words import JourneyStatus as Status

ALLOWED = {
    ("draft", "in_review"): "move_to_review",
    ("draft", "archived"): "archive_journey",
    ("in_review", "approved"): "approve_journey",
    ("in_review", "draft"): "return_to_draft",
    ("in_review", "archived"): "archive_journey",
    ("approved", "published"): "publish_journey",
    ("approved", "draft"): "return_to_draft",
    ("approved", "archived"): "archive_journey",
    ("published", "draft"): "return_to_draft",
    ("published", "archived"): "archive_journey",
}
LIVING = [status for status in Status if status is not Status.ARCHIVED]


@pytest.mark.parametrize(("current", "to"), list(product(LIVING, Status)))
def test_every_pair_is_allowed_or_refused(current: Status, to: Status) -> None:
    may = ALLOWED.get((current.value, to.value))
    if may is None:
        with pytest.raises(Conflict, match=f"A journey that is {current.value} can only become"):
            transition(current, to, None)
        return
    move = transition(current, to, None)
    assert (move.to, move.may) == (to, may)
    assert move.before is (current if to is Status.ARCHIVED else None)


@pytest.mark.parametrize(("before", "to"), list(product(LIVING, Status)))
def test_an_archived_journey_returns_to_where_it_was(before: Status, to: Status) -> None:
    if to is before:
        move = transition(Status.ARCHIVED, to, before)
        assert (move.to, move.may, move.before) == (before, "unarchive_journey", None)
        return
    with pytest.raises(Conflict, match=f"can only become {before.value}, not {to.value}"):
        transition(Status.ARCHIVED, to, before)


def test_an_archived_journey_without_a_past_returns_to_draft() -> None:
    assert [move.to for move in moves(Status.ARCHIVED, None)] == [Status.DRAFT]


def test_the_refusal_says_what_is_allowed() -> None:
    with pytest.raises(Conflict) as refusal:
        transition(Status.IN_REVIEW, Status.PUBLISHED, None)
    assert refusal.value.code == "transition_not_allowed"
    assert refusal.value.detail == (
        "A journey that is in_review can only become draft or approved or archived, not published."
    )
    assert [error.pointer for error in refusal.value.errors] == ["#/to"]
