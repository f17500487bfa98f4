"""The people of the demo: an organization, its departments, its members and their managers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from api.commands.demo.reading import document
from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.ids import new_id
from domain.models.identity.accounts import Account
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.roles import Group
from domain.services.identity import departments, members, service_members
from domain.services.steps import joining

Told = Mapping[str, Any]


@dataclass
class Cast:
    """Who is there by now: members by their keys, departments by their names."""

    tx: Transaction
    password_hash: str
    actors: dict[str, Actor] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)

    @property
    def administrator(self) -> Actor:
        """Whoever founded the organization."""
        return next(iter(self.actors.values()))


def people() -> Any:
    """The demo organization."""
    return document("people.json")


def elsewhere() -> Any:
    """Another organization with one member, who sees nothing of the first."""
    other = people()["elsewhere"]
    empty: dict[str, list[Any]] = {"departments": [], "journeys": [], "service_members": []}
    return other | empty | {"members": [other["member"]]}


async def found(cast: Cast, told: Told) -> Cast:
    """Found an organization by its first member and fill it."""
    first, *others = told["members"]
    account = await _account(cast, first)
    place = joining.Place(group=Group(first["group"]), title=first["title"], administrator=True)
    _, member = await joining.found(cast.tx, told["organization"], account, place)
    cast.actors[first["key"]] = _actor(cast, member)
    for department in told["departments"]:
        await _department(cast, department)
    for other in others:
        await _join(cast, other)
    await _put_in_place(cast, first, member)
    for department in told["departments"]:
        await _give_head(cast, department)
    for program in told["service_members"]:
        await _take_in(cast, program)
    return cast


async def _account(cast: Cast, told: Told) -> Account:
    account = Account(email=told["email"], name=told["name"], password_hash=cast.password_hash)
    await cast.tx.add(account)
    return account


async def _department(cast: Cast, told: Told) -> None:
    above = cast.departments.get(told["parent"] or "")
    fields = {
        "name": told["name"],
        "external": told["external"],
        "parent_id": above.id if above else None,
    }
    made = await departments.create(cast.tx, cast.administrator, fields)
    cast.departments[told["name"]] = made


async def _give_head(cast: Cast, told: Told) -> None:
    if told["head"] is None:
        return
    department = cast.departments[told["name"]]
    head = {"head_member_id": cast.actors[told["head"]].member_id}
    await departments.update(cast.tx, cast.administrator, department.id, head, department.version)


async def _join(cast: Cast, told: Told) -> None:
    manager = cast.actors.get(told["manager"] or "")
    place = joining.Place(
        group=Group(told["group"]),
        title=told["title"],
        department_id=cast.departments[told["department"]].id,
        manager_id=manager.member_id if manager else None,
        administrator=told["administrator"],
    )
    head = await ledger.lock_organization(cast.tx, cast.administrator)
    account = await _account(cast, told)
    member, _ = await joining.join(cast.tx, cast.administrator, head, account, place)
    cast.actors[told["key"]] = _actor(cast, member)


async def _take_in(cast: Cast, told: Told) -> None:
    """A program without a token: whoever tries the demo makes one."""
    fields = {
        "name": told["name"],
        "title": told["title"],
        "group": Group(told["group"]),
        "department_id": cast.departments[told["department"]].id,
        "manager_id": cast.actors[told["manager"]].member_id,
    }
    await service_members.create(cast.tx, cast.administrator, fields)


async def _put_in_place(cast: Cast, told: Told, member: Member) -> None:
    """The founder comes first, so their department and manager are known only now."""
    if told["department"] is None:
        return
    department = cast.departments[told["department"]]
    place: dict[str, UUID] = {
        "department_id": department.id,
        "manager_id": cast.actors[told["manager"]].member_id,
    }
    await members.update(cast.tx, cast.administrator, member.id, place, member.version)
    cast.actors[told["key"]] = replace(
        cast.administrator, department_id=department.id, department_ids=frozenset(department.path)
    )


def _actor(cast: Cast, member: Member) -> Actor:
    path = [d.path for d in cast.departments.values() if d.id == member.department_id]
    assert member.account_id is not None
    return Actor(
        account_id=member.account_id,
        organization_id=member.organization_id,
        member_id=member.id,
        session_id=new_id(),
        group=Group(member.group),
        department_id=member.department_id,
        department_ids=frozenset(path[0] if path else ()),
        administrator=member.administrator,
        may_create_journeys=member.may_create_journeys,
    )
