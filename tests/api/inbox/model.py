"""Who should have been told what, worked out from the talk itself and from nothing of the notifier.

It knows the rules as a reader of the documentation does: in plain conditions, one event at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

OWNER = 0
GROUPS = ("decision_maker", "frontline_staff", "support_staff", "frontline_staff")
EVERYBODY = range(len(GROUPS))


@dataclass
class Talk:
    """A thread, as everybody who took part has left it."""

    author: int
    visibility: str
    withdrawn: bool = False
    assignee: int | None = None
    supporters: set[int] = field(default_factory=set)
    repliers: set[int] = field(default_factory=set)

    def seen_by(self, who: int) -> bool:
        own = self.visibility == "my_group" and GROUPS[who] == GROUPS[self.author]
        return who == self.author or self.visibility == "everyone" or own


@dataclass
class Event:
    """Something that was acknowledged, with those who took part when it happened."""

    kind: str
    thread: int
    doer: int
    mentioned: frozenset[int] = frozenset()
    author: int = 0
    assignee: int | None = None
    supporters: frozenset[int] = frozenset()
    repliers: frozenset[int] = frozenset()


@dataclass
class Model:
    """What was said, what waits to be told, and what everybody's inbox should be."""

    threads: list[Talk] = field(default_factory=list)
    waiting: list[Event] = field(default_factory=list)
    levels: dict[tuple[int, int | None], str] = field(default_factory=dict)
    unread: dict[tuple[int, int, str], int] = field(default_factory=dict)
    read: set[tuple[int, int, str]] = field(default_factory=set)

    def happened(
        self, kind: str, thread: int, doer: int, mentioned: frozenset[int] = frozenset()
    ) -> None:
        """Take note of an event, before those in it have become part of the thread."""
        talk = self.threads[thread]
        self.waiting.append(
            Event(
                kind,
                thread,
                doer,
                mentioned,
                talk.author,
                talk.assignee,
                frozenset(talk.supporters),
                frozenset(talk.repliers),
            )
        )

    def tell(self) -> None:
        """What the notifier should do now."""
        for event in self.waiting:
            if self.threads[event.thread].withdrawn:
                continue
            for who in EVERYBODY:
                reason = next(self._reasons(event, who), None)
                if reason is not None and who != event.doer:
                    self._line((who, event.thread, reason))
        self.waiting.clear()

    def _line(self, key: tuple[int, int, str]) -> None:
        self.read.discard(key)
        self.unread[key] = self.unread.get(key, 0) + 1

    def _reasons(self, event: Event, who: int) -> Iterator[str]:
        """Why somebody should hear of an event, the reason that counts most first."""
        if not self.threads[event.thread].seen_by(who):
            return
        if who in event.mentioned:
            yield "mention"
        if event.kind == "assigned" and who == event.assignee:
            yield "assigned"
        level = self.levels.get((who, event.thread)) or self.levels.get((who, None))
        if level != "none":
            yield from _concerned(event, who)
        if level == "all" or (not level and who == OWNER and event.kind == "written"):
            yield "watching"

    def read_all(self, who: int) -> None:
        """Somebody reads everything they were told."""
        for key in [key for key in self.unread if key[0] == who]:
            self.read.add(key)
            del self.unread[key]


def _concerned(event: Event, who: int) -> Iterator[str]:
    people = {event.author, event.assignee} | event.supporters
    if event.kind == "replied" and who in people | event.repliers:
        yield "reply"
    if event.kind in {"resolved", "reopened"} and who in people:
        yield "resolved"
