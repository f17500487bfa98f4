"""Proposals from the suggestion to what became of it, for every kind of subject."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.maps.events import verbs
from tests.api.voices.proposing import Bench, accepted, bench, etag, reject
from tests.api.voices.scene import code
from tests.world import World

F, S, D, X = Group
KINDS: list[tuple[str, dict[str, Any], str]] = [
    ("touchpoint", {"name": "Ring", "quote": "Hello?", "monthly_volume": 40}, "touchpoint.updated"),
    ("stage", {"name": "Earlier", "customer_goal": "To find us."}, "stage.updated"),
    ("cell", {"body": "Answer the phone."}, "cell.written"),
    ("moment", {"stakes": "Their trust.", "triggers": ["music"]}, "moment.updated"),
]


@pytest.fixture
async def here(world: World) -> Bench:
    return await bench(world)


@pytest.mark.parametrize(("about", "changes"), [kind[:2] for kind in KINDS])
async def test_a_proposal_tells_what_it_would_change_and_changes_nothing(
    here: Bench, about: str, changes: dict[str, Any]
) -> None:
    before = await here.now(about)
    made = await here.propose(about, **changes)
    assert made == made | {
        "about": about,
        "status": "open",
        "version": 1,
        "base_version": before["version"],
        "current_version": before["version"],
        "reason": "They say so.",
        "author_id": str(here.ann.member_id),
        "author_group": "frontline_staff",
        "decided_by": None,
        "applied_version": None,
        "subject_removed": False,
        "may": ["withdraw_proposal"],
    }
    told = {one["field"]: one for one in made["differences"]}
    assert {name: one["proposed"] for name, one in told.items()} == changes
    for name, one in told.items():
        assert (one["base"], one["now"], one["conflict"]) == (before[name], before[name], False)
    now = await here.now(about)
    assert {name: now[name] for name in (*changes, "version")} == {
        name: before[name] for name in (*changes, "version")
    }
    read = await here.owner.read(f"/v1/proposals/{made['id']}")
    assert read == made | {"may": ["decide_proposal"]}


@pytest.mark.parametrize(("about", "changes", "verb"), KINDS)
async def test_what_is_accepted_is_changed_and_its_author_credited(
    here: Bench, about: str, changes: dict[str, Any], verb: str
) -> None:
    before, told = await here.now(about), await verbs(here.org, here.journey)
    done = await accepted(here.owner, await here.propose(about, **changes), reason="Thank you.")
    reached = before["version"] + 1
    assert done == done | {
        "status": "accepted",
        "version": 2,
        "author_id": str(here.ann.member_id),
        "decided_by": str(here.owner.member_id),
        "decision_reason": "Thank you.",
        "applied_version": reached,
        "current_version": reached,
        "may": [],
    }
    after = await here.now(about)
    assert after == after | changes | {"version": reached}
    news = (await verbs(here.org, here.journey))[len(told) :]
    assert news == ["proposal.made", verb, "proposal.accepted"]


async def test_a_proposal_is_rejected_with_a_reason(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    path = f"/v1/proposals/{made['id']}/reject"
    assert (await here.owner.post(path, {"reason": " "}, **etag(made))).status_code == 400
    reply = await reject(here.owner, made, "It is the name on our wall.")
    assert reply.status_code == 200, reply.text
    told = reply.json()
    assert (told["status"], told["decision_reason"]) == ("rejected", "It is the name on our wall.")
    assert (told["decided_by"], told["may"]) == (str(here.owner.member_id), [])
    assert (await here.now("stage"))["version"] == 1
    assert code(await reject(here.owner, told), 409) == "proposal_rejected"
    assert (await verbs(here.org, here.journey))[-1] == "proposal.rejected"


async def test_its_author_takes_a_proposal_back_and_nobody_else(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    path = f"/v1/proposals/{made['id']}/withdraw"
    assert code(await here.owner.post(path), 403) == "forbidden"
    reply = await here.ann.post(path)
    assert (reply.status_code, reply.json()["status"]) == (200, "withdrawn")
    assert code(await here.ann.post(path), 409) == "proposal_withdrawn"
    assert code(await reject(here.owner, reply.json()), 409) == "proposal_withdrawn"
    assert (await verbs(here.org, here.journey))[-1] == "proposal.withdrawn"
