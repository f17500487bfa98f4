"""Changing an entity: only what is named, and one version further."""

from collections.abc import Mapping
from typing import Any

from domain.clock import now
from domain.models.base import Recorded
from domain.models.identity.organizations import Organization


def change(entity: Recorded | Organization, changes: Mapping[str, Any]) -> bool:
    """Set fields, bump the version and the time of the last change; False when nothing differs."""
    differing = {name: value for name, value in changes.items() if getattr(entity, name) != value}
    for name, value in differing.items():
        setattr(entity, name, value)
    if differing:
        touch(entity)
    return bool(differing)


def touch(entity: Recorded | Organization) -> None:
    """One version further."""
    entity.version += 1
    if hasattr(entity, "updated_at"):
        entity.updated_at = now()
