"""References to what belongs to the organization: each must exist when it is named."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.models.identity.departments import Department
from domain.models.maps.channels import Channel
from domain.models.maps.personas import Persona
from domain.queries.references import Referable, existing

REFERENCES: Mapping[str, Referable] = {
    "channel_ids": Channel,
    "responsible_department_id": Department,
    "persona_id": Persona,
}


async def check_references(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> None:
    """Invalid, with a pointer to each id that names nothing, or something removed."""
    errors = [
        error
        for name, model in REFERENCES.items()
        if fields.get(name)
        for error in await _unknown(tx, actor, model, name, fields[name])
    ]
    if errors:
        raise Invalid(errors[0].detail, code=errors[0].code, errors=errors)


async def _unknown(
    tx: Transaction, actor: Actor, model: Referable, name: str, value: UUID | list[UUID]
) -> list[FieldError]:
    pointers = (
        {f"#/{name}/{place}": item for place, item in enumerate(value)}
        if isinstance(value, list)
        else {f"#/{name}": value}
    )
    known = await existing(tx, actor, model, list(pointers.values()))
    kind = model.subject_kind.value
    detail = f"There is no such {kind}: take one from the list of {kind}s."
    return [
        FieldError(detail, f"unknown_{kind}", pointer)
        for pointer, item in pointers.items()
        if item not in known
    ]
