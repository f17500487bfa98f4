"""What is at stake at a moment, in customers and in money."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import World

F, D = Group.FRONTLINE_STAFF, Group.DECISION_MAKER
STAKES = {"customers_per_month": 1200, "value_at_risk": 4_500_000_00, "value_currency": "EUR"}


@pytest.fixture
async def place(world: World) -> Scene:
    return await scene(world)


async def test_stakes_are_counted_in_customers_and_money(place: Scene) -> None:
    path = f"/v1/touchpoints/{place.touchpoint}/moments"
    moment = await place[D].made(path, STAKES)
    assert {name: moment[name] for name in STAKES} == STAKES
    one = f"/v1/moments/{moment['id']}"
    fewer = await place[D].patch(one, {"customers_per_month": None}, **etag(1))
    assert (fewer.json()["customers_per_month"], fewer.json()["version"]) == (None, 2)
    assert (await place[F].read(one))["value_at_risk"] == STAKES["value_at_risk"]


async def test_without_stakes_nothing_is_said_of_either(place: Scene) -> None:
    moment = await place[F].made(f"/v1/touchpoints/{place.touchpoint}/moments", {})
    assert [moment[name] for name in STAKES] == [None, None, "USD"]


@pytest.mark.parametrize("stake", STAKES.items())
async def test_each_of_them_takes_the_right_to_state_stakes(
    place: Scene, stake: tuple[str, Any]
) -> None:
    path = f"/v1/touchpoints/{place.touchpoint}/moments"
    assert code(await place[F].post(path, dict([stake])), 403) == "forbidden"


@pytest.mark.parametrize("currency", ["eur", "EURO", "E1R", "EUR\n", ""])
async def test_a_currency_is_three_capital_letters(place: Scene, currency: str) -> None:
    path = f"/v1/touchpoints/{place.touchpoint}/moments"
    refused = await place[D].post(path, {"value_currency": currency})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/value_currency"
