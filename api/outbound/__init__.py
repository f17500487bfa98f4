"""The one way to the outside over HTTP, which never ends at a private address."""

from api.outbound.addresses import Networks, Refused
from api.outbound.client import Answer, Busy, Outbound, Unreachable

__all__ = ("Answer", "Busy", "Networks", "Outbound", "Refused", "Unreachable")
