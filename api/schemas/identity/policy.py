"""The permission table on the wire."""

from collections.abc import Iterable
from enum import StrEnum

from api.schemas.base import Reply
from domain.actor import Actor
from domain.policy import PERSONAL, SCOPES, Cell, Row, allowed, scope_of, table
from domain.roles import Condition, Group, May, Relation, Scope


class PolicyShare(StrEnum):
    """Who of a group: all of them, each for themselves, or none on that ground."""

    ALL = Cell.ALL.value
    ONESELF = Cell.ONESELF.value
    NONE = Cell.NONE.value


class PolicyGroups(Reply):
    """Who of each group may."""

    frontline_staff: PolicyShare
    support_staff: PolicyShare
    decision_maker: PolicyShare
    executive: PolicyShare


class PolicyWord(Reply):
    """A word of the table and what it means."""

    name: str
    meaning: str


class PolicyRow(Reply):
    """One right: the groups that have it, who else has it, and what must hold besides.

    Of each list in `only_if` one condition must hold. `says` is the whole rule in a sentence.
    `scope` is what an access token must be for.
    """

    may: str
    meaning: str
    scope: str
    groups: PolicyGroups
    or_anyone_who_is: list[str]
    only_if: list[list[str]]
    says: str


class PolicyScope(Reply):
    """What access tokens can be for. A personal one is for people: no service member has it."""

    name: str
    meaning: str
    personal: bool
    may: list[str]


class Policy(Reply):
    """The table of who may do what, its words, and what you may do whatever the object."""

    rows: list[PolicyRow]
    groups: list[PolicyWord]
    relations: list[PolicyWord]
    conditions: list[PolicyWord]
    scopes: list[PolicyScope]
    mine: list[str]


def policy(actor: Actor) -> Policy:
    """The whole table as one reader gets it."""
    return Policy(
        rows=[_row(row) for row in table()],
        groups=_words(Group),
        relations=_words(Relation),
        conditions=_words(Condition),
        scopes=[_scope(scope) for scope in Scope],
        mine=allowed(actor, May, actor.standing()),
    )


def _row(row: Row) -> PolicyRow:
    return PolicyRow(
        may=row.may.value,
        meaning=row.meaning,
        scope=scope_of(row.may).value,
        groups=PolicyGroups(
            **{group.value: PolicyShare(cell.value) for group, cell in row.groups.items()}
        ),
        or_anyone_who_is=[relation.value for relation in row.or_anyone_who_is],
        only_if=[[condition.value for condition in any_of] for any_of in row.only_if],
        says=row.says,
    )


def _scope(scope: Scope) -> PolicyScope:
    return PolicyScope(
        name=scope.value,
        meaning=scope.says,
        personal=scope in PERSONAL,
        may=[may.value for may, its in SCOPES.items() if its is scope],
    )


def _words(words: Iterable[Group | Relation | Condition]) -> list[PolicyWord]:
    return [PolicyWord(name=word.value, meaning=word.says) for word in words]
