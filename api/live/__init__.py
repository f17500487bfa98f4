"""The live feed: what makes open streams say what has happened."""

from api.live.live import Live, listening
from api.live.stream import EventStream

__all__ = ["EventStream", "Live", "listening"]
