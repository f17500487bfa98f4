"""WWW-Authenticate, where only the request tells what it should say."""

from litestar.types import Scope

from api.problems.table import Answer
from domain.errors import Unauthenticated


def challenged(said: Answer, scope: Scope) -> Answer:
    """Say that a token is no good where one was sent (RFC 6750, 3.1): of each the same."""
    sent = any(name.lower() == b"authorization" for name, _ in scope["headers"])
    if said.code != Unauthenticated.code or not sent:
        return said
    headers = {**said.headers, "WWW-Authenticate": 'Bearer error="invalid_token"'}
    return said._replace(headers=headers)
