"""Guessing is counted in the database, before anything is hashed, for everybody alike."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar
from sqlalchemy import select

from domain import clock
from domain.database import Transaction, hot
from domain.errors import Throttled
from domain.ids import new_id
from domain.models.identity.accounts import Throttle
from domain.services.steps.throttling import PER_ADDRESS, Limit, reserve
from tests.api.identity.people import PASSWORD, Door, Person, together, watching

LIMIT = Limit("test", 3, timedelta(minutes=5))
START = datetime(2026, 3, 1, tzinfo=UTC)


@contextmanager
def at(seconds: float) -> Iterator[None]:
    with clock.replaced(lambda: START + timedelta(seconds=seconds)):
        yield


async def tried(app: Litestar, subject: str, seconds: float) -> int:
    """Try once at that time; 0, or how long to wait."""
    try:
        with at(seconds):
            async with app.state.database.transaction() as tx:
                await reserve(tx, (LIMIT, subject))
    except Throttled as refusal:
        return refusal.retry_after
    return 0


async def test_the_limit_holds_in_every_stretch_of_the_window(app: Litestar) -> None:
    subject = str(new_id())
    waits = [await tried(app, subject, s) for s in (0, 290, 299, 299.5, 300.5, 301, 590, 590.5)]
    assert waits == [0, 0, 0, 1, 0, 289, 0, 10 - 1]
    assert await tried(app, str(new_id()), 299.5) == 0


async def test_what_was_tried_long_ago_is_forgotten(app: Litestar) -> None:
    with clock.replaced(lambda: datetime(2001, 1, 1, tzinfo=UTC)):
        async with app.state.database.transaction() as tx:
            await reserve(tx, (LIMIT, str(new_id())))
    assert await tried(app, str(new_id()), 0) == 0
    async with app.state.database.transaction() as tx:
        session = await tx.session()
        oldest = await session.scalar(select(Throttle.tried_at).order_by(Throttle.tried_at))
    assert oldest.year > 2001


async def test_the_eleventh_guess_is_refused_for_those_who_exist_and_for_those_who_do_not(
    ada: Person,
) -> None:
    told = []
    for email in (ada.email, f"{new_id()}@example.org"):
        first = 0 if email != ada.email else 1  # signing up counted as well
        statuses = [
            (await ada.door.sign_in(email, "another good one")).status_code
            for _ in range(10 - first)
        ]
        assert set(statuses) == {401}
        reply = await ada.door.sign_in(email, PASSWORD)
        assert reply.status_code == 429
        assert 200 <= int(reply.headers["retry-after"]) <= 300
        told.append(reply.json() | {"request_id": ""})
    assert told[0] == told[1]


async def test_a_success_gives_no_new_tries(ada: Person) -> None:
    for _ in range(4):
        assert (await ada.door.sign_in(ada.email, "another good one")).status_code == 401
        assert (await ada.door.sign_in(ada.email)).status_code == 201
    assert (await ada.door.sign_in(ada.email)).status_code == 201
    assert (await ada.door.sign_in(ada.email)).status_code == 429


async def test_of_many_guesses_at_once_ten_are_looked_at(app: Litestar, door: Door) -> None:
    email, many = f"{new_id()}@example.org", asyncio.Semaphore(40)

    async def guess(number: int) -> int:
        async with many:
            return (await door.sign_in(email, f"guess number {number}")).status_code

    before = app.state.passwords.checked
    statuses = await together(*(guess(number) for number in range(400)))
    looked_at = app.state.passwords.checked - before
    assert 1 <= looked_at <= 10
    assert statuses.count(401) <= looked_at
    assert set(statuses) <= {401, 429, 503}


async def test_all_ways_to_try_a_password_count_together(ada: Person) -> None:
    body = {"organization_name": "O", "name": "A", "email": ada.email, "password": "another one"}
    change = {"current_password": "another good one", "new_password": "yet another one"}
    for _ in range(3):
        assert (await ada.door.post("/v1/organizations", body)).status_code == 401
        assert (await ada.door.sign_in(ada.email, "another good one")).status_code == 401
        assert (await ada.call("POST", "/v1/me/password", change)).status_code == 422
    assert (await ada.door.sign_in(ada.email)).status_code == 429
    assert (await ada.call("POST", "/v1/me/password", change)).status_code == 429
    assert (await ada.door.post("/v1/organizations", body)).status_code == 429


async def test_an_address_has_its_limit_whatever_it_claims_to_be(
    app: Litestar, door: Door, ada: Person
) -> None:
    address = door.address
    async with app.state.database.transaction() as tx:
        await used_up(tx, address)
    for n in range(3):
        claim = {"x-forwarded-for": f"192.0.2.{n}", "forwarded": f"for=192.0.2.{n}"}
        body = {"email": f"{new_id()}@example.org", "password": PASSWORD}
        reply = await door.post("/v1/sessions", body, **claim)
        assert reply.status_code == 429


async def used_up(tx: Transaction, address: str) -> None:
    for _ in range(PER_ADDRESS.most):
        try:
            await reserve(tx, (PER_ADDRESS, address))
        except Throttled:
            return


async def test_a_password_reset_is_asked_for_five_times_a_day(ada: Person) -> None:
    told = []
    for email in (ada.email, f"{new_id()}@example.org"):
        path, body = "/v1/password-resets", {"email": email}
        replies = [await ada.door.post(path, body) for _ in range(6)]
        assert [reply.status_code for reply in replies] == [202] * 5 + [429]
        assert int(replies[-1].headers["retry-after"]) > 80_000
        told.append(replies[-1].json() | {"request_id": ""})
    assert told[0] == told[1]


async def test_no_address_of_a_person_is_kept(app: Litestar, door: Door) -> None:
    email = f"{new_id()}@example.org"
    await door.sign_in(email)
    async with app.state.database.transaction() as tx:
        rows = await tx.rows(hot(select(Throttle.key)))
    assert rows
    assert not any("@" in row["key"] for row in rows)


@pytest.mark.parametrize("path", ["/v1/sessions", "/v1/organizations", "/v1/me/password"])
async def test_no_connection_is_held_while_a_password_is_hashed(
    app: Litestar, ada: Person, path: str
) -> None:
    bodies = {
        "/v1/sessions": {"email": ada.email, "password": PASSWORD},
        "/v1/organizations": {
            "organization_name": "O", "name": "A", "email": ada.email, "password": PASSWORD,
        },
        "/v1/me/password": {"current_password": PASSWORD, "new_password": "another good one"},
    }  # fmt: skip
    pool = app.state.database.connections
    seen: list[int] = []
    with watching(app, lambda: seen.append(pool.lent)):
        reply = await ada.call("POST", path, bodies[path])
    assert reply.status_code < 300
    assert seen
    assert set(seen) == {0}
