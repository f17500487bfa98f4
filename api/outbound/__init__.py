"""The one way to the outside over HTTP, which never ends at a private address."""

from api.outbound.addresses import Networks, Refused
from api.outbound.client import SECONDS, Answer, Busy, Outbound, Unreachable
from api.outbound.names import Names

__all__ = ("SECONDS", "Answer", "Busy", "Names", "Networks", "Outbound", "Refused", "Unreachable")
