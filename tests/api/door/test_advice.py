"""A refusal at the door says what to send instead."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from tests.api.door.doors import calling, door

JSON = {"Content-Type": "application/json"}


@pytest.fixture(name="http")
async def _http() -> AsyncIterator[AsyncClient]:
    async with calling(door()) as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "cause"),
    [
        ({"Content-Type": "text/plain"}, "Content-Type application/json."),
        ({**JSON, "Content-Encoding": "gzip"}, "uncompressed"),
        ({"Content-Type": 'application/json; charset="ISO-8859-1"'}, "UTF-8"),
    ],
)
async def test_415_names_the_real_cause(
    http: AsyncClient, headers: dict[str, str], cause: str
) -> None:
    reply = await http.post("/things", content=b'{"name":"a"}', headers=headers)
    assert cause in reply.json()["detail"]


ADVICE: list[tuple[bytes, str]] = [
    (b'{"name":"a","color":"nonsense"}', "Use one of: red, dark_blue."),
    (b'{"name":"a","colors":["red","x"]}', "Use one of: red, dark_blue."),
    (b'{"name":"a","by_name":{"k":{"color":"x"}}}', "Use one of: red, dark_blue."),
    (b'{"name":"a","color":3}', "Expected `str | null`, got `int`."),
    (b'{"name":"a","note":" "}', "Write something: blank is not enough."),
    (b'{"name":"a","email":"nobody"}', "Send an e-mail address, such as ada@example.org."),
    (b'{"name":"a","odd":"x"}', r"Send text that matches ^\d+$."),
    (b'{"name":"\\ud800"}', "Send whole characters: half of a surrogate pair"),
]


@pytest.mark.parametrize(("body", "advice"), ADVICE)
async def test_a_refusal_says_what_to_send_instead(
    http: AsyncClient, body: bytes, advice: str
) -> None:
    reply = await http.post("/things", content=body, headers=JSON)
    assert reply.json()["errors"][0]["detail"].startswith(advice)


@pytest.mark.parametrize("address", ["/things?color=x", "/things?hue=red&hue=x"])
async def test_a_parameter_lists_its_values(http: AsyncClient, address: str) -> None:
    (error,) = (await http.get(address)).json()["errors"]
    assert error["detail"] == "Use one of: red, dark_blue."
    assert f"?{error['parameter']}=" in address
