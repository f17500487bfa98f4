"""All who listen in this process, by what they listen to."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from uuid import UUID

from api.live.pace import Pace
from api.live.reader import Reader
from domain.errors import Throttled, Unavailable
from domain.queries.live.readers import Channel

BUSY_SECONDS = 5


class Readers:
    """The open streams; `departed` are the ids of those that have ended, by organization."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.closed = False
        self.departed: defaultdict[UUID, list[UUID]] = defaultdict(list)
        self._channels: defaultdict[Channel, set[Reader]] = defaultdict(set)
        self._of_member: Counter[UUID] = Counter()

    def __len__(self) -> int:
        return self._of_member.total()

    @property
    def channels(self) -> Mapping[Channel, Set[Reader]]:
        """Every stream that somebody here listens to."""
        return self._channels

    def all(self) -> list[Reader]:
        """Everybody."""
        return [reader for readers in self._channels.values() for reader in readers]

    def by_organization(self) -> dict[UUID, list[Reader]]:
        """Everybody, and the organizations that somebody has just left."""
        found: dict[UUID, list[Reader]] = {one: [] for one in self.departed}
        for channel, readers in self._channels.items():
            found.setdefault(channel.organization_id, []).extend(readers)
        return found

    @contextmanager
    def holding(self, reader: Reader) -> Iterator[None]:
        """Count a reader in until the block ends; refused when there are too many already."""
        self._check(reader.listening.member_id)
        self._of_member[reader.listening.member_id] += 1
        self._channels[reader.channel].add(reader)
        reader.wanting()
        try:
            yield
        finally:
            self._leave(reader)

    def _check(self, member_id: UUID) -> None:
        if self.closed:
            raise Unavailable(1, "This process is going: connect again, and reach another.")
        if self._of_member[member_id] >= self.pace.per_member:
            detail = f"You have {self.pace.per_member} streams open already: close one of them."
            raise Throttled(BUSY_SECONDS, detail)
        if len(self) >= self.pace.in_all:
            detail = "As many streams are open as this process takes: try again in a while."
            raise Throttled(BUSY_SECONDS, detail)

    def _leave(self, reader: Reader) -> None:
        reader.hang_up()
        member_id = reader.listening.member_id
        self._of_member[member_id] -= 1
        if not self._of_member[member_id]:
            del self._of_member[member_id]
        self._channels[reader.channel].discard(reader)
        if not self._channels[reader.channel]:
            del self._channels[reader.channel]
        if reader.kept_at > 0:
            self.departed[reader.channel.organization_id].append(reader.id)
