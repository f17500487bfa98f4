"""What a touchpoint and its moment of truth still lack, so that somebody answers for them."""

from dataclasses import dataclass
from enum import StrEnum

from domain.duties import ResponsibilityStatus
from domain.words import MomentStatus


class Gap(StrEnum):
    """What is missing, in the order in which it is filled."""

    DEPARTMENT = "department"
    CONFIRMATION = "confirmation"
    ACCOUNTABLE = "accountable"
    ACCEPTANCE = "acceptance"
    PLAYBOOK = "playbook"
    SIGN_OFF = "sign_off"


@dataclass(frozen=True, slots=True)
class Answered:
    """How a moment stands: who is accountable (the status of that), playbooks, sign-offs.

    `signed` is true where no sign-off is required.
    """

    status: str
    accountable: str | None
    playbooks: int
    signed: bool


def gaps(has_department: bool, moment: Answered | None) -> list[Gap]:
    """Return what is missing; without a moment nothing but the department can be."""
    missing = {Gap.DEPARTMENT: not has_department} | (_of(moment) if moment else {})
    return [gap for gap in Gap if missing.get(gap)]


def _of(moment: Answered) -> dict[Gap, bool]:
    return {
        Gap.CONFIRMATION: moment.status == MomentStatus.NOMINATED,
        Gap.ACCOUNTABLE: moment.accountable is None,
        Gap.ACCEPTANCE: moment.accountable == ResponsibilityStatus.ASSIGNED,
        Gap.PLAYBOOK: moment.playbooks == 0,
        Gap.SIGN_OFF: not moment.signed,
    }
