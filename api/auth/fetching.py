"""Reading JSON of an identity provider: no redirects, five seconds, a quarter of a mebibyte."""

from typing import TypeVar

import msgspec

from api.auth.kept import Unavailable
from api.outbound import Outbound, Refused, Unreachable

SECONDS = 5.0
LIMIT = 262_144

S = TypeVar("S")


async def fetched(outbound: Outbound, address: str, kind: type[S], **headers: str) -> S:
    """The JSON at an address; Unavailable when it is not there, too large, or something else."""
    given = {"Accept": "application/json", **headers}
    try:
        answer = await outbound.send("GET", address, headers=given, seconds=SECONDS, limit=LIMIT)
    except (Refused, Unreachable) as fault:
        raise Unavailable(f"{address}: {fault}") from None
    if answer.status != 200:
        raise Unavailable(f"{address} answered {answer.status}.")
    if not answer.complete:
        raise Unavailable(f"{address} answered with more than {LIMIT} bytes.")
    return decoded(answer.body, kind, address)


def decoded(body: bytes, kind: type[S], address: str) -> S:
    """What an answer says; Unavailable when it says something else."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise Unavailable(f"{address} answered something else: {fault}") from None
