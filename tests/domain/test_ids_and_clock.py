"""Identifiers grow in the order of their making, and tests may hold the clock."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import RFC_4122, UUID

from domain import clock, ids


def test_an_id_is_a_uuid_of_version_7_that_says_when() -> None:
    before = time.time_ns() // 1_000_000
    made = ids.new_id()
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_ids_grow_even_within_a_millisecond() -> None:
    made = [ids.new_id() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_ids_grow_when_the_clock_steps_back(monkeypatch: Any) -> None:
    last = ids.new_id()
    monkeypatch.setattr("domain.ids.time.time_ns", lambda: 0)
    for _ in range(1000):
        made = ids.new_id()
        assert made > last
        assert made.version == 7
        last = made


def test_threads_never_make_the_same_id() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ids.new_id(), range(20_000)))
    assert len(set(made)) == len(made)


def test_ids_can_be_replaced_for_a_while() -> None:
    with ids.replaced(lambda: UUID(int=7)):
        assert ids.new_id() == UUID(int=7)
    assert ids.new_id() != UUID(int=7)


def test_the_clock_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_clock_can_be_held_even_twice_and_through_a_failure() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with clock.replaced(lambda: noon):
        with clock.replaced(lambda: noon + timedelta(hours=1)):
            assert clock.now().hour == 13
        assert clock.now() == noon
        try:
            with clock.replaced(lambda: noon + timedelta(hours=2)):
                raise ValueError
        except ValueError:
            assert clock.now() == noon
    assert clock.now() != noon
