"""Who hears, and why: the first reason that reaches somebody and that they want to hear."""

from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import Verb
from domain.rules.happenings import CALLS, Happening, Thread, calls
from domain.rules.notices import PATTERNS, Notice, notice
from domain.rules.notifying import ASKED, Call, Person, told, why
from domain.talk import NotificationReason as Reason
from domain.talk import WatchLevel

_numbers = count(1)


def new() -> UUID:
    return UUID(int=next(_numbers))


JOURNEY, THREAD, ANN, BOB, SERVICE = new(), new(), new(), new(), new()
ALL, NONE, SOME = WatchLevel.ALL, WatchLevel.NONE, WatchLevel.PARTICIPATING
MENTION = Call(Reason.MENTION, THREAD, frozenset({ANN}))
REPLY = Call(Reason.REPLY, THREAD, frozenset({ANN}))
WATCHING = Call(Reason.WATCHING, THREAD, watchers=True)
OWNED = Call(Reason.WATCHING, THREAD, watchers=True, owned=True)


def person(**more: Any) -> Person:
    return Person(ANN, "frontline_staff", **more)


@pytest.mark.parametrize(
    ("who", "called", "reason"),
    [
        (person(), [MENTION, REPLY], "mention"),
        (person(muted=frozenset({"mention"})), [MENTION, REPLY], "reply"),
        (person(levels={THREAD: NONE}), [REPLY], None),
        (person(levels={JOURNEY: NONE}), [REPLY], None),
        (person(levels={JOURNEY: NONE}), [MENTION], "mention"),
        (person(levels={JOURNEY: NONE, THREAD: SOME}), [REPLY], "reply"),
        (person(), [WATCHING], None),
        (person(levels={JOURNEY: ALL}), [WATCHING], "watching"),
        (person(levels={JOURNEY: ALL, THREAD: SOME}), [WATCHING], None),
        (person(levels={JOURNEY: ALL, THREAD: NONE}), [WATCHING], None),
        (person(owns=True), [WATCHING], None),
        (person(owns=True), [OWNED], "watching"),
        (person(owns=True, levels={JOURNEY: SOME}), [OWNED], None),
        (person(), [OWNED], None),
        (person(), [Call(Reason.PROPOSAL, THREAD, editors=True)], None),
        (person(edits=True), [Call(Reason.PROPOSAL, THREAD, editors=True)], "proposal"),
        (person(owns=True), [Call(Reason.PROPOSAL, THREAD, editors=True)], "proposal"),
        (
            person(departments=frozenset({SERVICE})),
            [Call(Reason.MENTION, THREAD, departments=frozenset({SERVICE}))],
            "mention",
        ),
        (
            person(),
            [Call(Reason.MENTION, THREAD, groups=frozenset({"executive"}))],
            None,
        ),
        (
            person(),
            [Call(Reason.SIGN_OFF, THREAD, groups=frozenset({"frontline_staff"}))],
            "sign_off",
        ),
    ],
)
def test_the_first_reason_that_reaches(who: Person, called: list[Call], reason: str | None) -> None:
    found = why(who, JOURNEY, called)
    assert (found.reason.value if found else None) == reason


CALLED = st.sampled_from([MENTION, REPLY, WATCHING, OWNED])
PEOPLE = st.builds(
    Person,
    id=st.sampled_from([ANN, BOB]),
    group=st.just("frontline_staff"),
    owns=st.booleans(),
    muted=st.frozensets(st.sampled_from(["mention", "reply", "watching"])),
    levels=st.dictionaries(st.sampled_from([JOURNEY, THREAD]), st.sampled_from(WatchLevel)),
)


@given(
    st.lists(PEOPLE, unique_by=lambda one: one.id), st.lists(CALLED), st.sampled_from([ANN, BOB])
)
def test_nobody_hears_of_their_own_act_nor_what_they_muted_or_silenced(
    people: list[Person], called: list[Call], doer: UUID
) -> None:
    for who, call in told(people, JOURNEY, called, doer):
        assert who.id != doer
        assert call.reason not in who.muted
        level = who.levels.get(THREAD) or who.levels.get(JOURNEY)
        assert level is not NONE or call.reason in ASKED


def test_an_edit_mentions_only_those_who_were_not() -> None:
    before = {"mentioned_member_ids": [str(ANN)], "mentioned_groups": ["executive"]}
    after = {
        "mentioned_member_ids": [str(ANN), str(BOB)],
        "mentioned_department_ids": [str(SERVICE)],
        "mentioned_groups": ["executive"],
    }
    thread = Thread(THREAD, author_id=None)
    called = calls(Happening(Verb.ANNOTATION_EDITED, THREAD, after, before, thread))
    assert called[0] == Call(
        Reason.MENTION, THREAD, frozenset({BOB}), frozenset({SERVICE}), frozenset()
    )


def test_a_day_put_off_gives_the_thread_to_nobody_anew() -> None:
    told_ = {"assignee_id": str(ANN), "due_on": "2027-03-01"}
    thread = Thread(THREAD, BOB, ANN)
    called = calls(
        Happening(Verb.ANNOTATION_ASSIGNED, THREAD, told_, {"assignee_id": str(ANN)}, thread)
    )
    assert called[0].members == frozenset()
    called = calls(Happening(Verb.ANNOTATION_ASSIGNED, THREAD, told_, {}, thread))
    assert called[0].members == {ANN}


@pytest.mark.parametrize("verb", sorted(CALLS))
def test_every_verb_that_is_told_makes_a_sentence_for_each_of_its_reasons(verb: str) -> None:
    """From a content in which every field that a call reads is there."""
    names = (
        "member_id",
        "created_by",
        "owner_id",
        "request_id",
        "publication_id",
        "subject_id",
        "author_id",
        "to_id",
    )
    content = {name: str(new()) for name in names}
    what = Happening(verb, THREAD, content, thread=Thread(THREAD, ANN), head_id=BOB)
    for call in calls(what):
        said = notice(Notice(call.reason, verb, "Wait", True, "Ann Mill", 3))
        assert said[0].isupper()
        assert "{" not in said
        assert "Wait" in said
        assert said.endswith("And 2 more since you last read it.")


def test_each_pattern_is_of_a_reason_and_a_verb_that_exist() -> None:
    assert {reason for reason, _ in PATTERNS} <= set(Reason)
    assert {verb for _, verb in PATTERNS} - {""} <= set(Verb)


def test_nobody_is_named_who_is_not_known() -> None:
    hidden = Notice(Reason.REPLY, Verb.REPLY_WRITTEN, "Wait", False, None)
    assert notice(hidden).startswith("Somebody replied")
    clock = Notice(Reason.ESCALATED, Verb.ESCALATED, "Wait", False, None)
    assert notice(clock).startswith("Touchstone took")
    erased = Notice(Reason.REPLY, Verb.REPLY_WRITTEN, "Wait", True, "")
    assert notice(erased).startswith("A former member replied")
