"""The story of the demo: from a frontline quote to an outcome, and whoever began it hears of it."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.settings import Settings
from domain.services.inbox.notifying import NOTIFIER
from tests.api.demo.test_demo import OUTPATIENT, demo
from tests.api.demo.test_duties import person
from tests.api.inbox.feeds import feed
from tests.world import Caller

__all__ = ["demo"]  # the same demo, made for this file


async def printed(who: Caller) -> dict[str, Any]:
    """The action that is done because somebody showed what moved."""
    journey = (await who.journeys())[OUTPATIENT]
    listed = (await who.read(f"/v1/actions?journey={journey}&status=done"))["items"]
    found: dict[str, Any]
    [found] = [one for one in listed if one["title"].startswith("Print the date")]
    return found


@pytest.mark.usefixtures("demo")
async def test_the_chain_leads_from_the_quote_to_the_outcome(http: httpx.AsyncClient) -> None:
    fay = await person(http, "fay")
    chain = await fay.read(f"/v1/actions/{(await printed(fay))['id']}/chain")
    kinds = [one["kind"] for one in chain["links"]]
    assert set(kinds) >= {"annotation", "finding", "opportunity", "action", "outcome", "judgment"}
    said = [one["sentence"] for one in chain["links"]]
    assert "Did anybody get my results?" in " ".join(said[:3])
    assert said[-1] == "Erin Falk verified what moved."
    assert "from 30.97 %" in said[-2]
    assert "to 11.96 %" in said[-2]
    assert "That is no proof of cause." in said[-2]


@pytest.mark.usefixtures("demo")
async def test_whoever_said_or_backed_it_hears_what_came_of_it(
    http: httpx.AsyncClient, settings: Settings
) -> None:
    organization = (await (await person(http, "erin")).read("/v1/organization"))["id"]
    async with feed(settings, [NOTIFIER], UUID(organization)) as reading:
        assert not (await reading.look())["failed"]
    for key in ("fay", "finn", "fatima"):
        inbox = await (await person(http, key)).read("/v1/me/notifications?reason=outcome")
        assert inbox["items"], key
