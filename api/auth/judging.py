"""Whether what a provider says of itself could be used to sign somebody in, as things are now."""

import asyncio

from api.auth.jwks import ALGORITHMS, Jwk, usable
from api.auth.kept import Unavailable
from api.auth.metadata import Metadata
from api.outbound import Outbound, Refused, Unreachable

CALLED = ("token_endpoint", "jwks_uri", "userinfo_endpoint")
"""Where we go ourselves; to the authorization endpoint goes a browser."""
SECONDS = 5.0


async def judge_endpoints(outbound: Outbound, metadata: Metadata) -> None:
    """Unavailable, naming the field, for an address that would not be called."""
    for name in CALLED:
        address = getattr(metadata, name)
        if address is not None:
            await _judge(outbound, name, address)


async def _judge(outbound: Outbound, name: str, address: str) -> None:
    try:
        async with asyncio.timeout(SECONDS):
            await outbound.check(address)
    except (Refused, Unreachable) as fault:
        raise Unavailable(f"Its {name} is of no use: {fault}") from None
    except TimeoutError:
        raise Unavailable(f"Its {name} is of no use: its name could not be looked up.") from None


def judge_algorithms(metadata: Metadata) -> list[str]:
    """The algorithms that a token may be signed with; Unavailable when none is good here.

    A provider that names none may use any of ours.
    """
    named = metadata.id_token_signing_alg_values_supported
    good = [alg for alg in ALGORITHMS if not named or alg in named]
    if not good:
        told = ", ".join(one[:20] for one in named[:10])
        ours = ", ".join(ALGORITHMS)
        raise Unavailable(f"It signs ID tokens with {told} only; good are {ours}.")
    return good


def judge_keys(algorithms: list[str], keys: list[Jwk]) -> None:
    """Unavailable when no key goes with an algorithm that a token may be signed with."""
    if not any(usable(key, alg) for key in keys for alg in algorithms):
        raise Unavailable("Its key set holds no key for an algorithm that it signs with.")
