"""What the log says of a request, and what it keeps to itself."""

import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient

from api.middleware.envelope import Envelope
from tests.api.door.doors import calling, door, failing

ID = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture(name="http")
async def _http() -> AsyncIterator[AsyncClient]:
    async with calling(Envelope(door(failing(RuntimeError("cellar"))))) as client:
        yield client


async def test_the_log_has_one_line_and_no_secret(http: AsyncClient, caplog: Any) -> None:
    caplog.set_level(logging.INFO, "touchstone.access")
    headers = {"Authorization": "Bearer cellar", "X-Request-Id": "r1"}
    await http.get(f"/things/{ID}?ticket=cellar", headers=headers)
    (record,) = [r for r in caplog.records if r.name == "touchstone.access"]
    line = json.loads(record.getMessage())
    assert line.pop("milliseconds") >= 0
    assert line == {
        "request_id": "r1", "method": "GET", "path": "/things/{thing_id}", "status": 400,
    }  # fmt: skip
    assert "cellar" not in record.getMessage()


async def test_log_lines_cannot_be_forged_through_the_path(http: AsyncClient, caplog: Any) -> None:
    caplog.set_level(logging.INFO, "touchstone.access")
    await http.get("/no%0a%7b%22status%22:200%7d" + "x" * 1000)
    (record,) = [r for r in caplog.records if r.name == "touchstone.access"]
    assert "\n" not in record.getMessage()
    assert len(record.getMessage()) < 400


async def test_a_failure_is_found_in_the_log_by_its_request_id(
    http: AsyncClient, caplog: Any
) -> None:
    await http.get("/fails", headers={"X-Request-Id": "find-me"})
    (record,) = [r for r in caplog.records if r.name == "touchstone.problems"]
    assert "find-me" in record.getMessage()
    assert record.exc_info is not None
