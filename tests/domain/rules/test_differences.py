"""What differs between two maps, as a pure rule."""

from hypothesis import given
from hypothesis import strategies as st

from domain.rules.differences import Change, Thing, differences

PARENTS = ("first", "second")


def thing(key: int, parent: str = "first", text: str = "") -> Thing:
    return Thing("touchpoint", key, f"t{key}", parent, {"text": text})


@st.composite
def maps(draw: st.DrawFn) -> list[Thing]:
    """Touchpoints in two stages, in any order, with one text each."""
    keys = draw(st.lists(st.integers(0, 9), unique=True, max_size=8))
    placed = [thing(k, draw(st.sampled_from(PARENTS)), draw(st.sampled_from("ab"))) for k in keys]
    return sorted(placed, key=lambda one: PARENTS.index(str(one.parent)))


@given(maps())
def test_a_map_does_not_differ_from_itself(told: list[Thing]) -> None:
    assert differences(told, list(told)) == []


@given(maps(), maps())
def test_the_differences_lead_from_one_map_to_the_other(was: list[Thing], now: list[Thing]) -> None:
    found = differences(was, now)
    by = {change: {one.key for one in found if one.change is change} for change in Change}
    old, new = {one.key: one for one in was}, {one.key: one for one in now}
    assert by[Change.ADDED] == new.keys() - old.keys()
    assert by[Change.REMOVED] == old.keys() - new.keys()
    common = new.keys() & old.keys()
    assert by[Change.CHANGED] == {key for key in common if old[key].fields != new[key].fields}
    assert by[Change.MOVED] <= common
    stayed = common - by[Change.MOVED]
    assert all(old[key].parent == new[key].parent for key in stayed)
    assert [one.key for one in was if one.key in stayed] == [
        one.key for one in now if one.key in stayed
    ]


@given(maps(), maps())
def test_they_read_backwards_too(was: list[Thing], now: list[Thing]) -> None:
    there, back = differences(was, now), differences(now, was)
    changed = {(one.key, f.field, f.was, f.now) for one in there for f in one.fields
               if one.change is Change.CHANGED}  # fmt: skip
    turned = {(one.key, f.field, f.now, f.was) for one in back for f in one.fields
              if one.change is Change.CHANGED}  # fmt: skip
    assert changed == turned


def test_of_a_new_order_the_fewest_are_told() -> None:
    was, now = [thing(n) for n in (1, 2, 3, 4)], [thing(n) for n in (4, 1, 2, 3)]
    (moved,) = differences(was, now)
    assert (moved.change, moved.key, moved.name) == (Change.MOVED, 4, "t4")
    assert [(one.field, one.was, one.now) for one in moved.fields] == [
        ("parent", "first", "first"),
        ("after", 3, None),
    ]


def test_what_stands_in_no_order_is_never_moved() -> None:
    was = [Thing("emotion", n, "", 1, {}) for n in (1, 2)]
    assert differences(was, was[::-1]) == []
