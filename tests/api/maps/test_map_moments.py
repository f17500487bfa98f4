"""What the map says of a moment: who answers for it, what was approved, what is missing."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from domain.database import Hot, Row, Transaction
from domain.queries.maps.map import MAP
from domain.queries.maps.map import drawn as draw
from domain.roles import Group
from tests.api.reports.work import Office, office
from tests.world import Caller, World, actor_of

F, S, D, X = Group


async def moment(here: Office, caller: Caller | None = None) -> dict[str, Any]:
    """The one moment of the map."""
    drawn = await (caller or here.owner).read(f"/v1/journeys/{here.journey}/map")
    found: dict[str, Any] = drawn["touchpoints"][0]["moment"]
    return found


async def suspend(here: Office, caller: Caller) -> None:
    """Somebody leaves the organization."""
    path = f"/v1/members/{caller.member_id}"
    reply = await here.owner.patch(path, {"status": "suspended"}, If_Match='"1"')
    assert reply.status_code == 200, reply.text


async def test_nothing_is_there_at_first(world: World) -> None:
    here = await office(world)
    found = await moment(here)
    assert (found["accountable"], found["sign_offs"]) == (None, None)
    assert found["playbooks"] == {"approved": 0, "drafts": 0}
    assert found["missing"] == ["no_department", "no_accountable", "no_playbook"]


async def test_who_is_accountable_and_since_when(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    given = await here.assign(member_id=ann.member_id)
    assigned = (await moment(here))["accountable"]
    assert assigned == {
        "responsibility_id": given["id"],
        "member_id": str(ann.member_id),
        "status": "assigned",
        "accepted_at": None,
        "active": True,
    }
    assert "not_accepted" in (await moment(here))["missing"]
    path = f"/v1/responsibilities/{given['id']}"
    accepted = await ann.post(f"{path}/accept", If_Match='"1"')
    found = await moment(here)
    assert found["accountable"]["accepted_at"] == accepted.json()["answered_at"]
    assert found["missing"] == ["no_department", "no_playbook"]
    await suspend(here, ann)
    assert (await moment(here))["accountable"]["active"] is False
    assert "accountable_suspended" in (await moment(here))["missing"]
    ended = await here.owner.post(f"{path}/end", {"reason": "Moved."}, If_Match='"2"')
    assert ended.status_code == 200, ended.text
    assert (await moment(here))["accountable"] is None


async def test_playbooks_are_counted(world: World) -> None:
    here = await office(world)
    body = {"title": "Say sorry", "recovery_kind": "apology", "steps": ["Call back."]}
    playbook = await here.owner.made(f"/v1/moments/{here.moment}/playbooks", body)
    assert (await moment(here))["playbooks"] == {"approved": 0, "drafts": 1}
    boss = await here.org.member(X)
    path = f"/v1/playbooks/{playbook['id']}/approve"
    assert (await boss.post(path, {}, If_Match='"1"')).status_code == 200
    found = await moment(here)
    assert found["playbooks"] == {"approved": 1, "drafts": 0}
    assert "no_playbook" not in found["missing"]


async def test_sign_offs_required_given_and_stale(world: World) -> None:
    here = await office(world)
    boss, ann = await here.org.member(X), await here.org.member(X)
    rules = {"rules": [{"group": "executive", "required": 2}]}
    path = f"/v1/sign-off-rules/{here.moment}"
    assert (await here.owner.put(path, rules, If_Match='"0"')).status_code == 200
    await boss.made("/v1/sign-offs", {"subject_id": here.moment, "decision": "approved"})
    found = await moment(here)
    told = {"rules": 1, "required": 2, "given": 1, "stale": 0, "objections": 0}
    assert found["sign_offs"] == told | {"satisfied": False}
    assert "sign_offs_missing" in found["missing"]
    await ann.made("/v1/sign-offs", {"subject_id": here.moment, "decision": "approved"})
    found = await moment(here)
    assert found["sign_offs"] == told | {"given": 2, "satisfied": True}
    assert "sign_offs_missing" not in found["missing"]
    change = {"quote": "Where are they?"}
    at = f"/v1/touchpoints/{here.touchpoint}"
    assert (await here.owner.patch(at, change, If_Match='"1"')).status_code == 200
    found = await moment(here)
    assert found["sign_offs"] == told | {"given": 0, "stale": 2, "satisfied": False}


async def test_who_left_the_organization_signs_no_more_and_the_map_says_so(world: World) -> None:
    here = await office(world)
    boss = await here.org.member(X)
    rules = {"rules": [{"group": "executive", "required": 1}]}
    path = f"/v1/sign-off-rules/{here.moment}"
    assert (await here.owner.put(path, rules, If_Match='"0"')).status_code == 200
    await boss.made("/v1/sign-offs", {"subject_id": here.moment, "decision": "approved"})
    before = await here.owner.get(f"/v1/journeys/{here.journey}/map")
    assert (await moment(here))["sign_offs"]["satisfied"]
    await suspend(here, boss)
    tag = before.headers["etag"]
    after = await here.owner.get(f"/v1/journeys/{here.journey}/map", If_None_Match=tag)
    assert after.status_code == 200
    assert not after.json()["touchpoints"][0]["moment"]["sign_offs"]["satisfied"]


class Meddling:
    """A transaction during which something else happens, right after the map was read."""

    def __init__(
        self, tx: Transaction, change: Callable[[], Awaitable[Any]], times: int = 1
    ) -> None:
        self.tx, self.change, self.times, self.maps = tx, change, times, 0

    async def row(self, statement: Hot, **given: Any) -> Row | None:
        """Read, and let it happen."""
        found = await self.tx.row(statement, **given)
        if statement is MAP:
            self.maps += 1
            if self.maps <= self.times:
                await self.change()
        return found


async def drawn_amid(world: World, times: int) -> tuple[Any, int]:
    """A map that changes so many times while it is drawn, and where the journey stands then."""
    here = await office(world)
    boss = await here.org.member(X)
    rules = {"rules": [{"group": "executive", "required": 1}]}
    path = f"/v1/sign-off-rules/{here.moment}"
    assert (await here.owner.put(path, rules, If_Match='"0"')).status_code == 200
    approval = {"subject_id": here.moment, "decision": "approved"}
    async with world.database.transaction(here.org.id) as tx:
        meddling: Any = Meddling(tx, lambda: boss.made("/v1/sign-offs", approval), times)
        drawn = await draw(meddling, actor_of(here.owner, here.org.id), UUID(here.journey))
    current: int = (await here.owner.read(f"/v1/journeys/{here.journey}/map"))["revision"]
    assert meddling.maps == 2
    return drawn, current


async def test_what_changes_while_a_map_is_drawn_is_on_all_of_it_or_on_none(world: World) -> None:
    drawn, current = await drawn_amid(world, 1)
    assert drawn.row["revision"] == current
    assert '"satisfied" : true' in drawn.signed


async def test_a_map_is_drawn_however_often_something_changes_meanwhile(world: World) -> None:
    drawn, current = await drawn_amid(world, 9)
    assert drawn.row["revision"] == current
    assert '"satisfied" : true' in drawn.signed
