"""What a moment of truth still lacks, as far as it is the same for all and at any time of day."""

from dataclasses import dataclass
from typing import Final

from domain.duties import ResponsibilityStatus
from domain.rules.missing import Missing


@dataclass(frozen=True, slots=True)
class Signed:
    """How far the sign-off rules of a moment are met."""

    required: int
    given: int
    stale: int
    objections: int


NO_RULES: Final = Signed(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Answered:
    """How a moment stands: who is accountable (the status of that), playbooks, sign-offs.

    `department`: the touchpoint has a responsible one. `active`: whoever is accountable can act.
    """

    department: bool
    accountable: str | None
    active: bool
    playbooks: int
    signed: Signed = NO_RULES


def gaps(moment: Answered) -> list[Missing]:
    """Return what is missing, in the order of its words."""
    signed = moment.signed
    lacks = signed.given < signed.required
    missing = {
        Missing.NO_DEPARTMENT: not moment.department,
        Missing.NO_ACCOUNTABLE: moment.accountable is None,
        Missing.NOT_ACCEPTED: moment.accountable == ResponsibilityStatus.ASSIGNED,
        Missing.ACCOUNTABLE_SUSPENDED: moment.accountable is not None and not moment.active,
        Missing.NO_PLAYBOOK: moment.playbooks == 0,
        Missing.SIGN_OFFS_MISSING: lacks,
        Missing.SIGN_OFFS_STALE: lacks and signed.stale > 0,
        Missing.CHANGES_REQUESTED: signed.objections > 0,
    }
    return [gap for gap in Missing if missing.get(gap)]
