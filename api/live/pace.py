"""How often the feed looks, and how long it waits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """In seconds, but for the last four."""

    poll: float = 0.25
    """Between two looks at the heads, when nobody gives a hint."""
    breath: float = 0.02
    """Between two looks, however many hints there are."""
    rights: float = 2.0
    """Between two questions whether the readers still may, and who is there."""
    presence: float = 10.0
    """Between two words that a stream is still open; after three times this it counts as gone."""
    heartbeat: float = 15.0
    """Of silence, before a stream says that it is alive."""
    patience: float = 30.0
    """With a reader who does not take what is sent."""
    per_member: int = 20
    """Open streams of one member in this process."""
    in_all: int = 1000
    """Open streams in this process."""
    events: int = 256
    """That wait for one reader; the rest stays in the database until there is room."""
    volume: int = 1024 * 1024
    """In bytes, of what waits for one reader."""
