"""What happened from finding to outcome, and in the life of a map: one sentence per verb."""

from collections.abc import Mapping
from typing import Final

from domain.facts import Verb
from domain.results import FindingKind
from domain.rules.phrases import Builder, Telling, changed, moved, plain

_FOUND: Final[Mapping[str | None, str]] = {
    FindingKind.PAIN_POINT: "a pain point",
    FindingKind.REQUIREMENT: "a requirement",
    FindingKind.INFORMATION_GAP: "an information gap",
    FindingKind.EXPERIENCE: "an experience",
    FindingKind.OBSTACLE: "an internal obstacle",
    FindingKind.DROP_OFF: "where customers leave",
    FindingKind.PROMISE: "a promise",
}


def found(pattern: str) -> Builder:
    """A sentence about a finding, by its kind."""

    def build(telling: Telling) -> str:
        kind = _FOUND.get(telling.told.get("kind"), "a finding")
        return pattern.format(who=telling.who, what=telling.what, found=kind)

    return build


def entitled(pattern: str, otherwise: str) -> Builder:
    """A sentence about something with a title of its own."""

    def build(telling: Telling) -> str:
        title = telling.told.get("title") or telling.told.get("name")
        it = f"{otherwise} “{title}”" if title else otherwise
        return pattern.format(who=telling.who, whom=telling.whom, what=telling.what, it=it)

    return build


def _opportunity(pattern: str) -> Builder:
    return entitled(pattern, "the opportunity")


def _action(pattern: str) -> Builder:
    return entitled(pattern, "the action")


def _edition(pattern: str) -> Builder:
    return entitled(pattern, "the edition")


def _metric(pattern: str, otherwise: str = "") -> Builder:
    """A sentence that names a metric, where the reader may know of it."""

    def build(telling: Telling) -> str:
        name = telling.told.get("metric_name")
        it = f"the metric “{name}”" if name else otherwise or telling.what
        return pattern.format(who=telling.who, what=telling.what, it=it)

    return build


RESULTS: Final[Mapping[str, Builder]] = {
    Verb.FINDING_ADDED: found("{who} found {found} at {what}."),
    Verb.FINDING_UPDATED: found("{who} changed {found} at {what}."),
    Verb.FINDING_CLOSED: found("{who} closed {found} at {what}."),
    Verb.FINDING_REOPENED: found("{who} reopened {found} at {what}."),
    Verb.FINDING_MERGED: found("{who} made {found} at {what} part of another one."),
    Verb.FINDING_REMOVED: found("{who} removed {found} at {what}."),
    Verb.FINDING_RESTORED: found("{who} brought back {found} at {what}."),
    Verb.FINDING_ERASED: plain("The words of a finding at {what} were erased."),
    Verb.VOTE_GIVEN: plain("{who} voted on {what}."),
    Verb.VOTE_TAKEN_BACK: plain("{who} took back a vote on {what}."),
    Verb.VOTE_MOVED: plain("{who} merged two things, and a vote went along to {what}."),
    Verb.SOURCE_LINKED: plain("{who} said what something about {what} follows from."),
    Verb.SOURCE_UNLINKED: plain("{who} unlinked what something about {what} follows from."),
    Verb.EVIDENCE_ADDED: plain("{who} added evidence about {what}."),
    Verb.EVIDENCE_UPDATED: plain("{who} changed evidence about {what}."),
    Verb.EVIDENCE_REMOVED: plain("{who} removed evidence about {what}."),
    Verb.EVIDENCE_RESTORED: plain("{who} brought back evidence about {what}."),
    Verb.EVIDENCE_ERASED: plain("Evidence about {what} was erased with who gave it."),
    Verb.ATTACHMENT_ADDED: plain("{who} attached a file to {what}."),
    Verb.ATTACHMENT_MOVED: plain("{who} merged two things, and a file went along to {what}."),
    Verb.ATTACHMENT_REMOVED: plain("{who} removed a file from {what}."),
    Verb.ATTACHMENT_ERASED: plain("A file attached to {what} was erased."),
    Verb.OPPORTUNITY_CREATED: _opportunity("{who} saw {it} at {what}."),
    Verb.OPPORTUNITY_UPDATED: _opportunity("{who} changed {it} at {what}."),
    Verb.OPPORTUNITY_MOVED: moved("{who} moved an opportunity at {what}{to}."),
    Verb.OPPORTUNITY_MERGED: _opportunity("{who} made {it} at {what} part of another one."),
    Verb.OPPORTUNITY_REMOVED: _opportunity("{who} removed {it} at {what}."),
    Verb.OPPORTUNITY_RESTORED: _opportunity("{who} brought back {it} at {what}."),
    Verb.OPPORTUNITY_ERASED: plain("The words of an opportunity at {what} were erased."),
    Verb.ACTION_CREATED: _action("{who} set up {it} for {what}."),
    Verb.ACTION_UPDATED: _action("{who} changed {it} for {what}."),
    Verb.ACTION_MOVED: moved("{who} moved an action for {what}{to}."),
    Verb.ACTION_HANDED_OVER: _action("{who} gave {it} for {what} to {whom}."),
    Verb.ACTION_REMOVED: _action("{who} removed {it} for {what}."),
    Verb.ACTION_RESTORED: _action("{who} brought back {it} for {what}."),
    Verb.ACTION_ERASED: plain("The words of an action for {what} were erased."),
    Verb.OUTCOME_RECORDED: plain("{who} recorded what moved at {what} after an action."),
    Verb.OUTCOME_VERIFIED: plain("{who} verified what moved at {what} after an action."),
    Verb.OUTCOME_DISPUTED: plain("{who} disputed what moved at {what} after an action."),
    Verb.OUTCOME_WAIVED: _action("{who} waived the outcome of {it} for {what}."),
    Verb.OUTCOME_ERASED: plain("The words of an outcome at {what} were erased."),
    Verb.METRIC_CREATED: plain("{who} set up the metric {what}."),
    Verb.METRIC_UPDATED: changed("the description"),
    Verb.METRIC_RETIRED: plain("{who} retired the metric {what}."),
    Verb.METRIC_LINKED: _metric("{who} linked {it} to {what}.", "a metric"),
    Verb.METRIC_UNLINKED: _metric("{who} unlinked {it} from {what}.", "a metric"),
    Verb.DATA_RECORDED: _metric("{who} recorded data points of {it}."),
    Verb.RECORDING_ERASED: _metric("Where data points of {it} came from was erased."),
    Verb.EDITION_PUBLISHED: _edition("{who} published {it} of {what}."),
    Verb.EDITION_RESTORED: _edition("{who} restored {it} of {what}."),
    Verb.EDITION_ERASED: plain("The words about an edition of {what} were erased."),
    Verb.PUBLICATION_MADE: plain("{who} laid {what} before an audience."),
    Verb.PUBLICATION_ADDRESSED: plain("{whom} was asked to read {what}."),
    Verb.PUBLICATION_ACKNOWLEDGED: plain("{whom} has read {what}."),
    Verb.PUBLICATION_ERASED: plain("The words about a publication of {what} were erased."),
    Verb.JOURNEY_REVISITED: plain("{who} looked at {what} again."),
    Verb.REVISIT_ERASED: plain("The words about a revisit of {what} were erased."),
}
