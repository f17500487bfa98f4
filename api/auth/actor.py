"""The actor of a request: the principal, as the database knows them now."""

import time
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from api.auth.tokens import Principal
from api.middleware.idempotency import settle, wanted
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import Unauthenticated
from domain.policy import knock
from domain.queries.identity.actors import acting, acting_with_key
from domain.services.records.idempotency import Claim

By = NamedDependency[SkipValidation[Actor]]
Db = NamedDependency[SkipValidation[Transaction]]

FRESH_SECONDS = 2.0
MOST = 4096


class KnownActors:
    """Actors of the last seconds, for reads on the fast lane; writes always ask the database."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, UUID], tuple[float, Actor]] = {}
        self.forgotten = 0

    def get(self, principal: Principal) -> Actor | None:
        """The actor behind a principal, if it was read a moment ago."""
        until, actor = self._known.get((principal.session_id, principal.member_id), (0.0, None))
        return actor if time.monotonic() < until else None

    def put(self, actor: Actor, since: int) -> None:
        """Remember an actor, unless something changed since the reading began."""
        if since != self.forgotten:
            return
        if len(self._known) >= MOST:
            self._known.clear()
        until = time.monotonic() + FRESH_SECONDS
        self._known[(actor.session_id, actor.member_id)] = (until, actor)

    def forget(self) -> None:
        """Something about members or sessions changed in this process."""
        self.forgotten += 1
        self._known.clear()


async def provide_actor(request: Request[Any, Principal, Any], tx: Db) -> Actor:
    """Who acts; refused here already when their group alone rules it out and no object is named.

    A POST claims its Idempotency-Key in the same round trip.
    """
    options = request.route_handler.opt
    known: KnownActors = request.app.state.actors
    claimed = await wanted(request)
    actor = known.get(request.auth) if options.get("hot") and claimed is None else None
    found: Row | None = None
    if actor is None:
        since = known.forgotten
        actor, found = await _read(tx, request.auth, claimed)
        known.put(actor, since)
    if not request.path_params and options.get("knock", True):
        knock(actor, options["may"])
    if claimed is not None and found is not None:
        settle(request, claimed, found)
    return actor


async def claim_again(request: Request[Any, Principal, Any], tx: Db) -> None:
    """Claim the Idempotency-Key anew after a pause, if there is one.

    A pause lets go of the claim: whoever did the same in the meantime has their reply repeated.
    """
    claimed: Claim | None = request.scope.get("idempotency")  # type: ignore[assignment]
    if claimed is not None:
        _, found = await _read(tx, request.auth, claimed)
        assert found is not None, "a key was asked for"
        settle(request, claimed, found)


async def _read(
    tx: Transaction, principal: Principal, claimed: Claim | None
) -> tuple[Actor, Row | None]:
    found: tuple[Actor, Row | None] | None
    if claimed is None:
        who = principal.organization_id, principal.member_id, principal.session_id
        actor = await acting(tx, *who)
        found = None if actor is None else (actor, None)
    else:
        found = await acting_with_key(tx, principal.session_id, claimed.sought)
    if found is None or found[0].account_id != principal.account_id:
        raise Unauthenticated
    return found
