"""What an entry of the moderation log says: the status before and after, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.facts import Verb
from domain.talk import FlagStatus
from domain.words import AnnotationStatus, ReplyStatus

OF_FLAGS: Final = (Verb.FLAG_RAISED, Verb.FLAG_SETTLED)


@dataclass(frozen=True, slots=True)
class Judgment:
    """How something stood before and after, null where that was erased, and why."""

    before: str | None
    after: str | None
    reason: str
    note: str


def judgment(verb: str, content: str | None, content_before: str | None) -> Judgment:
    """What an entry says, from the revision it made and the one before."""
    now, then = _read(content), _read(content_before)
    if verb in OF_FLAGS:
        return Judgment(_flag(then), _flag(now), now.get("reason", ""), now.get("note", ""))
    is_reply = verb.startswith("reply.")
    reason = now.get("hidden_reason", "")
    return Judgment(_said(then, is_reply), _said(now, is_reply), reason, "")


def _read(content: str | None) -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(content or "{}")
    return told


def _flag(told: Mapping[str, Any]) -> str | None:
    if not told:
        return None
    outcome: str | None = told["outcome"]
    return outcome or FlagStatus.OPEN.value


def _said(told: Mapping[str, Any], is_reply: bool) -> str | None:
    """The status of an annotation or a reply, from the times that make it."""
    if not told:
        return None
    if told["hidden_at"]:
        return AnnotationStatus.HIDDEN.value
    if told["withdrawn_at"]:
        return AnnotationStatus.WITHDRAWN.value
    if is_reply:
        return ReplyStatus.SHOWN.value
    return (AnnotationStatus.RESOLVED if told["resolved_at"] else AnnotationStatus.OPEN).value
