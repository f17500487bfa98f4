"""The one crutch of ours: a test for many items tries them all and names those that fail."""

import pytest

from tests.each import each


def test_every_fault_is_told_by_its_name_and_all_are_tried() -> None:
    tried = []

    @each("number", range(5))
    def odd(number: int, twice: int) -> None:
        tried.append(number * twice)
        if number == 3:
            pytest.fail("three")
        assert number % 4, "no multiple of four"

    with pytest.raises(ExceptionGroup, match="3 of 5 fail") as caught:
        odd(twice=2)
    assert tried == [0, 2, 4, 6, 8]
    notes = [fault.__notes__[-1] for fault in caught.value.exceptions]
    assert notes == ["with number = 0", "with number = 3", "with number = 4"]


async def test_a_coroutine_is_awaited_for_each() -> None:
    @each("number", range(3))
    async def small(number: int) -> None:
        assert number < 2

    with pytest.raises(ExceptionGroup, match="1 of 3 fail"):
        await small()


def test_nothing_to_try_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="there is no number"):
        each("number", [])
