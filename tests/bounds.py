"""No test runs for ever: each has a minute, or as many seconds as its mark `within` gives it."""

import asyncio
import faulthandler
import gc
import inspect
import os
from collections.abc import Callable, Generator
from functools import wraps
from threading import Timer
from typing import Any

import pytest

SECONDS = 60.0
GRACE = 15.0
"""Seconds after which one that did not even stop when told to takes the whole process along."""


class Bounds:
    """Fails a test that takes too long, and ends a process that cannot be got to fail it."""

    def __init__(self) -> None:
        self._terminal = os.fdopen(os.dup(2), "w")  # what pytest has not captured yet

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
                item.obj = bounded(item.obj, seconds_of(item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Whatever it waits for, fixtures included: one that calls no `await` sees no timeout."""
        seconds = seconds_of(item) + GRACE
        timer = Timer(seconds, self._give_up, (item.nodeid, seconds))
        timer.daemon = True
        timer.start()
        try:
            return (yield)
        finally:
            timer.cancel()

    def pytest_unconfigure(self) -> None:
        self._terminal.close()

    def _give_up(self, name: str, seconds: float) -> None:
        """Say which test it was, and where every thread and every task stood."""
        print(f"\n{name} has not ended in {seconds:g} seconds:", file=self._terminal, flush=True)
        faulthandler.dump_traceback(self._terminal)
        for task in gc.get_objects():
            if isinstance(task, asyncio.Task) and not task.done():
                task.print_stack(file=self._terminal)
        self._terminal.flush()
        os._exit(pytest.ExitCode.INTERRUPTED)


def seconds_of(item: pytest.Item) -> float:
    """How long a test may take."""
    mark = item.get_closest_marker("within")
    return SECONDS if mark is None else float(mark.args[0])


def bounded(test: Callable[..., Any], seconds: float) -> Callable[..., Any]:
    """The test, cancelled where it stands when its time is over."""

    @wraps(test)
    async def in_time(**given: Any) -> None:
        async with asyncio.timeout(seconds):
            await test(**given)

    return in_time
