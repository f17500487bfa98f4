"""What a moment still lacks."""

from typing import Any

import pytest

from domain.rules.gaps import Answered, Signed, gaps

WHOLE: dict[str, Any] = {
    "department": True,
    "accountable": "accepted",
    "active": True,
    "playbooks": 1,
    "signed": Signed(2, 2, 1, 0),
}


@pytest.mark.parametrize(
    ("lacking", "missing"),
    [
        ({}, []),
        ({"department": False}, ["no_department"]),
        ({"accountable": None}, ["no_accountable"]),
        ({"accountable": None, "active": False}, ["no_accountable"]),
        ({"accountable": "assigned"}, ["not_accepted"]),
        ({"active": False}, ["accountable_suspended"]),
        ({"playbooks": 0}, ["no_playbook"]),
        ({"signed": Signed(2, 1, 0, 0)}, ["sign_offs_missing"]),
        ({"signed": Signed(2, 1, 1, 0)}, ["sign_offs_missing", "sign_offs_stale"]),
        ({"signed": Signed(2, 2, 0, 1)}, ["changes_requested"]),
        ({"department": False, "playbooks": 0}, ["no_department", "no_playbook"]),
    ],
)
def test_each_gap_is_named(lacking: dict[str, Any], missing: list[str]) -> None:
    assert gaps(Answered(**(WHOLE | lacking))) == missing
