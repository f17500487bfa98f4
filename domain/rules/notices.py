"""What an inbox says: one sentence for each line, without a word that members wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.facts import Verb
from domain.rules.phrases import HIDDEN, SYSTEM, Telling, named, resolved
from domain.rules.sentences import sentence
from domain.talk import NotificationReason as Reason


@dataclass(frozen=True, slots=True)
class Notice:
    """A line of an inbox: why and what, by whom, and how often since it was last read.

    `what` is the place on the map that it is about. Without an actor it was the system, or somebody
    who spoke for their group.
    """

    reason: str
    verb: str
    what: str
    has_actor: bool
    actor_name: str | None
    happened: int = 1
    closed_as: str | None = None


def notice(line: Notice) -> str:
    """Say it."""
    more = f" And {line.happened - 1} more since you last read it." if line.happened > 1 else ""
    said = _said(line)
    return said[0].upper() + said[1:] + more


def _said(line: Notice) -> str:
    pattern = PATTERNS.get((line.reason, line.verb)) or PATTERNS.get((line.reason, ""))
    told = {"resolution": line.closed_as}
    if line.verb == Verb.ANNOTATION_RESOLVED:
        return resolved(Telling(line.verb, line.what, _who(line), told=told))
    if pattern is None:
        return sentence(Telling(line.verb, line.what, _who(line)))
    return pattern.format(who=_who(line), what=line.what)


def _who(line: Notice) -> str:
    if line.has_actor:
        return named(line.actor_name)
    spoken = line.verb.startswith(("annotation.", "reply."))
    return HIDDEN if spoken else SYSTEM


# By reason and verb, or by reason alone; without a pattern the verb's own sentence is said.
PATTERNS: Final[Mapping[tuple[str, str], str]] = {
    (Reason.MENTION, ""): "{who} mentioned you in a thread about {what}.",
    (Reason.REPLY, ""): "{who} replied in a thread about {what} that you take part in.",
    (Reason.ASSIGNED, Verb.ACTION_CREATED): "{who} gave you an action for {what}.",
    (Reason.ASSIGNED, Verb.ACTION_HANDED_OVER): "{who} handed over to you an action for {what}.",
    (Reason.OUTCOME, Verb.ACTION_CREATED): "You said, we do: {who} set up an action for {what} from"
    " what you said or voted for.",
    (
        Reason.OUTCOME,
        Verb.ACTION_MOVED,
    ): "You said, we did: the action for {what} from what you said or voted for is done.",
    (
        Reason.OUTCOME,
        Verb.OUTCOME_VERIFIED,
    ): "You said, we did: {who} verified what moved at {what} after the action.",
    (Reason.ASSIGNED, ""): "{who} gave you a thread about {what} to look after.",
    (
        Reason.RESPONSIBILITY,
        Verb.RESPONSIBILITY_ASSIGNED,
    ): "{who} asked you or your department to answer for {what}.",
    (
        Reason.RESPONSIBILITY,
        Verb.RESPONSIBILITY_ACCEPTED,
    ): "{who} accepted to answer for {what}.",
    (
        Reason.RESPONSIBILITY,
        Verb.RESPONSIBILITY_DECLINED,
    ): "{who} declined to answer for {what}.",
    (
        Reason.RESPONSIBILITY,
        Verb.RESPONSIBILITY_ENDED,
    ): "{who} ended a responsibility for {what}.",
    (
        Reason.RESPONSIBILITY,
        Verb.RESPONSIBILITY_HANDED_OVER,
    ): "{who} handed over a responsibility for {what}.",
    (Reason.RESPONSIBILITY, Verb.JOURNEY_TRANSFERRED): "{who} made you the owner of {what}.",
    (Reason.INPUT, Verb.INPUT_ASKED): "{who} asks for your view of {what}.",
    (Reason.INPUT, Verb.INPUT_REMINDED): "Your view of {what} is still missing.",
    (Reason.SIGN_OFF, ""): "{who} asks you to sign off {what}.",
    (Reason.PUBLISHED, ""): "{who} asks you to read {what}.",
    (Reason.STALE, ""): "{what} is not any more what you decided on: look at it again.",
    (Reason.ESCALATED, ""): "{who} took a matter about {what} up the chain of command.",
    (Reason.RESOLVED, Verb.ANNOTATION_REOPENED): "{who} reopened a thread about {what}.",
    (Reason.PROPOSAL, Verb.PROPOSAL_MADE): "{who} proposed a change to {what}.",
    (Reason.PROPOSAL, Verb.PROPOSAL_ACCEPTED): "{who} accepted your proposal for {what}.",
    (Reason.PROPOSAL, Verb.PROPOSAL_REJECTED): "{who} declined your proposal for {what}.",
    (Reason.WEBHOOK, ""): "The webhook {what} was disabled: look why, and resume it.",
    (Reason.WATCHING, Verb.REPLY_WRITTEN): "{who} replied in a thread about {what}.",
    (Reason.WATCHING, Verb.REPLY_EDITED): "{who} edited a reply in a thread about {what}.",
    (Reason.WATCHING, Verb.ANNOTATION_ASSIGNED): "{who} changed who looks after a thread about"
    " {what}.",
    (Reason.WATCHING, Verb.PROPOSAL_MADE): "{who} proposed a change to {what}.",
    (Reason.WATCHING, Verb.PROPOSAL_ACCEPTED): "{who} accepted a proposal for {what}.",
    (Reason.WATCHING, Verb.PROPOSAL_REJECTED): "{who} declined a proposal for {what}.",
    (Reason.WATCHING, Verb.JOURNEY_MOVED): "{who} moved {what} to another status.",
    (Reason.WATCHING, Verb.JOURNEY_LOCKED): "{who} locked {what}.",
    (Reason.WATCHING, Verb.JOURNEY_UNLOCKED): "{who} unlocked {what}.",
    (Reason.WATCHING, Verb.JOURNEY_TRANSFERRED): "{who} handed over the ownership of {what}.",
}
