"""What PostgreSQL refuses, in our words. An invariant that lives in the database speaks here."""

import logging
from typing import NamedTuple

from asyncpg import InterfaceError, PostgresError
from asyncpg.exceptions import _base
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from domain.errors import Conflict, DomainError, FieldError, Malformed, Unavailable

log = logging.getLogger("touchstone.storage")


class Meaning(NamedTuple):
    """What a constraint protects: the code and the sentence of the conflict, and the field."""

    code: str
    detail: str
    pointer: str | None = None


CONSTRAINTS: dict[str, Meaning] = {
    "uq_accounts_email": Meaning(
        "account_exists",
        "An account with this address was made just now: repeat with its password.",
        "#/email",
    ),
    "uq_departments_name": Meaning(
        "department_exists", "There is a department of this name already.", "#/name"
    ),
    "uq_invitations_pending_email": Meaning(
        "invitation_pending",
        "There is an open invitation for this address: send it again.",
        "#/email",
    ),
    "uq_members_organization_id_account_id": Meaning(
        "already_member", "This person is a member of the organization already."
    ),
    "pk_memberships": Meaning(
        "already_member", "This person is a member of the organization already."
    ),
    "uq_channels_organization_id_key": Meaning(
        "channel_exists", "There is a channel with this key already: choose another.", "#/key"
    ),
    "uq_grants_grantee": Meaning(
        "already_granted", "They hold this role on the journey already: nothing is left to grant."
    ),
    "uq_identity_providers_issuer": Meaning(
        "provider_exists",
        "There is an identity provider with this issuer and client already: change that one.",
        "#/issuer",
    ),
    "uq_import_keys_journey": Meaning(
        "import_key_taken", "This key is taken: give the document another one.", "#/journey/key"
    ),
    "uq_playbooks_draft": Meaning(
        "playbook_drafted",
        "A draft is to replace this playbook already: its author can change it, others approve it.",
    ),
    "uq_metrics_name": Meaning(
        "metric_exists", "There is a metric of this name already: choose another.", "#/name"
    ),
    "uq_moments_touchpoint": Meaning(
        "moment_exists", "This touchpoint is a moment already: change or retire that one."
    ),
    "uq_responsibilities_accountable": Meaning(
        "accountable_taken",
        "Somebody is to be accountable for this moment already: end that or hand it over first.",
        "#/role",
    ),
    "uq_responsibilities_assignee": Meaning(
        "already_assigned",
        "They have this role for the moment already: nothing is left to assign.",
    ),
}
"""Constraint name -> meaning. One that is missing still makes a 409, and a line in the log."""

_INTEGRITY = {"23001", "23503", "23505", "23514", "23P01"}

# SQLSTATE, or its class, of what goes better another time: seconds to wait before it.
_AGAIN = {"40": 1, "55P03": 1, "57014": 2, "53": 2, "57P": 2, "08": 2, "58": 5}


def translate(error: Exception) -> DomainError | None:
    """The refusal that a failure of the database stands for; None when it is not one."""
    # No file: the socket of a database on this machine that is being started anew.
    if isinstance(error, PoolTimeout | ConnectionError | FileNotFoundError):
        return Unavailable(2)
    cause = _driver_error(error)
    if isinstance(cause, PostgresError):
        return _translate_state(cause)
    if isinstance(cause, _base.DataError):
        return _unstorable()
    return Unavailable(2) if _cut_off(cause) else None


def _cut_off(error: BaseException | None) -> bool:
    """Whether the driver could not go on with its connection.

    A server that shuts down says so to connections nobody is asking on. The driver then waits for
    the end of a message that never comes, and whoever asks next is told of its own states.
    """
    if isinstance(error, _base.InternalClientError):
        return "cannot switch to state" in str(error)
    return isinstance(error, InterfaceError) and "closed" in str(error)


def _driver_error(error: Exception) -> BaseException | None:
    """asyncpg's own error, out of SQLAlchemy's two wrappings."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig.__cause__ or error.orig
    return error


def _translate_state(error: PostgresError) -> DomainError | None:
    state = str(error.sqlstate or "")
    if state in _INTEGRITY:
        return _conflict(error)
    if state.startswith("22"):
        return _unstorable()
    seconds = next((_AGAIN[key] for key in (state, state[:3], state[:2]) if key in _AGAIN), None)
    return None if seconds is None else Unavailable(seconds)


def _unstorable() -> Malformed:
    return Malformed(
        "A value is outside of what can be stored: numbers have 64 bits, text has no NUL.",
        code="unstorable_value",
    )


def _conflict(error: PostgresError) -> Conflict:
    name = str(error.constraint_name or "")
    meaning = CONSTRAINTS.get(name)
    if meaning is None:
        log.warning("no meaning is written down for constraint %s", name)
        return Conflict()
    places = [FieldError(meaning.detail, meaning.code, pointer=meaning.pointer)]
    return Conflict(meaning.detail, code=meaning.code, errors=places if meaning.pointer else ())
