"""Trying an identity provider, over HTTP."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, post
from litestar.datastructures import State
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.auth.judging import judge_algorithms, judge_endpoints, judge_keys
from api.auth.jwks import Jwk
from api.auth.kept import Unavailable
from api.auth.metadata import Metadata
from api.auth.vault import Unsealable, Vault
from api.schemas.identity.provider_tests import IdentityProviderTest, test_report
from domain.roles import May
from domain.services.identity import providers


class IdentityProviderTestController(Controller):
    """Whether an identity provider is as it should be."""

    tags = ["Identity"]

    @post(
        "/identity-providers/{provider_id:uuid}/test",
        may=May.MANAGE_ORGANIZATION,
        session_only=True,
        status_code=200,
        secret_reply=True,  # asked anew each time: what was true a day ago is no answer
    )
    async def test_identity_provider(
        self, request: Request[Any, Any, State], tx: Db, actor: By, provider_id: FromPath[UUID]
    ) -> IdentityProviderTest:
        """Read the provider's metadata and keys now, and say what is wrong with them.

        It is asked anew, whatever is known of it, and what it says is used from now on. Whoever
        asks again within two seconds gets the same answer.
        """
        provider = await providers.read(tx, actor, provider_id)
        await tx.pause()
        issuer = request.app.state.issuers.of(provider["issuer"])
        metadata: Metadata | None = None
        keys: list[Jwk] = []
        try:
            open_secret(request.app.state.vault, provider["client_secret"])
            metadata = await issuer.metadata.looked_up()
            await judge_endpoints(request.app.state.outbound, metadata)
            algorithms = judge_algorithms(metadata)
            keys = await issuer.keys.looked_up()
            judge_keys(algorithms, keys)
        except Unavailable as fault:
            return test_report(metadata, keys, str(fault))
        return test_report(metadata, keys, None)


def open_secret(vault: Vault, sealed: bytes | None) -> None:
    """Unavailable when nobody can read a client secret any more."""
    try:
        if sealed is not None:
            vault.open(sealed)
    except Unsealable:
        raise Unavailable("Its client secret was sealed with a key that is gone: set it.") from None
