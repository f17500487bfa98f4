"""Changing a password, and getting a new one by mail."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from sqlalchemy import select, update

from api.auth.passwords import Passwords
from domain import clock
from domain.ids import new_id
from domain.models.identity.accounts import Account, PasswordReset
from domain.models.records.idempotency import IdempotencyKey
from tests.api.identity.letterbox import Letterbox
from tests.api.identity.people import PASSWORD, Door, Person, together
from tests.world import World

NEW = "another good one"
CODE = re.compile(r"ts_reset_0{32}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}")


async def change(person: Person, old: str, new: str, **headers: str) -> int:
    body = {"current_password": old, "new_password": new}
    return (await person.call("POST", "/v1/me/password", body, **headers)).status_code


async def code_for(letterbox: Letterbox, person: Person) -> str:
    """Ask for a new password and read the letter."""
    reply = await person.door.post("/v1/password-resets", {"email": person.email})
    assert reply.status_code == 202
    assert reply.content == b""
    letter = await letterbox.next()
    assert letter["To"] == person.email
    found = CODE.search(letter.get_content())
    assert found is not None
    return found[0]


async def redeem(door: Door, code: str, password: str = NEW) -> int:
    body = {"secret": code, "password": password}
    return (await door.post("/v1/password-resets/redeem", body)).status_code


async def robot_of(person: Person) -> Person:
    """The same person with an access token of theirs."""
    wish = {"name": "Robot", "scopes": ["account"]}
    made = await person.call("POST", "/v1/access-tokens", wish)
    assert made.status_code == 201, made.text
    return replace(person, told=person.told | {"access_token": made.json()["token"]})


async def stored_hash(app: Litestar, person: Person) -> str:
    async with app.state.database.transaction() as tx:
        session = await tx.session()
        query = select(Account.password_hash).where(Account.email == person.email)
        return str(await session.scalar(query))


async def test_a_changed_password_ends_every_other_session(ada: Person) -> None:
    phone, robot = await ada.again(), await robot_of(ada)
    assert await change(ada, PASSWORD, NEW) == 204
    assert await ada.is_in()
    assert await robot.is_in()  # no password made its token
    assert not await phone.is_in()
    assert (await ada.door.refresh(phone.told["refresh_token"])).status_code == 401
    assert (await ada.door.refresh(ada.told["refresh_token"])).status_code == 200
    assert (await ada.door.sign_in(ada.email)).status_code == 401
    assert (await ada.door.sign_in(ada.email, NEW)).status_code == 201


async def test_whoever_has_no_address_has_no_password(world: World) -> None:
    org = await world.organization()
    ann = await org.member()
    async with world.database.transaction() as tx:
        account = await tx.entity(Account, ann.principal.account_id)
        assert account is not None
        account.email = None
    assert (await ann.read("/v1/me"))["email"] is None
    wish = {"current_password": PASSWORD, "new_password": NEW}
    reply = await ann.post("/v1/me/password", wish)
    assert reply.status_code == 422
    assert [one["code"] for one in reply.json()["errors"]] == ["no_password"]


async def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(ada: Person) -> None:
    body = {"current_password": "not this one", "new_password": NEW}
    reply = await ada.call("POST", "/v1/me/password", body)
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["code"] == "wrong_password"
    assert reply.json()["errors"][0]["pointer"] == "#/current_password"
    body = {"current_password": PASSWORD, "new_password": "12345678"}
    reply = await ada.call("POST", "/v1/me/password", body)
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["pointer"] == "#/new_password"
    assert (await ada.door.sign_in(ada.email)).status_code == 201


async def test_nothing_is_kept_of_what_was_sent_with_a_key(app: Litestar, ada: Person) -> None:
    assert await change(ada, PASSWORD, NEW, Idempotency_Key="k") == 204
    async with app.state.database.transaction(UUID(ada.organization_id)) as tx:
        session = await tx.session()
        kept = await session.scalars(
            select(IdempotencyKey).where(IdempotencyKey.member_id == UUID(ada.member_id))
        )
        assert not list(kept)


async def test_a_code_from_a_letter_sets_a_new_password(
    app: Litestar, letterbox: Letterbox, ada: Person
) -> None:
    robot = await robot_of(ada)
    assert await robot.is_in()
    code = await code_for(letterbox, ada)
    assert await redeem(ada.door, code) == 204
    assert not await ada.is_in()
    assert not await robot.is_in()
    assert (await ada.door.refresh(ada.told["refresh_token"])).status_code == 401
    assert (await ada.door.sign_in(ada.email)).status_code == 401
    assert (await ada.door.sign_in(ada.email, NEW)).status_code == 201
    assert await redeem(ada.door, code, "yet another one") == 422


async def test_nobody_is_told_whether_there_is_such_an_account(
    letterbox: Letterbox, ada: Person
) -> None:
    unknown = f"{new_id()}@example.org"
    replies = [
        await ada.door.post("/v1/password-resets", {"email": email})
        for email in (unknown, ada.email.upper())
    ]
    assert {(reply.status_code, reply.content) for reply in replies} == {(202, b"")}
    assert (await letterbox.next())["To"] == ada.email
    assert letterbox.empty


async def test_a_code_is_good_for_an_hour(letterbox: Letterbox, ada: Person) -> None:
    code = await code_for(letterbox, ada)
    with clock.replaced(lambda: datetime.now(UTC) + timedelta(minutes=61)):
        assert await redeem(ada.door, code) == 422
    assert await redeem(ada.door, code) == 204


async def test_a_bad_password_leaves_the_code_good(letterbox: Letterbox, ada: Person) -> None:
    code = await code_for(letterbox, ada)
    assert await redeem(ada.door, code, "short") == 400
    assert await redeem(ada.door, code, ada.email) == 422
    assert await redeem(ada.door, code) == 204


async def test_a_code_works_once_however_often_it_is_sent_at_once(
    letterbox: Letterbox, ada: Person
) -> None:
    code = await code_for(letterbox, ada)
    statuses = await together(*(redeem(ada.door, code, f"{NEW} {n}") for n in range(6)))
    assert sorted(statuses) == [204] + [422] * 5


async def test_a_new_password_voids_the_codes_that_are_out(
    letterbox: Letterbox, ada: Person
) -> None:
    code = await code_for(letterbox, ada)
    assert await change(ada, PASSWORD, NEW) == 204
    assert await redeem(ada.door, code, "yet another one") == 422


async def test_codes_are_not_kept_and_not_guessed(
    app: Litestar, letterbox: Letterbox, ada: Person
) -> None:
    code = await code_for(letterbox, ada)
    async with app.state.database.transaction() as tx:
        session = await tx.session()
        stored = list(await session.scalars(select(PasswordReset.secret_hash)))
    assert not any(code[40:83].encode() in digest for digest in stored)
    wrong = app.state.secrets.mint("reset").text
    for guess in (wrong, code[:-1], code[:-1] + "!", app.state.secrets.mint("invite").text):
        assert await redeem(ada.door, guess) == 422


async def test_a_hash_with_old_parameters_is_renewed_by_signing_in(
    app: Litestar, ada: Person
) -> None:
    old = await Passwords(memory_kib=1024, rounds=1).hash(PASSWORD)
    async with app.state.database.transaction() as tx:
        session = await tx.session()
        await session.execute(
            update(Account).where(Account.email == ada.email).values(password_hash=old)
        )
    replies = await together(*(ada.door.sign_in(ada.email) for _ in range(4)))
    assert {reply.status_code for reply in replies} == {201}
    fresh = await stored_hash(app, ada)
    assert fresh.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert (await ada.door.sign_in(ada.email)).status_code == 201
    assert await stored_hash(app, ada) == fresh


async def test_without_a_mail_server_the_letter_is_in_the_log(
    ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await ada.door.post("/v1/password-resets", {"email": ada.email})
    told = "\n".join(r.getMessage() for r in caplog.records if r.name == "touchstone.mail")
    assert ada.email in told
    assert CODE.search(told)


async def test_a_mail_server_that_is_away_troubles_nobody(
    letterbox: Letterbox, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await letterbox.close()
    reply = await ada.door.post("/v1/password-resets", {"email": ada.email})
    assert reply.status_code == 202
    assert "could not be sent" in caplog.text
    assert not CODE.search(caplog.text)
