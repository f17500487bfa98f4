"""Where a stream goes on: a pure rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.resuming import MOST_BEHIND, Beginning, beginning

HEAD = 20_000


@pytest.mark.parametrize(
    ("last_event_id", "after", "position", "reset"),
    [
        (None, None, HEAD, False),
        ("", None, HEAD, False),
        ("20000", None, HEAD, False),
        ("19999", None, 19_999, False),
        ("19999", 5, 19_999, False),
        ("", 19_998, 19_998, False),
        (None, 19_998, 19_998, False),
        (None, HEAD - MOST_BEHIND, HEAD - MOST_BEHIND, False),
        (None, HEAD - MOST_BEHIND - 1, HEAD, True),
        (None, 0, HEAD, True),
        (None, HEAD + 1, HEAD, True),
        ("20001", None, HEAD, True),
        ("x", 19_999, HEAD, True),
        ("-1", None, HEAD, True),
        ("9" * 4096, None, HEAD, True),
        ("\u0661", None, HEAD, True),
    ],
)
def test_beginning(
    last_event_id: str | None, after: int | None, position: int, reset: bool
) -> None:
    assert beginning(HEAD, last_event_id, after) == Beginning(position, reset)


@given(st.integers(0, 2**53), st.text(), st.none() | st.integers(0, 2**53))
def test_it_never_begins_ahead_nor_leaves_a_silent_gap(
    head: int, last_event_id: str, after: int | None
) -> None:
    begun = beginning(head, last_event_id, after)
    assert begun.position <= head
    asked = last_event_id or (None if after is None else str(after))
    if asked is not None and not begun.reset:
        assert str(begun.position) == asked.lstrip("0") or begun.position == int(asked)
