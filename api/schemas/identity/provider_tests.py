"""What a provider says of itself, on the wire."""

from typing import ClassVar

from api.auth.jwks import Jwk
from api.auth.metadata import Metadata
from api.schemas.base import Count, Reply
from api.schemas.identity.provider_fields import ISSUER


class IdentityProviderTest(Reply):
    """What a provider says of itself now. `problem` says what is wrong, null when nothing is.

    Whether the client and its secret are right shows when somebody signs in.
    """

    example: ClassVar = {
        "works": True,
        "problem": None,
        "authorization_endpoint": f"{ISSUER}/auth",
        "token_endpoint": f"{ISSUER}/token",
        "userinfo_endpoint": f"{ISSUER}/userinfo",
        "signing_algorithms": ["RS256"],
        "keys": 2,
    }

    works: bool
    problem: str | None
    authorization_endpoint: str | None
    token_endpoint: str | None
    userinfo_endpoint: str | None
    signing_algorithms: list[str]
    keys: Count


def test_report(
    metadata: Metadata | None, keys: list[Jwk], problem: str | None
) -> IdentityProviderTest:
    """What was found, as far as one came."""
    return IdentityProviderTest(
        works=problem is None,
        problem=problem,
        authorization_endpoint=metadata.authorization_endpoint if metadata else None,
        token_endpoint=metadata.token_endpoint if metadata else None,
        userinfo_endpoint=metadata.userinfo_endpoint if metadata else None,
        signing_algorithms=metadata.id_token_signing_alg_values_supported if metadata else [],
        keys=len(keys),
    )
