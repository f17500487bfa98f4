"""Whatever happens in whatever order, the refresh tokens of a session follow a small model."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from litestar import Litestar

from api.auth.tokens import Principal
from domain import clock
from domain.queries.identity import accounts
from domain.services.steps.admitting import open_session
from domain.words import MemberStatus
from tests.api.identity.people import Person, suspend


@dataclass
class Family:
    """The model: one session, with every refresh token it ever had."""

    principal: Principal
    created_at: datetime
    used_at: datetime
    tokens: list[str] = field(default_factory=list)
    ended: bool = False

    def lives(self, at: datetime) -> bool:
        young = at < min(self.created_at + timedelta(days=30), self.used_at + timedelta(days=7))
        return young and not self.ended


@dataclass
class Stage:
    """What the machine plays on."""

    app: Litestar
    ada: Person
    loop: asyncio.AbstractEventLoop
    ahead: timedelta = timedelta()
    suspended: bool = False

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)


class Refreshing(RuleBasedStateMachine):
    """Rules are played from a thread; the application answers on the loop of the tests."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.families: list[Family] = []
        self.stage.ahead = timedelta()
        self.stage.do(set_status(self.stage, suspended=False))
        self.sign_in()

    @rule()
    def sign_in(self) -> None:
        if len(self.families) < 3:
            self.families.append(self.stage.do(begin(self.stage)))

    @rule(which=st.integers(0, 2), behind=st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3]))
    def refresh(self, which: int, behind: int) -> None:
        family = self.families[which % len(self.families)]
        newest = len(family.tokens) - 1
        behind = min(behind, newest)
        at = clock.now()
        reply = self.stage.do(self.stage.ada.door.refresh(family.tokens[newest - behind]))
        stolen = family.lives(at) and behind > 1
        family.ended = family.ended or stolen
        if not family.lives(at) or self.stage.suspended:
            assert reply.status_code == 401
            return
        assert reply.status_code == 200
        token = reply.json()["refresh_token"]
        if behind == 0:
            assert token not in family.tokens
            family.tokens.append(token)
            family.used_at = at
        assert token == family.tokens[-1]

    @rule(hours=st.sampled_from([1, 24, 3 * 24, 6 * 24, 8 * 24]))
    def wait(self, hours: int) -> None:
        self.stage.ahead += timedelta(hours=hours)

    @precondition(lambda self: not self.stage.suspended)
    @rule(which=st.integers(0, 2))
    def sign_out(self, which: int) -> None:
        family = self.families[which % len(self.families)]
        person = Person(self.stage.ada.door, "", "")
        person.told = {"access_token": self.stage.app.state.tokens.issue(family.principal)}
        reply = self.stage.do(person.call("DELETE", "/v1/sessions/current"))
        assert reply.status_code == (401 if family.ended else 204)
        family.ended = True

    @rule(suspended=st.booleans())
    def suspend_or_reinstate(self, suspended: bool) -> None:
        self.stage.do(set_status(self.stage, suspended=suspended))


async def begin(stage: Stage) -> Family:
    """A session, as signing in begins it once the password was right."""
    state, ada = stage.app.state, stage.ada
    async with state.database.transaction() as tx:
        account = await accounts.by_email(tx, ada.email)
        seat = {
            "organization_id": UUID(ada.organization_id),
            "member_id": UUID(ada.member_id),
        }
        await reinstate(tx, ada)
        who = await open_session(tx, account["id"], seat, "")
        if stage.suspended:
            await suspend(tx, ada)
    row = who.session
    principal = Principal(row["account_id"], row["organization_id"], row["member_id"], row["id"])
    token = state.refresh_tokens.make(row["organization_id"], row["id"], 0, row["seed"])
    return Family(principal, row["created_at"], row["used_at"], [token])


async def set_status(stage: Stage, *, suspended: bool) -> None:
    organization_id = UUID(stage.ada.organization_id)
    async with stage.app.state.database.transaction(organization_id) as tx:
        await (suspend if suspended else reinstate)(tx, stage.ada)
    stage.suspended = suspended


async def reinstate(tx: Any, ada: Person) -> None:
    await tx.enter(UUID(ada.organization_id))
    await suspend(tx, ada, MemberStatus.ACTIVE)
    await tx.flush()


async def test_refresh_tokens_follow_the_model(app: Litestar, ada: Person) -> None:
    stage = Stage(app, ada, asyncio.get_running_loop())
    machine = type("Machine", (Refreshing,), {"stage": stage})
    played = settings(max_examples=12, stateful_step_count=20, deadline=None)
    with clock.replaced(lambda: datetime.now(UTC) + stage.ahead):
        await asyncio.to_thread(run_state_machine_as_test, machine, settings=played)
