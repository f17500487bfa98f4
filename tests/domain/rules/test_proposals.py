"""The three-way rule: what was, what is, what is to be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.proposals import (
    Difference,
    conflicts,
    differences,
    meant,
    outstanding,
    told,
)

Content = dict[str, Any]
FIELDS = ("name", "quote", "monthly_volume", "evidence", "optional")
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 2), st.text("ab", max_size=2),
    st.lists(st.text("ab", max_size=1), max_size=2),
)  # fmt: skip
WHOLE = st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUES))
PART = st.dictionaries(st.sampled_from(FIELDS), VALUES)


def applied(now: Content, base: Content | None, changes: Content) -> Content:
    """What is there once a proposal without conflicts is accepted."""
    return now | outstanding(differences(base, now, changes))


@pytest.mark.parametrize(
    ("base", "now", "proposed", "conflict", "left"),
    [
        ("a", "a", "b", False, {"name": "b"}),  # nobody else has touched it
        ("a", "c", "b", True, {"name": "b"}),  # somebody has, to something else
        ("a", "b", "b", False, {}),  # somebody has, to the same
        ("a", "c", "a", True, {"name": "a"}),  # back to what it was is a wish as well
        ("", "", "b", False, {"name": "b"}),
        (None, None, "b", False, {"name": "b"}),
        (None, "c", None, True, {"name": None}),
        (["x"], ["x"], [], False, {"name": []}),
        (["x"], ["x", "y"], ["x", "z"], True, {"name": ["x", "z"]}),
    ],
)
def test_one_field(base: Any, now: Any, proposed: Any, conflict: bool, left: Content) -> None:
    found = differences({"name": base}, {"name": now}, {"name": proposed})
    assert found == [Difference("name", base, now, proposed, conflict)]
    assert outstanding(found) == left
    assert bool(conflicts(found)) is conflict


def test_where_the_past_was_emptied_only_what_is_there_already_is_no_conflict() -> None:
    found = differences(None, {"name": "a", "quote": "b"}, {"name": "a", "quote": "c"})
    assert [(one.field, one.base, one.conflict) for one in found] == [
        ("name", None, False),
        ("quote", None, True),
    ]


def test_what_was_sent_along_unchanged_was_not_meant() -> None:
    assert meant({"name": "a", "quote": "b"}, {"name": "a", "quote": "c"}) == {"quote": "c"}
    assert meant(None, {"name": "a"}) == {"name": "a"}
    assert meant({"quote": None}, {"quote": None}) == {}
    assert meant({}, {"name": None}) == {"name": None}


@given(WHOLE, PART)
def test_on_the_version_it_was_made_for_a_proposal_is_what_it_says(
    base: Content, changes: Content
) -> None:
    found = differences(base, base, changes)
    assert conflicts(found) == []
    assert applied(base, base, changes) == base | changes


@given(WHOLE, WHOLE, PART)
def test_every_field_is_as_proposed_or_untouched(
    base: Content, now: Content, changes: Content
) -> None:
    after = applied(now, base, changes)
    assert after == now | changes
    assert applied(after, base, changes) == after


@given(WHOLE, WHOLE, PART)
def test_without_a_conflict_no_word_of_others_is_lost(
    base: Content, now: Content, changes: Content
) -> None:
    found = differences(base, now, changes)
    kept = {one.field for one in found if not one.conflict}
    after = applied(now, base, {name: changes[name] for name in kept})
    others = {name for name in FIELDS if now[name] != base[name]}
    assert all(after[name] == now[name] for name in others)
    assert {one.field for one in conflicts(found)} == {
        name for name in others & set(changes) if now[name] != changes[name]
    }


@given(WHOLE, PART, PART)
def test_proposals_that_do_not_meet_are_accepted_in_any_order(
    base: Content, ones: Content, others: Content
) -> None:
    others = {name: value for name, value in others.items() if name not in ones}
    assert conflicts(differences(base, base | ones, others)) == []
    assert applied(base | ones, base, others) == applied(base | others, base, ones)


@given(WHOLE, PART, PART)
def test_of_two_that_meet_the_second_is_told_whichever_it_is(
    base: Content, ones: Content, others: Content
) -> None:
    ones, others = meant(base, ones), meant(base, others)
    second = conflicts(differences(base, base | ones, others))
    first = conflicts(differences(base, base | others, ones))
    assert {one.field for one in second} == {one.field for one in first}


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Difference("name", "A", "B", "C", True), "Name: “A” in version 3, “B” now, “C” proposed."),
        (
            Difference("responsible_department_id", None, "d", "", True),
            "Responsible department: empty in version 3, “d” now, empty proposed.",
        ),
        (
            Difference("channel_ids", [], ["a", "b"], [""], True),
            "Channels: empty in version 3, “a”, “b” now, empty proposed.",
        ),
        (
            Difference("optional", False, True, False, True),
            "Optional: no in version 3, yes now, no proposed.",
        ),
        (
            Difference("quote", "x" * 80, "y" * 81, 0, True),
            f"Quote: “{'x' * 80}” in version 3, “{'y' * 79}…” now, “0” proposed.",
        ),
    ],
)
def test_a_conflict_is_said_in_words(one: Difference, said: str) -> None:
    assert told(one, 3) == said
