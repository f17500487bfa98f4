"""What to say of sign-off rules that are not met, and of who could sign off instead."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.errors import FieldError
from domain.roles import Group

CODE = "sign_off_missing"


def lacks(rule: Mapping[str, Any]) -> FieldError:
    """What one unsatisfied rule lacks, in a sentence.

    A rule names its signers by `group` or `department_name` and its subject by `subject_name`,
    with a `touchpoint_id` where that is a moment; `required`, `given`, `stale` and `objections`
    are counted.
    """
    kind = "journey" if rule["touchpoint_id"] is None else "moment"
    subject = f'The {kind} "{rule["subject_name"]}"'
    signers = rule["department_name"] or Group(rule["group"]).says
    told = [_approvals(rule), _stale(rule["stale"]), _objections(rule["objections"])]
    counted = ", ".join(part for part in told if part)
    return FieldError(f"{subject} lacks the sign-off of {signers}: {counted}.", CODE)


def _approvals(rule: Mapping[str, Any]) -> str:
    return f"{rule['given']} of {rule['required']} given"


def _stale(count: int) -> str:
    return f"{count} made stale by later changes" if count else ""


def _objections(count: int) -> str:
    if not count:
        return ""
    return "changes requested by one member" if count == 1 else f"changes requested by {count}"


def could_instead(names: Sequence[str], more: int) -> str:
    """Who could sign off in the place of somebody who may not; empty without anybody."""
    if not names:
        return ""
    others = [*names, *([f"{more} more"] if more else [])]
    *first, last = others
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"Those who could: {listed}."
