"""What requests and replies hold, by their media types."""

from api.openapi.stability import rules
from api.openapi.stability.pair import Differences, Pair
from api.openapi.stability.schemas import schemas

PROBLEM = "application/problem+json"


def request(pair: Pair) -> Differences:
    """The body of a request."""
    bodies = [side.get("requestBody", {}) for side in (pair.old, pair.new)]
    body = pair.inner(bodies[0], bodies[1], " body").resolved()
    had, has = (bool(side.get("required")) for side in (body.old, body.new))
    if body.old and not body.new:
        yield body.differs(rules.BODY_REMOVED, "is gone")
        return
    if body.sent and has and not had:
        yield body.differs(rules.BODY_REQUIRED, "must be sent now")
    elif body.new and had != has:
        yield body.differs(rules.BODY_OPTIONAL, "need not be sent any more")
    elif body.new and not body.old:
        yield body.differs(rules.BODY_OPTIONAL, "may be sent")
    yield from media(body)


def media(pair: Pair) -> Differences:
    """The media types of a body, each with its schema."""
    before, after = (side.get("content", {}) for side in (pair.old, pair.new))
    for name in sorted(before.keys() - after.keys()):
        yield pair.differs(rules.MEDIA_REMOVED, f"is never {name} any more")
    if before:
        for name in sorted(after.keys() - before.keys()):
            yield pair.differs(rules.MEDIA_ADDED, f"may be {name}")
    for name in sorted(before.keys() & after.keys()):
        old, new = (side[name].get("schema", {}) for side in (before, after))
        yield from schemas(pair.inner(old, new))
        yield from events(pair.inner(before[name], after[name]))
        if name == PROBLEM:
            yield from problems(pair.inner(before[name], after[name]))


def problems(pair: Pair) -> Differences:
    """The codes of problems that are told here: the names of the examples."""
    before, after = (side.get("examples", {}).keys() for side in (pair.old, pair.new))
    for code in sorted(before - after):
        yield pair.differs(rules.PROBLEM_CODE_REMOVED, f"never gives `{code}` any more")
    for code in sorted(after - before):
        yield pair.differs(rules.PROBLEM_CODE_ADDED, f"may give `{code}`")


def events(pair: Pair) -> Differences:
    """The kinds of events in a stream; those not known are passed over."""
    before, after = (side.get("x-event-data", {}) for side in (pair.old, pair.new))
    for kind in sorted(before.keys() - after.keys()):
        yield pair.differs(rules.EVENT_REMOVED, f"event `{kind}` is gone")
    for kind in sorted(after.keys() - before.keys()):
        yield pair.differs(rules.EVENT_ADDED, f"event `{kind}` is new")
    for kind in sorted(before.keys() & after.keys()):
        yield from schemas(pair.inner(before[kind], after[kind], f" event `{kind}`"))
