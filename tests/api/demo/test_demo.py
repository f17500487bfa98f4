"""The demo organization: what a newcomer finds after one command."""

import json
from typing import Any

import httpx
import pytest
from click import ClickException
from litestar import Litestar
from msgspec.structs import replace
from sqlalchemy import text

from api.auth.passwords import Passwords, require_good
from api.commands.demo.people import people
from api.commands.demo.reading import FOLDER
from api.commands.seed import PASSWORD, ensure_demo, make_demo, sign_ins
from api.settings import Settings
from domain.database import hot
from domain.roles import Group

ACCOUNTS = hot(
    text(
        "SELECT count(*) FROM accounts"
        " WHERE email LIKE '%@demo.example' OR email LIKE '%@other.example'"
    )
)
OUTPATIENT = "I go to an outpatient appointment"
STAFF = ("frontline_staff", "support_staff")
DEMO = {  # what `demo:` of the outpatient journey says: emotional impact, impact score
    "Schedule appointment": (5, 6),
    "Navigate through facility": (3, 3),
    "Check in for appointment": (3, 4),
    "Meet with care provider": (5, 6),
    "Follow up on visit": (4, 7),
}


class Person:
    """A member of the demo, signed in with the printed password."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http = http
        self.headers = {"authorization": f"Bearer {token}"}

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers=self.headers)

    async def read(self, path: str) -> Any:
        reply = await self.get(path)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def journeys(self) -> dict[str, str]:
        listed = await self.read("/v1/journeys?limit=100")
        return {one["title"]: one["id"] for one in listed["items"]}


@pytest.fixture(scope="module")
async def demo(app: Litestar) -> None:
    """The demo, made twice: the second time finds it there."""
    cheap = Passwords(memory_kib=8, rounds=1)
    await make_demo(app.state.database, cheap)
    await make_demo(app.state.database, cheap)


async def person(http: httpx.AsyncClient, group: str) -> Person:
    email = next(email for name, email, _ in sign_ins() if name == group)
    reply = await http.post("/v1/sessions", json={"email": email, "password": PASSWORD})
    assert reply.status_code < 300, reply.text
    return Person(http, reply.json()["access_token"])


async def ranked(reader: Person, model: str) -> dict[str, tuple[Any, ...]]:
    journey = (await reader.journeys())[OUTPATIENT]
    found = await reader.read(f"/v1/journeys/{journey}/moments?model={model}")
    return {o["touchpoint_name"]: (o["rank"], o["score"], o["tied"]) for o in found["items"]}


def test_the_password_passes_the_rules_that_everybody_s_must() -> None:
    for _, email, password in sign_ins():
        require_good(password, email)


def test_the_cast_is_as_large_as_the_figures_need() -> None:
    told = people()
    groups = [member["group"] for member in told["members"]]
    least = {"frontline_staff": 4, "support_staff": 4, "decision_maker": 3, "executive": 2}
    assert all(groups.count(group) >= many for group, many in least.items())
    runs = [member["group"] for member in told["members"] if member["administrator"]]
    assert runs == ["decision_maker"]
    assert any(department["external"] for department in told["departments"])


async def test_a_second_seed_finds_everything_there(demo: None, app: Litestar) -> None:
    async with app.state.database.transaction() as tx:
        counted = await tx.value(ACCOUNTS)
    assert counted == len(people()["members"]) + 1
    await make_demo(app.state.database, Passwords(memory_kib=8, rounds=1))
    async with app.state.database.transaction() as tx:
        assert await tx.value(ACCOUNTS) == counted


def test_production_gets_no_demo(settings: Settings) -> None:
    with pytest.raises(ClickException, match="no place in production"):
        ensure_demo(replace(settings, env="production"))


@pytest.mark.parametrize("group", [*Group])
async def test_each_group_signs_in_and_sees_the_four_journeys(
    demo: None, http: httpx.AsyncClient, group: str
) -> None:
    reader = await person(http, group)
    seen = await reader.journeys()
    for title in (OUTPATIENT, "I fly from one city to another", "I switch my mobile plan"):
        assert title in seen
    assert "I get my phone line repaired" in seen
    hidden = [title for title in seen if "invented)" in title]
    assert all("draft" not in title for title in hidden) is (group != "decision_maker")


async def test_emotional_impact_ranks_the_moments_as_the_map_says(
    demo: None, http: httpx.AsyncClient
) -> None:
    found = await ranked(await person(http, "frontline_staff"), "emotional_impact")
    assert {name: score for name, (_, score, _) in found.items()} == {
        name: emotional for name, (emotional, _) in DEMO.items()
    }
    assert sorted((rank, tied) for rank, _, tied in found.values()) == [
        (1, True), (1, True), (3, False), (4, True), (4, True),
    ]  # fmt: skip


async def test_impact_gap_ranks_the_moments_as_the_map_says(
    demo: None, http: httpx.AsyncClient
) -> None:
    found = await ranked(await person(http, "executive"), "impact_gap")
    assert found == {
        "Follow up on visit": (1, 7, False),
        "Schedule appointment": (2, 6, True),
        "Meet with care provider": (2, 6, True),
        "Check in for appointment": (4, 4, False),
        "Navigate through facility": (5, 3, False),
    }


async def test_the_perception_gap_of_the_follow_up_tells_something(
    demo: None, http: httpx.AsyncClient
) -> None:
    reader = await person(http, "executive")
    journey = (await reader.journeys())[OUTPATIENT]
    drawn = await reader.read(f"/v1/journeys/{journey}/moments")
    point = next(o for o in drawn["items"] if o["touchpoint_name"] == "Follow up on visit")
    found = await reader.read(f"/v1/touchpoints/{point['touchpoint_id']}/ratings")
    assert all(group["n"] >= 3 for group in found["groups"] if group["group"] in STAFF)
    assert not any(group["too_few"] for group in found["groups"])
    gap = next(axis["gap"] for axis in found["axes"] if axis["axis"] == "performance")
    assert gap["flagged"]
    assert gap["difference"] == 3
    assert (gap["high"]["group"], gap["high"]["mean"]) == ("executive", 4)
    assert (gap["low"]["group"], gap["low"]["mean"]) == ("frontline_staff", 1)


async def test_all_four_groups_speak_on_the_outpatient_journey(
    demo: None, http: httpx.AsyncClient
) -> None:
    reader = await person(http, "frontline_staff")
    journey = (await reader.journeys())[OUTPATIENT]
    for group in Group:
        said = await reader.read(f"/v1/annotations?journey={journey}&group={group}&limit=100")
        own = [one for one in said["items"] if not one["attributed_to"]]
        assert own, group
    facts = await reader.read(f"/v1/annotations?journey={journey}&kind=praise&limit=100")
    told = [o["body"] for o in facts["items"] if o["attributed_to"].startswith("VA ")]
    assert {"Appointment reminder", "Valet parking", "'Welcome to VA' call"} <= set(told)


async def test_a_member_of_another_organization_finds_nothing(
    demo: None, http: httpx.AsyncClient
) -> None:
    journey = (await (await person(http, "executive")).journeys())[OUTPATIENT]
    olga = await person(http, "elsewhere")
    assert (await olga.get(f"/v1/journeys/{journey}")).status_code == 404
    assert await olga.journeys() == {}


async def test_its_owner_imports_the_document_again_and_nothing_is_written(
    demo: None, http: httpx.AsyncClient
) -> None:
    owner = await person(http, "decision_maker")
    raw = json.loads((FOLDER / "veteran-outpatient.json").read_text())
    reply = await http.post("/v1/journeys/import", headers=owner.headers, json=raw)
    assert reply.status_code == 200, reply.text
    assert reply.json()["entries"] == 0
    assert not any(one["created"] or one["updated"] for one in reply.json()["counts"])
