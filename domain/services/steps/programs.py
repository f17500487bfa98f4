"""Service members: members that are programs, for which a person answers."""

from collections.abc import Mapping
from typing import Any

from domain.services.steps.refusing import impossible


def refuse_for_programs(fields: Mapping[str, Any]) -> None:
    """Invalid where a service member would administer, or nobody would answer for it."""
    if fields.get("administrator"):
        detail = "A service member administers nothing: that is for people."
        raise impossible(detail, "program_administers_nothing", "administrator")
    if "manager_id" in fields and fields["manager_id"] is None:
        detail = "Name the manager who answers for this service member."
        raise impossible(detail, "manager_required", "manager_id")
