"""Identity providers over HTTP."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.auth.vault import Vault
from api.outbound import Outbound, Refused, Unreachable
from api.replies import created, found, nothing
from api.schemas.identity.providers import (
    IdentityProvider,
    IdentityProviderNew,
    IdentityProviderPage,
    IdentityProviderPatch,
    fields,
    identity_provider,
    identity_provider_page,
)
from api.schemas.pages import Paging
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.queries.identity import providers as queries
from domain.roles import May
from domain.services.identity import providers


class IdentityProviderController(Controller):
    """Who else may say that somebody is a member."""

    tags = ["Identity"]

    @post(
        "/identity-providers",
        may=May.MANAGE_ORGANIZATION,
        session_only=True,  # a provider lets its maker in with a full session
        problems=(409, "bad_redirect_uri", "openid_missing"),
        secret_reply=True,  # what was sent is a secret: not even its digest is kept
    )
    async def create_identity_provider(
        self,
        request: Request[Any, Any, State],
        tx: Db,
        actor: By,
        data: JSONBody[IdentityProviderNew],
    ) -> Response[IdentityProvider]:
        """Let an OpenID provider vouch for members of this organization.

        Test it before you tell anybody: `testIdentityProvider` says what is wrong.
        """
        state = request.app.state
        await check_issuer(tx, state.outbound, data.issuer)
        named = fields(data, sealed(state.vault, data.client_secret))
        made = await providers.create(tx, actor, named)
        return created(identity_provider(made), f"/v1/identity-providers/{made.id}")

    @get("/identity-providers", may=May.MANAGE_ORGANIZATION)
    async def list_identity_providers(
        self, tx: Db, actor: By, page: Paging
    ) -> IdentityProviderPage:
        """List the identity providers, switched off ones too."""
        return identity_provider_page(await queries.list_providers(tx, actor, page))

    @get("/identity-providers/{provider_id:uuid}", may=May.MANAGE_ORGANIZATION)
    async def get_identity_provider(
        self, tx: Db, actor: By, provider_id: FromPath[UUID]
    ) -> Response[IdentityProvider]:
        """One identity provider."""
        return found(identity_provider(await providers.read(tx, actor, provider_id)))

    @patch(
        "/identity-providers/{provider_id:uuid}",
        may=May.MANAGE_ORGANIZATION,
        session_only=True,  # a provider lets its maker in with a full session
        problems=(409, "bad_redirect_uri", "openid_missing"),
        forgets_actors=True,
    )
    async def update_identity_provider(
        self,
        request: Request[Any, Any, State],
        tx: Db,
        actor: By,
        provider_id: FromPath[UUID],
        data: JSONBody[IdentityProviderPatch],
        expected: Expected,
    ) -> Response[IdentityProvider]:
        """Change a provider. Switching it off ends the sessions that it began.

        So does another issuer; whoever was known by the one before must be linked anew.
        """
        state = request.app.state
        await providers.read(tx, actor, provider_id)
        if isinstance(data.issuer, str):
            await check_issuer(tx, state.outbound, data.issuer)
        secret = data.client_secret if isinstance(data.client_secret, str) else None
        named = fields(data, sealed(state.vault, secret))
        changed = await providers.update(tx, actor, provider_id, named, expected)
        return found(identity_provider(changed))

    @delete(
        "/identity-providers/{provider_id:uuid}",
        may=May.MANAGE_ORGANIZATION,
        session_only=True,  # a provider lets its maker in with a full session
        problems=(409,),
        forgets_actors=True,
    )
    async def remove_identity_provider(
        self, tx: Db, actor: By, provider_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Remove a provider. The sessions that it began end, and its word counts no more.

        Members whom nothing else lets in stay members and cannot sign in: switch it off instead,
        if it is to come back.
        """
        await providers.remove(tx, actor, provider_id, expected)
        return nothing()


async def check_issuer(tx: Transaction, outbound: Outbound, issuer: str) -> None:
    """Invalid when nobody is to be asked there; no connection is held while names are looked up."""
    await tx.pause()
    try:
        if "?" in issuer:
            raise Refused("An issuer has no query.")
        await outbound.of(tx.organization_id).check(issuer)
    except (Refused, Unreachable) as fault:
        error = FieldError(str(fault), "bad_issuer", pointer="#/issuer")
        raise Invalid(str(fault), code="bad_issuer", errors=[error]) from None


def sealed(vault: Vault, secret: str | None) -> bytes | None:
    """A secret as it is kept."""
    return None if secret is None else vault.seal(secret.encode())
