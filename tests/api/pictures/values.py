"""Journeys to draw: any that could be, and a few that are hard."""

from typing import TypeVar

from hypothesis import strategies as st

from api.pictures.values import (
    Contact,
    Curve,
    Dot,
    GapRow,
    GapValues,
    GroupLine,
    Head,
    HeatRow,
    HeatValues,
    LaneRow,
    MapValues,
    MatrixPoint,
    MatrixValues,
    MomentMark,
    RankRow,
    RankValues,
    StageHead,
)
from domain.roles import Group

T = TypeVar("T")
SCRIPTS = (
    "Ask at the desk",
    "Κλείστε ραντεβού",
    "ملاحظات العميل",
    "פגישה",
    "予約を確認する",
    "W" * 200,
)
WORDS = st.one_of(st.sampled_from(SCRIPTS), st.text(max_size=300), st.just(""))
NAMES = st.one_of(st.sampled_from(SCRIPTS), st.text(min_size=1, max_size=200))
LONG = st.one_of(WORDS, st.sampled_from(("word " * 400, "x" * 3000)))
FELT = st.one_of(st.none(), st.floats(-2, 2))
HEADS = st.builds(Head, NAMES, st.lists(WORDS, max_size=4), NAMES, WORDS)
MOMENTS = st.builds(
    MomentMark,
    status=st.just("confirmed"),
    rank=st.one_of(st.none(), st.integers(1, 100)),
    tied=st.booleans(),
    score=st.one_of(st.none(), st.floats(1, 5)),
    accountable=WORDS,
    accepted=st.booleans(),
    missing=st.lists(st.just("an approved playbook"), max_size=5),
)


COUNTS = st.integers(0, 2_000_000)
CARDS = st.builds(
    Contact,
    name=NAMES,
    stage=st.integers(0, 4),
    channels=st.lists(NAMES, max_size=4),
    optional=st.booleans(),
    moment=st.one_of(st.none(), MOMENTS),
)


def each(what: st.SearchStrategy[T], count: int) -> st.SearchStrategy[list[T]]:
    """One for each of so many."""
    return st.lists(what, min_size=count, max_size=count)


@st.composite
def rated(draw: st.DrawFn, count: int) -> list[GroupLine]:
    """Groups, each with something at one touchpoint at least; often none at all."""
    groups = draw(st.sets(st.sampled_from(list(Group)))) if count else set()
    mean = st.one_of(st.none(), st.floats(1, 5), st.just(3.0))
    found = []
    for group in sorted(groups, key=list(Group).index):
        dot = st.one_of(st.none(), st.builds(Dot, st.just(group), mean, COUNTS))
        dots = draw(each(dot, count).filter(any))
        found.append(GroupLine(group, dots))
    return found


@st.composite
def maps(draw: st.DrawFn) -> MapValues:
    """Any journey map."""
    stages = draw(st.lists(st.builds(StageHead, NAMES, WORDS), max_size=5))
    contacts = draw(st.lists(CARDS, max_size=12 if stages else 0))
    for one in contacts:
        one.stage %= len(stages)
    contacts.sort(key=lambda one: one.stage)
    lane = st.builds(LaneRow, NAMES, each(LONG, len(stages)), each(LONG, len(contacts)))
    curve = st.builds(Curve, NAMES, each(FELT, len(contacts)), each(WORDS, len(contacts)))
    lanes = draw(st.lists(lane, max_size=5))
    curves = draw(st.lists(curve, min_size=1, max_size=4))
    return MapValues(draw(HEADS), stages, contacts, lanes, curves, draw(rated(len(contacts))))


DOTS = st.lists(
    st.builds(Dot, st.sampled_from(list(Group)), st.one_of(st.none(), st.floats(1, 5)), COUNTS),
    max_size=4,
    unique_by=lambda dot: dot.group,
)
GAPS = st.builds(
    GapValues,
    HEADS,
    st.lists(
        st.builds(GapRow, NAMES, st.just("performance"), st.floats(0, 4), st.booleans(), DOTS),
        max_size=9,
    ),
)
RANKS = st.builds(
    RankValues,
    HEADS,
    WORDS,
    st.just(1.0),
    st.just(5.0),
    st.lists(
        st.builds(
            RankRow, NAMES, st.none(), st.booleans(), st.one_of(st.none(), st.floats(1, 5)),
            COUNTS, WORDS,
        ),
        max_size=9,
    ),
)  # fmt: skip
HALVES = st.sampled_from([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5])
PLACES = st.builds(
    MatrixValues,
    HEADS,
    st.just(3),
    st.lists(
        st.builds(
            MatrixPoint, NAMES, HALVES, st.integers(1, 5), st.just("quick win"), st.none(),
            st.just("open"),
        ),
        max_size=9,
    ),
    st.lists(NAMES, max_size=3),
)  # fmt: skip


@st.composite
def heats(draw: st.DrawFn) -> HeatValues:
    """Who has spoken where."""
    stages = draw(st.lists(NAMES, max_size=12))
    row = st.builds(HeatRow, NAMES, *[each(COUNTS, len(stages) + 1)] * 2)
    return HeatValues(draw(HEADS), stages, draw(st.lists(row, max_size=9)))


def sixty() -> MapValues:
    """Sixty touchpoints in eight stages, with long names and texts."""
    long = "Ask at the front desk where nobody has the time to look up before the third ring"
    contacts = [
        Contact(
            f"{long} ({number})",
            number * 8 // 60,
            ["telephone", "web chat", "in person"],
            number % 9 == 0,
            _moment(number) if number % 5 == 0 else None,
        )
        for number in range(60)
    ]
    values = [None if number % 7 == 3 else (number * 5 % 21 - 10) / 5 for number in range(60)]
    texts = [
        "Reads the letter, calls, waits eleven minutes. " * (number % 5) for number in range(60)
    ]
    lanes = [
        LaneRow("What does the customer do?", [""] * 8, texts),
        LaneRow("How can we improve?", ["Answer within a minute."] * 8, [""] * 60),
    ]
    stages = [StageHead(f"Stage {name}", "Get it done") for name in "ABCDEFGH"]
    head = Head("I go to an appointment", ["Current state"], "Revision 7", "A source")
    felt = [Curve("everybody", values, ["felt"] * 60)]
    return MapValues(head, stages, contacts, lanes, felt, [_said(group) for group in Group])


def _said(group: Group) -> GroupLine:
    """Means that often meet those of other groups, with gaps, and too few to show at some."""
    nth = list(Group).index(group)
    means = [1 + number * (nth // 2 + 1) % 9 / 2 for number in range(60)]
    dots = [
        Dot(group, None, 2) if number % 11 == nth else Dot(group, means[number], 12)
        for number in range(60)
    ]
    return GroupLine(group, [None if (at + nth) % 6 == 0 else dot for at, dot in enumerate(dots)])


def _moment(number: int) -> MomentMark:
    who = "Nadia Decker" if number % 2 else ""
    return MomentMark("confirmed", number // 5 + 1, False, 4.2, who, True, ["an approved playbook"])
