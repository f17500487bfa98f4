"""Why something is asked, in a sentence of its own for every case."""

from itertools import product

import pytest

from domain.duties import EscalationCause, InputRequestStatus, ResponsibilityRole, WorkKind
from domain.results import ActionStatus
from domain.rules.work import DEPARTMENT, reason
from domain.talk import Proposable

CASES = [
    *product([WorkKind.DECLINED_RESPONSIBILITY], ResponsibilityRole),
    *product([WorkKind.ACCEPT_RESPONSIBILITY], ResponsibilityRole),
    *((WorkKind.ACCEPT_RESPONSIBILITY, role + DEPARTMENT) for role in ResponsibilityRole),
    *product([WorkKind.ESCALATION], EscalationCause),
    *product([WorkKind.ANSWER_INPUT], [InputRequestStatus.OPEN, InputRequestStatus.CLOSED]),
    (WorkKind.THREAD, "issue"),
    (WorkKind.SIGN_OFF, ""),
    (WorkKind.SIGN_AGAIN, ""),
    (WorkKind.APPROVE_PLAYBOOK, ""),
    *product([WorkKind.DECIDE_PROPOSAL], Proposable),
    (WorkKind.ACCOUNTABILITY_GAP, ""),
    *product([WorkKind.ACTION], ActionStatus),
    (WorkKind.VERIFY_OUTCOME, ""),
    (WorkKind.ACKNOWLEDGE, ""),
    (WorkKind.REVISIT, ""),
]


def test_every_case_has_its_own_sentence() -> None:
    said = {reason(kind, detail, 2) for kind, detail in CASES}
    assert len(said) == len(CASES)
    assert {kind for kind, _ in CASES} == set(WorkKind)
    assert all(one[0].isupper() or one[0].isdigit() for one in said)
    assert all(one.endswith(".") for one in said)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "You are asked for your view."),
        (1, "You are asked for your view on one question."),
        (5, "You are asked for your view on 5 questions."),
    ],
)
def test_questions_are_counted(number: int, said: str) -> None:
    assert reason(WorkKind.ANSWER_INPUT, "open", number) == said


def test_one_gap_is_told_in_the_singular() -> None:
    assert reason(WorkKind.ACCOUNTABILITY_GAP, "", 1).startswith("A confirmed moment")
    assert reason(WorkKind.ACCOUNTABILITY_GAP, "", 3).startswith("3 confirmed moments")
