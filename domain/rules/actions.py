"""How an action moves, and what it takes to be done."""

from collections.abc import Mapping
from typing import Final

from domain.errors import Conflict
from domain.results import ActionStatus as Status
from domain.results import OutcomeStatus
from domain.rules.moving import Moves

MOVES: Final[Moves[Status]] = {
    Status.PLANNED: (Status.IN_PROGRESS, Status.DROPPED),
    Status.IN_PROGRESS: (Status.BLOCKED, Status.DELIVERED, Status.DROPPED, Status.PLANNED),
    Status.BLOCKED: (Status.IN_PROGRESS, Status.DROPPED),
    Status.DELIVERED: (Status.DONE, Status.IN_PROGRESS),
    Status.DONE: (Status.DELIVERED,),
    Status.DROPPED: (Status.PLANNED,),
}
EXPLAINED: Final = frozenset({Status.BLOCKED, Status.DROPPED})
"""What takes a word of why."""
OWED: Final = (Status.PLANNED, Status.IN_PROGRESS, Status.BLOCKED)
"""What is late once its day is over."""
LIVE: Final = (*OWED, Status.DELIVERED)
"""What its owner still has to do with; delivered, it waits for what moved after it."""
MEASURED: Final = frozenset({Status.IN_PROGRESS, Status.BLOCKED, Status.DELIVERED})
"""Only of what was begun can anybody say what moved after it; what is done is settled."""

_LACKING: Final[Mapping[str | None, str]] = {
    None: "Record what moved after it (PUT .../outcome) and let somebody else verify that, or ask"
    " an executive who does not own it to waive the outcome (POST .../waiver).",
    OutcomeStatus.RECORDED: "Its outcome waits to be verified: ask a decision-maker, an executive"
    " or the owner of the journey who neither owns the action nor recorded the outcome.",
    OutcomeStatus.DISPUTED: "Its outcome was disputed: record it anew and let somebody else verify"
    " that.",
}


def check_done(outcome: str | None, *, waived: bool) -> None:
    """Conflict unless the outcome was verified, or waived by name; it says what to do."""
    if waived or outcome == OutcomeStatus.VERIFIED:
        return
    detail = f"An action is done when somebody has shown what moved. {_LACKING[outcome]}"
    raise Conflict(detail, code="outcome_missing")
