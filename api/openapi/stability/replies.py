"""What operations answer, by status."""

from dataclasses import replace

from api.openapi.stability import rules
from api.openapi.stability.bodies import media
from api.openapi.stability.pair import Differences, Json, Pair, Side
from api.openapi.stability.schemas import schemas

NOT_MODIFIED = "304"
"""Only who asks for it with If-None-Match is answered so."""


def replies(pair: Pair) -> Differences:
    """Replies that went, came, or are no longer what they were."""
    before, after = (side.get("responses", {}) for side in (pair.old, pair.new))
    for status in sorted(before.keys() - after.keys()):
        rule = rules.REPLY_REMOVED if good(status) else rules.PROBLEM_REMOVED
        yield pair.differs(rule, f"never answers {status} any more")
    for status in sorted(after.keys() - before.keys()):
        rule = rules.REPLY_ADDED if good(status) else rules.PROBLEM_ADDED
        yield pair.differs(rule, f"may answer {status}")
    received = replace(pair, side=Side.RECEIVED)
    for status in sorted(before.keys() & after.keys()):
        yield from reply(received.inner(before[status], after[status], f" {status}"))


def answers(pair: Pair) -> Differences:
    """What may be answered to a webhook: here the replies are what clients send."""
    before, after = (side.get("responses", {}).keys() for side in (pair.old, pair.new))
    for status in sorted(before - after):
        yield pair.differs(rules.ANSWER_REMOVED, f"does not take {status} for an answer any more")
    for status in sorted(after - before):
        yield pair.differs(rules.TAKES_MORE, f"takes {status} for an answer")


def good(status: str) -> bool:
    """Whether a status is an answer that clients are made for."""
    return status.startswith("2") or status == NOT_MODIFIED


def reply(pair: Pair) -> Differences:
    """One reply, or the shared one that both refer to."""
    found = pair.common()
    if found is None:
        return
    pair = found
    before, after = (side.get("content", {}) for side in (pair.old, pair.new))
    if before and not after:
        yield pair.differs(rules.REPLY_EMPTIED, "has no body any more")
    else:
        yield from media(pair)
    if after and not before:
        yield pair.differs(rules.MEDIA_ADDED, f"has a body: {', '.join(sorted(after))}")
    yield from headers(pair)


def headers(pair: Pair) -> Differences:
    """The headers of a reply."""
    before, after = (_headers(side) for side in (pair.old, pair.new))
    for name in sorted(before.keys() - after.keys()):
        yield pair.differs(rules.HEADER_REMOVED, f"header {name} is gone")
    for name in sorted(after.keys() - before.keys()):
        yield pair.differs(rules.HEADER_ADDED, f"header {name} is new")
    for name in sorted(before.keys() & after.keys()):
        header = pair.inner(before[name], after[name], f" header {name}")
        if found := header.common():
            yield from schemas(
                found.inner(found.old.get("schema", {}), found.new.get("schema", {}))
            )


def _headers(side: Json) -> Json:
    return {name.lower(): node for name, node in side.get("headers", {}).items()}
