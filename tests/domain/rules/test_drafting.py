"""What a difference wants said, and the one id of the opportunity that says it."""

from typing import Any
from uuid import RFC_4122

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import new_id
from domain.rules.comparing import Told
from domain.rules.differences import Change, Difference, FieldChange
from domain.rules.drafting import draft_id, statement, title

KEY = str(new_id())


def told(change: Change, kind: str = "touchpoint", *fields: tuple[str, Any, Any]) -> Told:
    changes = tuple(FieldChange(*one) for one in fields)
    return Told(Difference(change, kind, KEY, "Call", changes), None, None, None)


@pytest.mark.parametrize(
    ("difference", "says", "because"),
    [
        (
            told(Change.ADDED),
            "Introduce the touchpoint “Call”",
            "“Better” has the touchpoint “Call”; “Now” has nothing like it.",
        ),
        (
            told(Change.REMOVED, "stage"),
            "Do without the stage “Call”",
            "“Now” has the stage “Call”; “Better” does without.",
        ),
        (
            told(Change.MOVED, "lane", ("parent", None, None), ("after", None, KEY)),
            "Move the question “Call”",
            "“Better” has the question “Call” in another place than “Now”.",
        ),
        (
            told(
                Change.CHANGED,
                "touchpoint",
                ("reality", "Slow", ""),
                ("optional", False, True),
                ("responsible_department_id", None, KEY),
            ),
            "Change the reality, the optional and the responsible department of the touchpoint"
            " “Call”",
            "“Better” changes the touchpoint “Call” of “Now”.\n"
            "Reality: was “Slow”, is to be nothing.\n"
            "Optional: was no, is to be yes.\n"
            "Responsible department: another one.",
        ),
    ],
)
def test_it_says_what_is_and_what_is_to_be(difference: Told, says: str, because: str) -> None:
    assert title(difference) == says
    assert statement(difference, "Now", "Better") == because


@given(st.text(max_size=300), st.lists(st.integers(1, 9000), max_size=50))
def test_whatever_is_told_fits_an_opportunity(name: str, lengths: list[int]) -> None:
    values = ["x" * length for length in lengths]
    changes = tuple(FieldChange(f"field_{n}", v, [v, v]) for n, v in enumerate(values))
    difference = Told(Difference(Change.CHANGED, "cell", KEY, name, changes), None, None, None)
    assert 0 < len(title(difference)) <= 200
    assert len(statement(difference, name, name)) <= 10_000


def test_the_id_is_always_the_same_and_another_for_all_else() -> None:
    was, now = new_id(), new_id()
    one = told(Change.CHANGED)
    ids = [
        draft_id(now, was, one),
        draft_id(new_id(), was, one),
        draft_id(now, new_id(), one),
        draft_id(now, was, told(Change.MOVED)),
        draft_id(now, was, told(Change.CHANGED, "stage")),
    ]
    assert draft_id(now, was, one) == ids[0]
    assert len(set(ids)) == len(ids)
    assert all((id_.version, id_.variant) == (7, RFC_4122) for id_ in ids)
    assert ids[0].int >> 80 == now.int >> 80
