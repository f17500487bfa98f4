"""What can differ between two documents, and how heavy each difference weighs.

The version of the contract follows Semantic Versioning, seen from whoever has generated a client:

* major: a client that worked may no longer compile, be understood, or understand;
* minor: there is more than before, and every client that worked goes on working;
* patch: other words, other examples.

What is sent may only grow wider, what is received only narrower. A field more in a reply is no
break: clients are told to pass over what they do not know. A value more in an enum of a reply is
one, because strict clients refuse it.

Problem codes grow, and clients pass over those they do not know: one more is no break. Neither is
one that an operation no longer gives, for whoever handles it just never meets it; the changelog
tells it, so that they can look whether another came instead. A code that is gone from the whole
document is a break: codes are promised to be stable, and what it meant has another code now.
"""

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """Which part of the version a difference raises."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True)
class Rule:
    """One way to differ; `instead` says what to do so that nobody is broken."""

    name: str
    weight: Weight
    instead: str = ""


def breaking(name: str, instead: str) -> Rule:
    """A difference that breaks somebody's client."""
    return Rule(name, Weight.MAJOR, instead)


def harmless(name: str) -> Rule:
    """A difference that breaks nobody."""
    return Rule(name, Weight.MINOR)


KEEP = "Keep it, marked with `leaving=Deprecation(...)`, until its sunset is over."
BESIDE = "Leave it as it is and put the new one beside it."

OPERATION_REMOVED = breaking("operation removed", KEEP)
OPERATION_RENAMED = breaking(
    "operation renamed", "Keep the name of the handler: it is the name of a method in every client."
)
OPERATION_MOVED = breaking("operation moved", "Answer at the old address as well, deprecated.")
TAG_RENAMED = breaking("tag renamed", "Keep the tag: it is a class or module in every client.")
COMPONENT_REMOVED = breaking(
    "component removed", "Keep the name of the struct: it is a class in every client."
)
PARAMETER_REMOVED = breaking("parameter removed", KEEP)
PARAMETER_REQUIRED = breaking("parameter required", "Make it optional, with today's behavior.")
PARAMETER_NOT_ALWAYS = breaking("parameter not always there", "Go on sending it.")
STYLE_CHANGED = breaking("style of a parameter changed", BESIDE)
BODY_REQUIRED = breaking("body required", "Make the body optional, with today's behavior.")
BODY_REMOVED = breaking("body removed", "Go on taking the body.")
MEDIA_REMOVED = breaking("media type removed", "Go on taking and sending it.")
FIELD_REMOVED = breaking("field removed", KEEP)
FIELD_REQUIRED = breaking("field required", "Make it optional, with today's behavior.")
FIELD_NOT_ALWAYS = breaking("field not always there", "Go on sending it, null when empty.")
CLOSED = breaking("unknown fields refused", "Go on taking fields that are not known.")
TYPE_NARROWED = breaking("type narrowed", "Go on taking what was taken.")
TYPE_WIDENED = breaking("type widened", "Put the new form into a field beside this one.")
TYPE_CHANGED = breaking("type changed", BESIDE)
VALUES_REMOVED = breaking("values removed", "Go on taking them.")
VALUES_ADDED = breaking(
    "values added", "Say it in a field beside this one; what is meant to grow is a plain string."
)
CONSTANTS_RENAMED = breaking("constants renamed", "Keep the names of the enum's members.")
TIGHTENED = breaking("bound tightened", "Keep the bound: what was sent yesterday is fine today.")
DEFAULT_CHANGED = breaking("default changed", "Keep the default.")
KNOWN_REMOVED = breaking("known values removed", "Keep the code, and what it means.")
DISCRIMINATOR_CHANGED = breaking("discriminator changed", "Keep the field that tells apart.")
REPLY_REMOVED = breaking("good reply removed", "Go on answering with this status.")
REPLY_ADDED = breaking("good reply added", "Answer with the status that clients know.")
REPLY_EMPTIED = breaking("reply without its body", "Go on sending the body.")
ANSWER_REMOVED = breaking("answer no longer taken", "Go on taking it.")
HEADER_REMOVED = breaking("header removed", "Go on sending it.")
PERMISSION_CHANGED = breaking(
    "permission changed",
    "Keep the row of the permission table: who may call it today would be answered 403.",
)
ACCESS_NARROWED = breaking("access narrowed", "Go on taking the tokens and scopes that were taken.")
SERVER_CHANGED = breaking("server changed", "Answer at the old address as well.")
EVENT_REMOVED = breaking("event removed", KEEP)

OPERATION_ADDED = harmless("operation added")
PARAMETER_ADDED = harmless("parameter added")
PARAMETER_OPTIONAL = harmless("parameter optional")
BODY_OPTIONAL = harmless("body optional")
MEDIA_ADDED = harmless("media type added")
FIELD_ADDED = harmless("field added")
FIELD_OPTIONAL = harmless("field optional")
FIELD_ALWAYS = harmless("field always there")
OPENED = harmless("unknown fields taken")
TAKES_MORE = harmless("takes more")
SAYS_LESS = harmless("says less")
BOUND_MOVED = harmless("bound moved")
DEPRECATED = harmless("deprecated")
PROBLEM_ADDED = harmless("problem added")
PROBLEM_REMOVED = harmless("problem removed")
PROBLEM_CODE_ADDED = harmless("problem code added")
PROBLEM_CODE_REMOVED = harmless("problem code removed")
KNOWN_ADDED = harmless("known values added")
HEADER_ADDED = harmless("header added")
ACCESS_WIDENED = harmless("access widened")
PERMISSION_LIFTED = harmless("permission lifted")
EVENT_ADDED = harmless("event added")

WORDS = Rule("words", Weight.PATCH)

RULES = {rule.name: rule for rule in list(vars().values()) if isinstance(rule, Rule)}
"""Every rule by its name."""
