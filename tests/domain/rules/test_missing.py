"""What is missing, in words, and shares that a reader can check."""

from decimal import Decimal

import pytest

from domain.roles import Group
from domain.rules.missing import WORDS, Facts, Measure, Missing, facts_of, share, words

F, S, _, X = Group


def test_everything_that_can_be_missing_has_its_words() -> None:
    assert set(WORDS) == set(Missing)
    for missing in Missing:
        assert words(missing, Facts(silent=[F])).endswith(".")


@pytest.mark.parametrize(
    ("missing", "facts", "expected"),
    [
        (Missing.SIGN_OFFS_MISSING, Facts(required=3, given=1),
         "1 of 3 sign-offs are given: ask the others."),
        (Missing.SIGN_OFFS_STALE, Facts(stale=1),
         "1 sign-off is of what it said before: ask for it again."),
        (Missing.SIGN_OFFS_STALE, Facts(stale=2),
         "2 sign-offs are of what it said before: ask for them again."),
        (Missing.SILENT_GROUPS, Facts(silent=[F, S, X]),
         "Nothing is heard of frontline staff, support staff and executives: ask them."),
        (Missing.OVERDUE_INPUT, Facts(late_input=1),
         "1 member asked for input gave none in time."),
        (Missing.OVERDUE_THREAD, Facts(late_threads=2),
         "2 open threads are past the date: resolve or hand on."),
        (Missing.OVERDUE_ACTION, Facts(late_actions=1),
         "1 action is past the date and not carried out: deliver, or agree on another date."),
        (Missing.OVERDUE_ACCEPTANCE, Facts(late_answers=1),
         "1 responsibility is neither accepted nor declined in time."),
        (Missing.CHANGES_REQUESTED, Facts(objections=1),
         "1 signer asks for changes: make them, or ask for another decision."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_with_its_numbers(
    missing: Missing, facts: Facts, expected: str
) -> None:
    assert words(missing, facts) == expected


def test_the_numbers_come_from_a_row() -> None:
    row = {"own_required": 2, "own_given": None, "required": 9}
    assert facts_of(row, prefix="own_") == Facts(required=2)


def test_a_share_can_be_checked_by_hand() -> None:
    found = share(Measure.DEPARTMENTS, 2, 3)
    assert found.value == Decimal("0.67")
    assert found.explanation == "2 of 3 touchpoints have a responsible department: 2/3 = 0.67."


def test_there_is_no_share_of_nothing() -> None:
    found = share(Measure.PLAYBOOKS, 0, 0)
    assert (found.value, found.explanation) == (None, "There are no moments.")
