"""Links as they are sent, found in the letter, and used."""

import re
from datetime import timedelta
from typing import Any

import httpx

from tests.api.identity.letterbox import Letterbox
from tests.api.participation.asking import Asking
from tests.world import Caller

OPEN, ANSWER = "/v1/input-links/open", "/v1/input-links/answer"
A_MINUTE = timedelta(minutes=1, seconds=1)


async def send(
    scene: Asking, request: dict[str, Any], whom: Caller | None = None
) -> httpx.Response:
    body = {"member_id": str(whom.member_id)} if whom else {}
    return await scene.owner.post(f"/v1/input-requests/{request['id']}/links", body)


async def mailed(scene: Asking, request: dict[str, Any], whom: Caller, box: Letterbox) -> str:
    """The code of a link that was sent to somebody."""
    reply = await send(scene, request, whom)
    assert reply.status_code == 200, reply.text
    letter = await box.next()
    assert letter["To"] == whom.email
    return code_in(letter)


def code_in(letter: Any) -> str:
    (found,) = re.findall(r"ts_input_\S+", letter.get_content())
    return str(found)


async def use(scene: Asking, path: str, link: str, **body: Any) -> httpx.Response:
    return await scene.org.world.http.post(path, json={"link": link} | body)


async def read_asks(scene: Asking, request: dict[str, Any]) -> list[dict[str, Any]]:
    found = await scene.owner.read(f"/v1/input-requests/{request['id']}")
    asks: list[dict[str, Any]] = found["asks"]
    return asks
