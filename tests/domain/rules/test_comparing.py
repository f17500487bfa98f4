"""Comparing a map with a changed copy of it tells exactly what was changed."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from domain.rules.comparing import Side, Told, compare, side
from domain.rules.differences import Thing
from domain.rules.states import Piece

STAGES = (0, 1, 2)
Cells = dict[tuple[int, int], str]


@dataclass
class Map:
    """Touchpoints by number: their stage, their name and what is felt there; cells of one lane."""

    touchpoints: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)


@dataclass
class Drawn:
    """A map as the ledger has it, and the id of each piece."""

    ids: dict[Any, UUID]
    side: Side


class Pen:
    """Draws pieces with ids of their own; what the origin has, they were copied from there."""

    def __init__(self, origin: Drawn | None) -> None:
        self.origin = {} if origin is None else origin.ids
        self.ids: dict[Any, UUID] = {}
        self.found: dict[UUID, Piece] = {}

    def put(self, called: Any, kind: str, **content: Any) -> str:
        """One piece, by what it is called here."""
        id_ = self.ids[called] = uuid4()
        if kind not in ("cell", "journey"):
            content["lineage_id"] = self.origin.get(called)
        self.found[id_] = Piece(id_, kind, 1, content)
        return str(id_)


def drawn(told: Map, origin: Drawn | None = None, title: str = "") -> Drawn:
    """A map in pieces, each after what it stands in."""
    pen = Pen(origin)
    pen.put("journey", "journey", title=title, objective="Less waiting.")
    lane = pen.put("lane", "lane", question="How?")
    stages = [pen.put(("stage", n), "stage", name=f"stage {n}") for n in STAGES]
    at = {
        n: pen.put(n, "touchpoint", name=name, stage_id=stages[stage])
        for n, (stage, name, _) in told.touchpoints.items()
    }
    for n, (_, _, label) in told.touchpoints.items():
        pen.put(("emotion", n), "emotion", label=label, touchpoint_id=at[n])
    for (n, _), body in told.cells.items():
        pen.put((n, 0), "cell", body=body, lane_id=lane, touchpoint_id=at[n])
    return Drawn(pen.ids, side(pen.found, map(thing, pen.found.values())))


def thing(piece: Piece) -> Thing:
    names = ("title", "objective", "name", "question", "label", "body")
    fields = {name: piece.told(name) for name in names if piece.told(name) is not None}
    return Thing(piece.kind, piece.id, "", (piece.parents or [None])[0], fields)


words = st.sampled_from("abc")


@st.composite
def maps(draw: st.DrawFn) -> Map:
    numbers = draw(st.sets(st.integers(0, 6), max_size=5))
    places = {n: (draw(st.sampled_from(STAGES)), draw(words), draw(words)) for n in sorted(numbers)}
    cells = {(n, 0): draw(words) for n in places if draw(st.booleans())}
    return Map(places, cells)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Map, Map]:
    """A map and what became of it."""
    was = draw(maps())
    now = Map(dict(was.touchpoints), dict(was.cells))
    for how in draw(st.lists(st.sampled_from(("add", "drop", "place", "name", "feel", "cell")))):
        number = draw(st.integers(0, 6))
        if how == "add":
            now.touchpoints.setdefault(number, (0, draw(words), draw(words)))
        elif number in now.touchpoints:
            stage, name, label = now.touchpoints[number]
            changed = {
                "place": (draw(st.sampled_from(STAGES)), name, label),
                "name": (stage, draw(words), label),
                "feel": (stage, name, draw(words)),
            }
            if how == "drop":
                del now.touchpoints[number]
                now.cells.pop((number, 0), None)
            elif how == "cell":
                now.cells[number, 0] = draw(words)
            else:
                now.touchpoints[number] = changed[how]
    return was, Map(dict(sorted(now.touchpoints.items())), now.cells)


def expected(was: Map, now: Map) -> set[tuple[str, str]]:
    """What the edits come to, said without comparing anything but numbers and words."""
    old, new = was.touchpoints, now.touchpoints
    told = {("added", f"{kind}{n}") for n in new.keys() - old.keys() for kind in "te"}
    told |= {("removed", f"{kind}{n}") for n in old.keys() - new.keys() for kind in "te"}
    told |= {("added", f"c{n}") for n, _ in now.cells.keys() - was.cells.keys()}
    told |= {("removed", f"c{n}") for n, _ in was.cells.keys() - now.cells.keys()}
    for n in old.keys() & new.keys():
        words = zip(("moved", "changed", "changed"), "tte", old[n], new[n], strict=True)
        told |= {(how, f"{kind}{n}") for how, kind, before, after in words if before != after}
    both = was.cells.keys() & now.cells.keys()
    return told | {("changed", f"c{at[0]}") for at in both if was.cells[at] != now.cells[at]}


def said(found: list[Told], one: Drawn, other: Drawn) -> list[tuple[str, str]]:
    names = {id_: name for side_ in (one, other) for name, id_ in side_.ids.items()}

    def short(told: Told) -> str:
        name = names[told.was_id or told.now_id or UUID(int=0)]
        number = name if isinstance(name, int) else name[1 if name[0] == "emotion" else 0]
        return f"{told.difference.kind[0]}{number}"

    return [(one_.difference.change.value, short(one_)) for one_ in found]


@given(edited())
def test_comparing_tells_exactly_what_was_edited(told: tuple[Map, Map]) -> None:
    was, now = told
    origin = drawn(was)
    future = drawn(now, origin, title="Future")
    found = compare(origin.side, future.side)
    assert sorted(said(found, origin, future)) == sorted(expected(was, now))
    assert len({one.id for one in found}) == len(found)


@given(maps())
def test_an_untouched_copy_and_a_copy_of_it_do_not_differ(told: Map) -> None:
    origin = drawn(told)
    copy = drawn(told, origin, title="Future")
    again = drawn(told, origin)
    assert compare(origin.side, copy.side) == compare(copy.side, again.side) == []


@given(edited())
def test_ids_lead_back_to_the_pieces(told: tuple[Map, Map]) -> None:
    origin = drawn(told[0])
    future = drawn(told[1], origin)
    for one in compare(origin.side, future.side):
        assert one.was_id in {None, *origin.ids.values()}
        assert one.now_id in {None, *future.ids.values()}
        assert (one.was_id is None) is (one.difference.change == "added")
        assert (one.now_id is None) is (one.difference.change == "removed")
        assert one.touchpoint_id is None or one.touchpoint_id in origin.ids.values()


def test_two_of_one_lineage_in_one_map_are_told_apart() -> None:
    content = {"name": "a", "lineage_id": str(uuid4())}
    pieces = [Piece(uuid4(), "stage", 1, content) for _ in range(2)]
    doubled = side({one.id: one for one in pieces}, [thing(one) for one in pieces])
    assert len({one.key for one in doubled.things}) == 2
