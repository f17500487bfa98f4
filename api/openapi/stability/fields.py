"""Which fields an object has, and which of them always."""

from api.openapi.stability import rules
from api.openapi.stability.pair import Differences, Pair


def fields(pair: Pair) -> Differences:
    """Fields that went and came, and those that must or need no longer be there."""
    before, after = (set(side.get("properties", ())) for side in (pair.old, pair.new))
    had, has = (set(side.get("required", ())) for side in (pair.old, pair.new))
    for name in sorted(before - after):
        yield pair.inner({}, {}, f".{name}").differs(rules.FIELD_REMOVED, "is gone")
    for name in sorted(after - before):
        must = pair.sent and name in has
        rule = rules.FIELD_REQUIRED if must else rules.FIELD_ADDED
        told = "is new, and must be sent" if must else "is new"
        yield pair.inner({}, {}, f".{name}").differs(rule, told)
    for name in sorted(before & after & (had ^ has)):
        yield from _presence(pair.inner({}, {}, f".{name}"), name in has)


def _presence(pair: Pair, now: bool) -> Differences:
    if pair.sent:
        rule = rules.FIELD_REQUIRED if now else rules.FIELD_OPTIONAL
        yield pair.differs(rule, "must be sent now" if now else "need not be sent any more")
    else:
        rule = rules.FIELD_ALWAYS if now else rules.FIELD_NOT_ALWAYS
        yield pair.differs(rule, "is always there now" if now else "is not always there any more")


def extras(pair: Pair) -> Differences:
    """Whether fields beyond those named may be there, and of what type."""
    old, new = (side.get("additionalProperties", True) for side in (pair.old, pair.new))
    if old == new or (isinstance(old, dict) and isinstance(new, dict)):
        return
    if new is False:
        rule = rules.CLOSED if pair.sent else rules.SAYS_LESS
        yield pair.differs(rule, "holds no other fields any more")
    elif old is False:
        yield pair.differs(rules.OPENED, "may hold other fields")
    else:
        yield pair.differs(rules.TYPE_CHANGED, "holds other values under its other fields")
