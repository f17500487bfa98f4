"""Whom each level of the chain reaches: tables of cases, and what holds of every organization."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duties import EscalationLevel
from domain.roles import Group
from domain.rules.escalation import (
    Chart,
    Person,
    Start,
    Unit,
    level_of,
    next_reached,
    reached,
    start_at,
)

F, S, D, X = Group
MANAGER, HEAD, DECIDER, EXECUTIVE = EscalationLevel


def one(number: int) -> UUID:
    return UUID(int=number)


ANN, MIA, DAN, EVE, ZOE, HAL = map(one, range(1, 7))
DESK, SERVICE, HOUSE = map(one, range(11, 14))


def chart(**changes: Person | Unit) -> Chart:
    """Ann at the desk, managed by Mia, she by Dan, he by Eve; Hal heads service, Dan the house."""
    members = {
        ANN: Person(F, MIA, DESK),
        MIA: Person(S, DAN, SERVICE),
        DAN: Person(D, EVE, HOUSE),
        EVE: Person(X, None, None),
        ZOE: Person(X, None, None),
        HAL: Person(D, DAN, SERVICE),
    }
    units = {DESK: Unit(SERVICE, None), SERVICE: Unit(HOUSE, HAL), HOUSE: Unit(None, DAN)}
    names = {"ann": ANN, "mia": MIA, "dan": DAN, "eve": EVE, "hal": HAL}
    for name, change in changes.items():
        if isinstance(change, Person):
            members[names[name]] = change
        else:
            units[{"desk": DESK, "service": SERVICE, "house": HOUSE}[name]] = change
    return Chart(members, units)


AWAY = Person(S, DAN, SERVICE, active=False)


@pytest.mark.parametrize(
    ("level", "expected", "changes"),
    [
        (MANAGER, MIA, {}),
        (MANAGER, DAN, {"mia": AWAY}),
        (MANAGER, None, {"ann": Person(F, None, DESK)}),
        (HEAD, HAL, {}),
        (HEAD, DAN, {"hal": Person(D, DAN, SERVICE, active=False)}),
        (HEAD, HAL, {"desk": Unit(SERVICE, ANN)}),
        (HEAD, None, {"ann": Person(F, MIA, None)}),
        (HEAD, None, {"service": Unit(None, None)}),
        (DECIDER, DAN, {}),
        # Not in the chain of managers, but a head above.
        (DECIDER, HAL, {"ann": Person(F, None, DESK)}),
        (DECIDER, None, {"ann": Person(F, None, None)}),
        (EXECUTIVE, EVE, {}),
        (EXECUTIVE, ZOE, {"eve": Person(X, None, None, active=False)}),
        # Nobody above: the one who has been here longest.
        (EXECUTIVE, EVE, {"ann": Person(F, None, None)}),
    ],
)
def test_whom_a_level_reaches(
    level: EscalationLevel, expected: UUID | None, changes: dict[str, Person | Unit]
) -> None:
    there = chart(**changes)
    assert reached(there, start_at(there, ANN, None), level) == expected


def test_what_concerns_a_department_goes_from_its_head() -> None:
    there = chart()
    start = start_at(there, None, SERVICE)
    assert start == Start(HAL, SERVICE)
    assert [reached(there, start, level) for level in EscalationLevel] == [DAN, DAN, DAN, EVE]
    headless = start_at(there, None, DESK)
    assert headless == Start(None, DESK)
    assert [reached(there, headless, level) for level in EscalationLevel] == [None, HAL, HAL, EVE]


def test_levels_that_reach_nobody_new_are_passed_over() -> None:
    there = chart(hal=Person(D, DAN, SERVICE, active=False))
    start, told, steps = start_at(there, ANN, None), set[UUID](), []
    levels = list(EscalationLevel)
    while found := next_reached(there, start, levels, lambda who: who not in told):
        place, who = found
        told.add(who)
        steps.append((levels[place], who))
        levels = levels[place + 1 :]
    # Dan is head of department and decision-maker in one: he is told once.
    assert steps == [(MANAGER, MIA), (HEAD, DAN), (EXECUTIVE, EVE)]


def test_nobody_is_told_about_themselves() -> None:
    there = Chart({EVE: Person(X, None, HOUSE)}, {HOUSE: Unit(None, EVE)})
    start = start_at(there, EVE, None)
    assert next_reached(there, start, list(EscalationLevel), lambda _: True) is None


@pytest.mark.parametrize(
    ("who", "level"),
    [(MIA, MANAGER), (EVE, MANAGER), (HAL, HEAD), (ZOE, EXECUTIVE), (ANN, None), (one(99), None)],
)
def test_as_what_somebody_stands_above(who: UUID, level: EscalationLevel | None) -> None:
    there = chart()
    assert level_of(there, start_at(there, ANN, None), who) == level


def test_colleagues_and_those_who_are_away_do_not_stand_above() -> None:
    there = chart(mia=AWAY)
    start = start_at(there, HAL, None)
    assert level_of(there, start, ANN) is None
    assert level_of(there, start_at(there, ANN, None), MIA) is None


SOME = st.none() | st.integers(0, 7).map(one)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Any organization, cycles and all: the rule must not trust the data."""
    people = st.builds(Person, st.sampled_from(Group), SOME, SOME, st.booleans())
    units = st.builds(Unit, SOME, SOME)
    members = {one(n): draw(people) for n in range(6)}
    return Chart(members, {one(n): draw(units) for n in range(6)})


@given(charts(), SOME, SOME, st.sets(st.integers(0, 5).map(one)))
def test_only_somebody_active_and_new_is_reached_and_each_once(
    there: Chart, member: UUID | None, department: UUID | None, told: set[UUID]
) -> None:
    start = start_at(there, member, department)
    levels, steps = list(EscalationLevel), list[UUID]()
    while found := next_reached(there, start, levels, lambda who: who not in told):
        place, who = found
        assert there.members[who].active
        assert who != start.member_id
        assert reached(there, start, levels[place]) == who
        assert who not in told
        assert level_of(there, start, who) is not None
        told.add(who)
        steps.append(who)
        levels = levels[place + 1 :]
    assert len(steps) == len(set(steps)) <= len(EscalationLevel)


@given(charts(), st.integers(0, 5).map(one), st.sampled_from(EscalationLevel))
def test_the_same_organization_always_gives_the_same_answer(
    there: Chart, member: UUID, level: EscalationLevel
) -> None:
    start = start_at(there, member, None)
    turned = Chart(dict(reversed(there.members.items())), dict(reversed(there.departments.items())))
    assert reached(there, start, level) == reached(turned, start, level)
