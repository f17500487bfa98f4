"""How the demo talks: for a group, with mentions, in proposals, and to an end that is heard of."""

from uuid import UUID

import httpx
import pytest

from api.settings import Settings
from domain.services.inbox.notifying import NOTIFIER
from tests.api.demo.test_demo import OUTPATIENT, demo
from tests.api.demo.test_duties import person
from tests.api.inbox.feeds import feed

__all__ = ["demo"]  # the same demo, made for this file


@pytest.mark.usefixtures("demo")
async def test_somebody_speaks_for_their_group_and_is_named_to_themselves_alone(
    http: httpx.AsyncClient,
) -> None:
    finn, erin = await person(http, "finn"), await person(http, "erin")
    journey = (await erin.journeys())[OUTPATIENT]
    path = f"/v1/annotations?journey={journey}&kind=obstacle&group=frontline_staff"
    [seen] = (await erin.read(path))["items"]
    assert (seen["voice"], seen["author_id"], seen["author_name"]) == ("group", None, None)
    assert "<em>look busy</em>" in seen["body_html"]
    assert not seen["mine"]
    assert [one["mine"] for one in (await finn.read(path))["items"]] == [True]


@pytest.mark.usefixtures("demo")
async def test_a_proposal_waits_for_nadia_and_another_was_declined(
    http: httpx.AsyncClient,
) -> None:
    nadia = await person(http, "nadia")
    journey = (await nadia.journeys())[OUTPATIENT]
    listed = (await nadia.read(f"/v1/proposals?journey={journey}"))["items"]
    assert [one["status"] for one in listed] == ["rejected", "open"]
    work = (await nadia.read("/v1/me/work?limit=100"))["items"]
    assert "decide_proposal" in {one["kind"] for one in work}


@pytest.mark.usefixtures("demo")
async def test_whoever_spoke_or_supported_hears_how_it_ended(
    http: httpx.AsyncClient, settings: Settings
) -> None:
    organization = (await (await person(http, "erin")).read("/v1/organization"))["id"]
    async with feed(settings, [NOTIFIER], UUID(organization)) as reading:
        tally = await reading.look()
    assert not tally["failed"]
    for key in ("fay", "finn", "fatima"):
        inbox = (await (await person(http, key)).read("/v1/me/notifications?reason=resolved"))[
            "items"
        ]
        assert [one["closed_as"] for one in inbox] == ["fixed"], key
        assert "afternoon" in inbox[0]["note"]
    mentioned = await (await person(http, "stan")).read("/v1/me/notifications?reason=mention")
    assert len(mentioned["items"]) == 2
