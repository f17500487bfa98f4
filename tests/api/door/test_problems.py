"""Whatever goes wrong leaves as one kind of document, and a 500 says nothing of the inside."""

import logging
from typing import Any

import asyncpg
import pytest
from asyncpg import exceptions as pg
from litestar.exceptions import (
    ClientException,
    ImproperlyConfiguredException,
    InternalServerException,
    NotAuthorizedException,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.problems import CONSTRAINTS, Meaning, answer
from api.problems.table import REFUSALS
from domain import errors
from domain.errors import DomainError, FieldError
from tests.api.door.doors import calling, door, failing

PLACE = FieldError("Say more.", "too_short", pointer="#/name")

REFUSED: list[tuple[Exception, int, str, dict[str, str]]] = [
    (errors.Malformed(), 400, "malformed", {}),
    (errors.Unauthenticated(), 401, "unauthenticated", {"www-authenticate": "Bearer"}),
    (errors.Forbidden("Only the owner may."), 403, "forbidden", {}),
    (errors.NotFound(), 404, "not_found", {}),
    (errors.Conflict("Taken.", code="name_taken"), 409, "name_taken", {}),
    (errors.Stale(7), 412, "stale", {"etag": '"7"'}),
    (errors.Invalid("No.", code="cycle", errors=[PLACE]), 422, "cycle", {}),
    (errors.PreconditionMissing(), 428, "precondition_required", {}),
    (errors.Throttled(30), 429, "throttled", {"retry-after": "30"}),
    (errors.Throttled(0), 429, "throttled", {"retry-after": "1"}),
    (errors.Unavailable(2), 503, "unavailable", {"retry-after": "2"}),
    (NotAuthorizedException(), 401, "unauthenticated", {"www-authenticate": "Bearer"}),
    (ClientException("secret cellar"), 400, "malformed", {}),
    (InternalServerException("client disconnected prematurely"), 400, "malformed", {}),
]


def from_server(kind: type[asyncpg.PostgresError], constraint: str | None = None) -> Any:
    """asyncpg's error as the server's answer makes it."""
    fields = {"C": kind.sqlstate, "M": "secret cellar", "n": constraint}
    return asyncpg.PostgresError.new({k: v for k, v in fields.items() if v})


def through_sqlalchemy(cause: Exception) -> DBAPIError:
    """The same error in SQLAlchemy's two wrappings."""
    middle = Exception(str(cause))
    middle.__cause__ = cause
    return DBAPIError("INSERT ... secret cellar", {"password": "secret cellar"}, middle)


STORED: list[tuple[Exception, int, str]] = [
    (from_server(pg.UniqueViolationError, "door_name_once"), 409, "name_taken"),
    (from_server(pg.ForeignKeyViolationError, "unheard_of"), 409, "conflict"),
    (from_server(pg.CheckViolationError, "unheard_of"), 409, "conflict"),
    (from_server(pg.ExclusionViolationError), 409, "conflict"),
    (from_server(pg.NumericValueOutOfRangeError), 400, "unstorable_value"),
    (from_server(pg.CharacterNotInRepertoireError), 400, "unstorable_value"),
    (from_server(pg.InvalidTextRepresentationError), 400, "unstorable_value"),
    (pg._base.DataError("invalid input for query argument $1"), 400, "unstorable_value"),
    (from_server(pg.LockNotAvailableError), 503, "unavailable"),
    (from_server(pg.DeadlockDetectedError), 503, "unavailable"),
    (from_server(pg.SerializationError), 503, "unavailable"),
    (from_server(pg.QueryCanceledError), 503, "unavailable"),
    (from_server(pg.TooManyConnectionsError), 503, "unavailable"),
    (from_server(pg.AdminShutdownError), 503, "unavailable"),
    (from_server(pg.CannotConnectNowError), 503, "unavailable"),
    (from_server(pg.ConnectionDoesNotExistError), 503, "unavailable"),
    (asyncpg.InterfaceError("connection is closed"), 503, "unavailable"),
    (asyncpg.InternalClientError("cannot switch to state 12; another (2)"), 503, "unavailable"),
    (PoolTimeout("QueuePool limit"), 503, "unavailable"),
    (ConnectionRefusedError(111, "secret cellar"), 503, "unavailable"),
]

UNFORESEEN: list[Exception] = [
    RuntimeError("secret cellar"),
    ImproperlyConfiguredException("secret cellar"),
    RecursionError("secret cellar"),
    DomainError("secret cellar"),
    from_server(pg.NotNullViolationError),
    from_server(pg.UndefinedTableError),
    from_server(pg.InsufficientPrivilegeError),
    asyncpg.InterfaceError("another operation is in progress"),
    asyncpg.InternalClientError("secret cellar"),
    IntegrityError("secret cellar", {}, Exception("secret cellar")),
]


@pytest.mark.parametrize(("error", "status", "code", "headers"), REFUSED)
async def test_a_refusal_says_what_to_do(
    error: Exception, status: int, code: str, headers: dict[str, str]
) -> None:
    async with calling(door(failing(error))) as http:
        reply = await http.get("/fails")
    body = reply.json()
    assert reply.status_code == body["status"] == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert (body["code"], body["type"]) == (code, f"/problems/{code}")
    assert headers.items() <= dict(reply.headers).items()
    assert body["instance"] == "/fails"
    assert body["title"]
    assert body["detail"]
    assert set(body) == {
        "type", "title", "status", "detail", "instance", "code", "request_id", "errors",
    }  # fmt: skip
    assert "cellar" not in reply.text


async def test_places_are_told() -> None:
    async with calling(door(failing(errors.Invalid(errors=[PLACE])))) as http:
        body = (await http.get("/fails")).json()
    place = {"detail": "Say more.", "code": "too_short", "pointer": "#/name", "parameter": None}
    assert body["errors"] == [place]


@pytest.mark.parametrize("wrapped", [False, True], ids=["asyncpg", "sqlalchemy"])
@pytest.mark.parametrize(("error", "status", "code"), STORED, ids=lambda v: type(v).__name__)
def test_what_the_database_refuses_is_said_in_our_words(
    error: Exception, status: int, code: str, wrapped: bool, monkeypatch: Any
) -> None:
    monkeypatch.setitem(CONSTRAINTS, "door_name_once", Meaning("name_taken", "Take another."))
    asyncpgs = isinstance(error, asyncpg.PostgresError | asyncpg.InterfaceError)
    said = answer(through_sqlalchemy(error) if wrapped and asyncpgs else error)
    assert (said.status, said.code) == (status, code)
    assert ("Retry-After" in said.headers) is (status == 503)
    assert "cellar" not in said.detail


def test_a_constraint_names_its_field(monkeypatch: Any) -> None:
    meaning = Meaning("name_taken", "Take another.", "#/name")
    monkeypatch.setitem(CONSTRAINTS, "door_name_once", meaning)
    said = answer(from_server(pg.UniqueViolationError, "door_name_once"))
    assert [(e.code, e.pointer) for e in said.errors] == [("name_taken", "#/name")]


@pytest.mark.parametrize("error", UNFORESEEN, ids=lambda e: type(e).__name__)
async def test_the_unforeseen_is_logged_and_says_nothing(error: Exception, caplog: Any) -> None:
    async with calling(door(failing(error))) as http:
        reply = await http.get("/fails")
    assert (reply.status_code, reply.json()["code"]) == (500, "unexpected")
    assert "cellar" not in reply.text
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert record.exc_info[1] is error


async def test_the_routers_own_refusals_are_problems_too() -> None:
    async with calling(door()) as http:
        for method, address, status in (("GET", "/no", 404), ("PUT", "/things", 405)):
            reply = await http.request(method, address + "?token=cellar")
            assert (reply.status_code, reply.json()["status"]) == (status, status)
            assert reply.headers["content-type"] == "application/problem+json"
            assert "cellar" not in reply.text


def test_every_domain_error_has_its_status() -> None:
    kinds = set(DomainError.__subclasses__()) & {
        value for value in vars(errors).values() if isinstance(value, type)
    }
    assert kinds == set(REFUSALS)
    assert len({status for status, _ in REFUSALS.values()}) == len(REFUSALS)
