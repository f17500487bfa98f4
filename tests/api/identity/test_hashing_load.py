"""Fifty sign-ins at once leave the event loop to everybody else."""

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import contextmanager

from domain.ids import new_id
from tests.api.identity.people import Door, together

TICK = 0.01
MOST = 0.05


@contextmanager
def lateness() -> Iterator[list[float]]:
    """Ask to be woken every ten milliseconds, and note by how much it was later than that."""
    loop, late = asyncio.get_running_loop(), list[float]()

    def wake(due: float) -> None:
        nonlocal timer
        late.append(loop.time() - due)
        due = loop.time() + TICK
        timer = loop.call_at(due, wake, due)

    start = loop.time() + TICK
    timer = loop.call_at(start, wake, start)
    yield late
    timer.cancel()


async def test_the_loop_is_free_while_passwords_are_hashed(door: Door) -> None:
    """The worst single tick depends on who else is on the machine: it is in `make soak`."""
    with lateness() as late:
        replies = await together(
            *(door.sign_in(f"{new_id()}@example.org", "12 geese fly north") for _ in range(50))
        )
    assert {reply.status_code for reply in replies} == {401}
    assert len(late) > 20
    assert statistics.quantiles(late, n=10)[-1] <= MOST, max(late)
