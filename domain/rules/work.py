"""Why something is asked of a member, in a sentence."""

from collections.abc import Callable, Mapping
from typing import Final

from domain.duties import (
    EscalationCause,
    InputRequestStatus,
    ResponsibilityRole,
    WorkKind,
)

DEPARTMENT: Final = " department"
"""What the detail of a responsibility ends in when it was given to a whole department."""

_ROLES: Final[Mapping[str, str]] = {
    ResponsibilityRole.RESPONSIBLE: "responsible for",
    ResponsibilityRole.ACCOUNTABLE: "accountable for",
    ResponsibilityRole.CONSULTED: "consulted on",
    ResponsibilityRole.INFORMED: "informed about",
}
_CAUSES: Final[Mapping[str, str]] = {
    EscalationCause.BY_HAND: "This was escalated to you.",
    EscalationCause.NOT_ACCEPTED: "Nobody has accepted this responsibility in time.",
    EscalationCause.NO_INPUT: "Input was asked for, and the date passed without an answer.",
    EscalationCause.THREAD_OVERDUE: "This thread is past its date and still open.",
    EscalationCause.ACTION_OVERDUE: "This action is past its date and not carried out.",
}


def reason(kind: WorkKind, detail: str, number: int) -> str:
    """Say why; `detail` and `number` are what the query tells of this kind."""
    return _REASONS[kind](detail, number)


def _accept(detail: str, _: int) -> str:
    role = _ROLES[detail.removesuffix(DEPARTMENT)]
    if detail.endswith(DEPARTMENT):
        return f"The department you head is asked to be {role} this moment: accept or decline."
    return f"You are asked to be {role} this moment: accept or decline."


def _answer(detail: str, number: int) -> str:
    if detail == InputRequestStatus.CLOSED:
        return "Your view was asked for and is missing; a late answer is welcome."
    questions = {0: "", 1: " on one question"}.get(number, f" on {number} questions")
    return f"You are asked for your view{questions}."


def _declined(detail: str, _: int) -> str:
    return f"Somebody declined to be {_ROLES[detail]} this moment; nobody has been asked since."


def _gap(_: str, number: int) -> str:
    if number == 1:
        return "A confirmed moment of your journey has nobody accountable."
    return f"{number} confirmed moments of your journey have nobody accountable."


def _always(sentence: str) -> Callable[[str, int], str]:
    return lambda _, __: sentence


_REASONS: Final[Mapping[WorkKind, Callable[[str, int], str]]] = {
    WorkKind.ACCEPT_RESPONSIBILITY: _accept,
    WorkKind.ANSWER_INPUT: _answer,
    WorkKind.SIGN_OFF: _always("Your sign-off is asked for."),
    WorkKind.SIGN_AGAIN: _always(
        "The content has changed since you decided on it: your sign-off is asked for again."
    ),
    WorkKind.THREAD: lambda detail, _: f"This thread ({detail}) was given to you to resolve.",
    WorkKind.ESCALATION: lambda detail, _: _CAUSES[detail],
    WorkKind.DECLINED_RESPONSIBILITY: _declined,
    WorkKind.APPROVE_PLAYBOOK: _always("A draft of a playbook waits for somebody to approve it."),
    WorkKind.DECIDE_PROPOSAL: lambda detail, _: (
        f"Somebody proposes a change to this {detail}: accept or reject it."
    ),
    WorkKind.ACCOUNTABILITY_GAP: _gap,
    WorkKind.ACTION: lambda detail, _: f"You own this action, which is {detail.replace('_', ' ')}.",
    WorkKind.VERIFY_OUTCOME: _always("An outcome was recorded and waits to be verified."),
    WorkKind.ACKNOWLEDGE: _always("This was laid before you: say that you have read it."),
    WorkKind.REVISIT: _always("Your journey has not been looked at for longer than it allows."),
}
