"""References to what belongs to the organization: each must exist when it is named."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.channels import Channel
from domain.models.maps.personas import Persona
from domain.queries.references import Referable, existing

REFERENCES: Mapping[str, Referable] = {
    "channel_ids": Channel,
    "responsible_department_id": Department,
    "department_id": Department,
    "parent_id": Department,
    "head_member_id": Member,
    "manager_id": Member,
    "persona_id": Persona,
    "persona_ids": Persona,
    "member_id": Member,
    "to_member_id": Member,
    "departments": Department,
    "members": Member,
    "owner_id": Member,
    "recorder_ids": Member,
}


async def check_references(
    tx: Transaction,
    actor: Actor,
    fields: Mapping[str, Any],
    kept: Collection[UUID | None] = (),
    *,
    programs: bool = False,
) -> None:
    """Invalid, with a pointer to each id that names nothing, or something removed or suspended.

    What is `kept` was named before and may stay, whatever has become of it. A member must be a
    person; with `programs` a service member will do.
    """
    seek = partial(existing, tx, actor, programs=programs)
    errors = [
        error
        for name in REFERENCES
        if fields.get(name)
        for error in await _unknown(seek, name, fields[name], kept, programs)
    ]
    if errors:
        raise Invalid(errors[0].detail, code=errors[0].code, errors=errors)


def named_by(entity: object) -> list[UUID | None]:
    """Everything that an entity names by now, for `kept`."""
    named: list[UUID | None] = []
    for name in REFERENCES:
        value = getattr(entity, name, None)
        named += value if isinstance(value, list) else [value]
    return named


async def _unknown(
    seek: Callable[[Referable, list[UUID]], Awaitable[set[UUID]]],
    name: str,
    value: UUID | list[UUID],
    kept: Collection[UUID | None],
    programs: bool,
) -> list[FieldError]:
    model = REFERENCES[name]
    pointers = (
        {f"#/{name}/{place}": item for place, item in enumerate(value)}
        if isinstance(value, list)
        else {f"#/{name}": value}
    )
    known = await seek(model, list(pointers.values()))
    kind = model.subject_kind.value
    sought = f"such {kind}"
    if model is Member:
        sought = "such active member" if programs else "active member, a person, with this id"
    detail = f"There is no {sought}: take one from the list of {kind}s."
    return [
        FieldError(detail, f"unknown_{kind}", pointer)
        for pointer, item in pointers.items()
        if item not in known and item not in kept
    ]
