"""Where a request comes from, for limits on guessing."""

from typing import Any

from litestar.connection import ASGIConnection

from api.middleware.rate_limit import network


def client_network(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The network at the other end of the connection; what headers claim is not believed."""
    client = connection.client
    return network(client.host if client else "")
