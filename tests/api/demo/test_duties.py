"""Who answers for what in the demo, as the people concerned see it."""

from typing import Any

import httpx
import pytest

from api.commands.seed import PASSWORD
from tests.api.demo.test_demo import OUTPATIENT, Person, demo

__all__ = ["demo"]  # the same demo, made for this file


async def person(http: httpx.AsyncClient, key: str) -> Person:
    body = {"email": f"{key}@demo.example", "password": PASSWORD}
    reply = await http.post("/v1/sessions", json=body)
    assert reply.status_code == 201, reply.text
    return Person(http, reply.json()["access_token"])


async def moments(somebody: Person) -> dict[str, Any]:
    journey = (await somebody.journeys())[OUTPATIENT]
    listed = await somebody.read(f"/v1/moments?journey={journey}&limit=100")
    return {one["touchpoint_name"]: one for one in listed["items"]}


@pytest.mark.usefixtures("demo")
async def test_one_moment_is_answered_for_and_another_waits(http: httpx.AsyncClient) -> None:
    erin = await person(http, "erin")
    told = await moments(erin)
    found = {}
    for name in ("Follow up on visit", "Schedule appointment", "Meet with care provider"):
        listed = await erin.read(f"/v1/responsibilities?moment={told[name]['id']}")
        found[name] = [(one["role"], one["status"]) for one in listed["items"]]
    assert ("accountable", "accepted") in found["Follow up on visit"]
    assert found["Schedule appointment"] == [("accountable", "assigned")]
    assert found["Meet with care provider"] == []
    at_stake = told["Follow up on visit"]
    assert (at_stake["customers_per_month"], at_stake["value_at_risk"]) == (4200, 18_500_000)


@pytest.mark.usefixtures("demo")
async def test_everybody_finds_what_is_theirs_to_do(http: httpx.AsyncClient) -> None:
    expected = {
        "finn": {"accept_responsibility"},
        "fay": {"answer_input"},
        "felix": {"answer_input"},
        "stan": {"accept_responsibility", "sign_off"},
        "dmitri": {"accept_responsibility"},
    }
    for key, kinds in expected.items():
        work = await (await person(http, key)).read("/v1/me/work?limit=100")
        assert kinds <= {one["kind"] for one in work["items"]}, key


@pytest.mark.usefixtures("demo")
async def test_the_rules_of_a_moment_say_who_is_missing(http: httpx.AsyncClient) -> None:
    nadia = await person(http, "nadia")
    moment = (await moments(nadia))["Follow up on visit"]["id"]
    rules = (await nadia.read(f"/v1/sign-off-rules/{moment}"))["rules"]
    assert sorted((one["required"], one["given"], one["satisfied"]) for one in rules) == [
        (1, 1, True),
        (2, 1, False),
    ]
