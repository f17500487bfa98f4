"""Names whose nameserver hangs: they hold up those who named them, and nobody else."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from api.outbound import Busy, Names, Outbound, Refused, names
from tests.api.integration.receiver import receiving

REAL = socket.getaddrinfo
HERE = ["127.0.0.1/32"]


class Asked(list[str]):
    """What was looked up; `hung` is released for each that got no answer."""

    def __init__(self) -> None:
        super().__init__()
        self.hung = threading.Semaphore(0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """What was looked up; no answer for names with "hangs" in them as long as the test lasts."""
    over, found = threading.Event(), Asked()

    def look_up(host: Any, *given: Any, **more: Any) -> Any:
        found.append(str(host))
        if "hangs" not in str(host):
            return REAL("127.0.0.1", *given, **more)
        found.hung.release()
        over.wait(30)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield found
    over.set()


def hanging(outbound: Outbound, *hosts: str) -> list[asyncio.Task[Any]]:
    """As many that wait for a name."""
    return [asyncio.create_task(outbound.send("POST", f"https://{host}/")) for host in hosts]


async def test_names_that_hang_hold_up_only_who_named_them(asked: Asked) -> None:
    outbound = Outbound(HERE)
    stuck = hanging(outbound.of("one"), *(f"hangs.at{n}.example" for n in range(50)))
    stuck += hanging(outbound, *(f"hangs{n}.example.org" for n in range(50)))
    async with asyncio.timeout(5), receiving() as receiver:
        for _ in range(2 * names.SHARE):
            assert await asyncio.to_thread(asked.hung.acquire, timeout=5)
        url = receiver.url().replace("127.0.0.1", "well.example.com")
        for caller in ("two", "three"):
            assert (await outbound.of(caller).send("POST", url)).status == 204
        assert (await outbound.send("POST", url)).status == 204
    assert len([one for one in asked if "hangs" in one]) == 2 * names.SHARE
    for task in stuck:
        task.cancel()
    await asyncio.wait(stuck)


async def test_a_thread_counts_until_it_ends(asked: Asked) -> None:
    impatient = Names(looked_up_within=0.05, thread_within=0.2)
    outbound = Outbound(HERE, names=impatient).of("one")
    stuck = hanging(outbound, *(f"hangs{n}.example" for n in range(names.SHARE + 3)))
    found = await asyncio.gather(*stuck, return_exceptions=True)
    assert [type(one) for one in found] == [Refused] * names.SHARE + [Busy] * 3
    assert len(asked) == names.SHARE


async def test_the_request_has_its_time_once_its_name_is_known(asked: Asked) -> None:
    async def slowly(host: str, port: int) -> list[str]:
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 0.3)
        return ["127.0.0.1"]

    async with receiving() as receiver:
        answer = await Outbound(HERE, slowly).send("POST", receiver.url(), seconds=0.25)
        assert answer.status == 204
