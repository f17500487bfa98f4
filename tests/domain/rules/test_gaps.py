"""What a touchpoint and its moment still lack."""

import pytest

from domain.rules.gaps import Answered, gaps

WHOLE = {"status": "confirmed", "accountable": "accepted", "playbooks": 1, "signed": True}


@pytest.mark.parametrize(
    ("lacking", "missing"),
    [
        ({}, []),
        ({"status": "nominated"}, ["confirmation"]),
        ({"accountable": None}, ["accountable"]),
        ({"accountable": "assigned"}, ["acceptance"]),
        ({"playbooks": 0}, ["playbook"]),
        ({"signed": False}, ["sign_off"]),
    ],
)
def test_each_gap_alone(lacking: dict[str, object], missing: list[str]) -> None:
    moment = Answered(**(WHOLE | lacking))
    assert gaps(True, moment) == missing
    assert gaps(False, moment) == ["department", *missing]


def test_a_touchpoint_that_is_no_moment_lacks_a_department_at_most() -> None:
    assert gaps(True, None) == []
    assert gaps(False, None) == ["department"]
