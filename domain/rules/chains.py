"""The chain from a quote to an outcome: its order, and a plain sentence for each link."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from domain.rules.phrases import named
from domain.words import SubjectKind

LONGEST: Final = 300
"""How much of what somebody said a sentence repeats."""


class LinkKind(StrEnum):
    """What a link of the chain is, in the order in which one follows from the other."""

    EVIDENCE = "evidence"
    TOUCHPOINT = "touchpoint"
    ANNOTATION = "annotation"
    MOMENT = "moment"
    FINDING = "finding"
    OPPORTUNITY = "opportunity"
    ACTION = "action"
    OUTCOME = "outcome"
    JUDGMENT = "judgment"
    WAIVER = "waiver"


ORDER: Final = {kind: place for place, kind in enumerate(LinkKind)}
_SAID: Final[Mapping[str, str]] = {
    SubjectKind.EVIDENCE: "{who} showed as evidence ({detail}): {text}",
    SubjectKind.ANNOTATION: "{who} said: {text}",
    SubjectKind.MOMENT: "{who} named {bare} a moment of truth.",
    SubjectKind.TOUCHPOINT: "It is about {bare}.",
    SubjectKind.FINDING: "{who} found ({detail}): {text}",
    SubjectKind.OPPORTUNITY: "{who} saw the opportunity {text}",
    SubjectKind.ACTION: "{who} owns the action {text}, which is {detail}.",
}


def who_said(name: str | None, group: str | None, *, named_at_all: bool) -> str:
    """Who it was: by name, or the group that somebody spoke for."""
    if named_at_all:
        return named(name)
    return f"Somebody of {(group or 'a group').replace('_', ' ')}"


def link_sentence(kind: str, who: str, text: str, detail: str | None) -> str:
    """Say one link."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    told = (detail or "").replace("_", " ")
    return _SAID[kind].format(who=who, text=f"“{short}”", bare=short, detail=told)


def judged_sentence(who: str, *, verified: bool) -> str:
    """Say what somebody else thinks of the figures."""
    return f"{who} {'verified' if verified else 'disputed'} what moved."


def waived_sentence(who: str, reason: str) -> str:
    """Say who answers for calling it done."""
    return f"{who} waived the outcome: “{reason}”" if reason else f"{who} waived the outcome."
