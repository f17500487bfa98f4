"""A test that waits for ever fails, and says where it stood."""

import asyncio
import subprocess
import sys
from textwrap import dedent

import pytest

from tests.bounds import bounded
from tests.house.source import ROOT


async def test_what_never_comes_is_not_waited_for() -> None:
    async def stuck() -> None:
        await asyncio.Event().wait()

    with pytest.raises(TimeoutError) as caught:
        await bounded(stuck, 0.01)()
    cause = caught.value.__cause__
    assert cause is not None
    names = [frame.name for frame in caught.traceback] + _names(cause)
    assert "stuck" in names


def _names(error: BaseException) -> list[str]:
    return [frame.name for frame in pytest.ExceptionInfo.from_exception(error).traceback]


def test_whoever_cannot_be_stopped_is_named_and_ended() -> None:
    code = """
        import asyncio
        from tests.bounds import Bounds

        async def stuck():
            asyncio.create_task(asyncio.sleep(60), name="a task of it")
            await asyncio.sleep(0)
            Bounds()._give_up("test_of_patience", 75)

        asyncio.run(stuck())
    """
    asked = [sys.executable, "-c", dedent(code)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=50)
    assert done.returncode == pytest.ExitCode.INTERRUPTED
    assert "test_of_patience has not ended in 75 seconds" in done.stderr
    assert "in _give_up" in done.stderr
    assert "a task of it" in done.stderr
