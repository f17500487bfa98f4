"""Refresh tokens: one successor each, the same one again when it was lost, none forged."""

from collections.abc import Callable
from uuid import UUID

import pytest
from litestar import Litestar

from api.auth.refresh import RefreshTokens
from api.settings import Settings
from domain.ids import new_id
from domain.models.identity.accounts import Session
from domain.models.identity.tokens import AccessToken
from tests.api.identity.people import Door, Person, together


async def refreshed(door: Door, token: str) -> str:
    reply = await door.refresh(token)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["refresh_token"])


async def ended_because(app: Litestar, person: Person) -> str | None:
    async with app.state.database.transaction() as tx:
        session = await tx.entity(Session, UUID(person.told["session"]["id"]))
        assert session is not None
        assert (session.ended_at is None) == (session.end_reason is None)
        return session.end_reason


async def test_a_refreshed_session_goes_on_with_new_tokens(ada: Person) -> None:
    reply = await ada.door.refresh(ada.told["refresh_token"])
    told = reply.json()
    assert told["refresh_token"] != ada.told["refresh_token"]
    assert told["session"]["id"] == ada.told["session"]["id"]
    assert told["session"]["used_at"] >= ada.told["session"]["used_at"]
    ada.told = told
    assert await ada.is_in()


async def test_a_lost_reply_is_had_again(ada: Person) -> None:
    first = ada.told["refresh_token"]
    second = await refreshed(ada.door, first)
    assert await refreshed(ada.door, first) == second
    third = await refreshed(ada.door, second)
    assert await refreshed(ada.door, second) == third


async def test_behind_an_access_token_stands_no_session_to_refresh(
    app: Litestar, settings: Settings, ada: Person
) -> None:
    wish = {"name": "Robot", "scopes": ["read"]}
    made = (await ada.call("POST", "/v1/access-tokens", wish)).json()
    organization_id = UUID(made["token"].split("_")[2])
    async with app.state.database.transaction(organization_id) as tx:
        token = await tx.entity(AccessToken, (organization_id, UUID(made["id"])))
        assert token is not None
        session = await tx.entity(Session, token.session_id)
        assert session is not None
    named = organization_id, session.id, 0, session.seed
    forged = RefreshTokens([settings.secret]).make(*named)
    assert (await ada.door.refresh(forged)).status_code == 401
    revoked = await ada.call("DELETE", f"/v1/sessions/{session.id}")
    assert revoked.status_code == 404
    listed = (await ada.call("GET", "/v1/sessions")).json()["items"]
    assert [one["id"] for one in listed] == [ada.told["session"]["id"]]


async def test_a_token_that_was_replaced_twice_ends_the_session(app: Litestar, ada: Person) -> None:
    first = ada.told["refresh_token"]
    third = await refreshed(ada.door, await refreshed(ada.door, first))
    reply = await ada.door.refresh(first)
    assert (reply.status_code, reply.json()["code"]) == (401, "refresh_refused")
    assert await ended_because(app, ada) == "reused"
    assert (await ada.door.refresh(third)).status_code == 401
    assert not await ada.is_in()


@pytest.mark.parametrize("round_", range(5))
async def test_many_refreshes_at_once_make_one_generation(ada: Person, round_: int) -> None:
    token = ada.told["refresh_token"]
    for _ in range(round_):
        token = await refreshed(ada.door, token)
    replies = await together(*(ada.door.refresh(token) for _ in range(20)))
    assert {reply.status_code for reply in replies} == {200}
    (successor,) = {reply.json()["refresh_token"] for reply in replies}
    assert successor != token
    for reply in replies[:3]:
        assert await Person(ada.door, "", "", reply.json()).is_in()
    assert await refreshed(ada.door, successor)


def other_digit(token: str, at: int) -> str:
    return token[:at] + ("1" if token[at] != "1" else "2") + token[at + 1 :]


FORGERIES: dict[str, Callable[[str], str]] = {
    "nothing of ours": lambda _: "letmein",
    "mistyped": lambda token: other_digit(token, -10),
    "cut": lambda token: token[:-1],
    "longer": lambda token: token + "0",
    "another kind": lambda token: token.replace("ts_refresh", "ts_reset"),
    "with a space": lambda token: token + " ",
    "in capitals": lambda token: token.upper(),
    "not a number of ours": lambda token: token[:44] + "z" * 70 + token[114:],
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
async def test_what_is_not_a_token_is_refused(
    app: Litestar, ada: Person, forge: Callable[[str], str]
) -> None:
    reply = await ada.door.refresh(forge(ada.told["refresh_token"]))
    assert reply.status_code == 401
    assert reply.headers["www-authenticate"] == "Bearer"
    assert await ended_because(app, ada) is None


async def test_a_forged_token_neither_opens_nor_ends_anything(app: Litestar, ada: Person) -> None:
    session_id, organization_id = UUID(ada.told["session"]["id"]), UUID(ada.organization_id)
    async with app.state.database.transaction() as tx:
        session = await tx.entity(Session, session_id)
        seed = session.seed
    ours: RefreshTokens = app.state.refresh_tokens
    theirs = RefreshTokens(["whoever reads the database does not know this"])
    forged = [
        theirs.make(organization_id, session_id, 0, seed),
        ours.make(organization_id, session_id, 0, bytes(32)),
        ours.make(organization_id, new_id(), 0, seed),
    ]
    replies = [await ada.door.refresh(token) for token in forged]
    assert [reply.status_code for reply in replies] == [401] * 3
    bodies = [reply.json() | {"request_id": ""} for reply in replies]
    assert all(body == bodies[0] for body in bodies)
    assert await ended_because(app, ada) is None
    assert await refreshed(ada.door, ada.told["refresh_token"])


async def test_a_proof_covers_everything_that_a_token_says(app: Litestar, ada: Person) -> None:
    ours: RefreshTokens = app.state.refresh_tokens
    one, another, session = new_id(), new_id(), new_id()
    real = ours.make(one, session, 3, bytes(32))
    opened = ours.open(real)
    assert opened is not None
    assert (opened.session_id, opened.generation) == (session, 3)
    assert opened.fits(bytes(32))
    for other in (
        ours.make(another, session, 3, bytes(32)),
        ours.make(one, another, 3, bytes(32)),
        ours.make(one, session, 4, bytes(32)),
    ):
        assert other[-76:-7][-40:] != real[-76:-7][-40:]


async def test_no_token_serves_for_another_kind(app: Litestar, ada: Person) -> None:
    access, refresh = ada.token, ada.told["refresh_token"]
    reset = app.state.secrets.mint("reset").text
    assert (await ada.door.refresh(access)).status_code == 400  # longer than any of them
    assert (await ada.door.refresh(reset)).status_code == 401
    for token in (refresh, reset):
        ada.told = ada.told | {"access_token": token}
        assert not await ada.is_in()
    for token in (access[:200], refresh):
        body = {"secret": token, "password": "another good one"}
        assert (await ada.door.post("/v1/password-resets/redeem", body)).status_code == 422


async def test_a_secret_that_was_replaced_still_opens_until_it_is_dropped() -> None:
    old, new = "the secret of last year, thirty-two", "the secret of this year, thirty-two"
    ids = new_id(), new_id(), 1, bytes(32)
    token = RefreshTokens([old]).make(*ids)
    both = RefreshTokens([new, old]).open(token)
    only = RefreshTokens([new]).open(token)
    assert both is not None
    assert only is not None
    assert both.fits(bytes(32))
    assert not only.fits(bytes(32))
