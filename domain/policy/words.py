"""The table as plain rows and as text, for the README, the OpenAPI document and its readers."""

from dataclasses import dataclass
from enum import StrEnum

from domain.policy.matrix import POLICY
from domain.policy.rule import Rule, in_order
from domain.roles import Condition, Group, May, Relation


class Cell(StrEnum):
    """Who of a group may: all of them, each for themselves, or none on that ground."""

    ALL = "all"
    ONESELF = "oneself"
    NONE = "none"


PRINTED = {Cell.ALL: "all", Cell.ONESELF: "for oneself", Cell.NONE: "-"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: every set of `only_if` must be met, one of its members meets it."""

    may: May
    meaning: str
    groups: dict[Group, Cell]
    or_anyone_who_is: list[Relation]
    only_if: list[list[Condition]]
    says: str


def table() -> list[Row]:
    """The whole table, in the order of the vocabulary."""
    return [_row(may, POLICY[may]) for may in May]


def as_markdown() -> str:
    """The whole table as the README prints it."""
    head = ["may", *(group.says for group in Group), "or", "condition"]
    lines = [head, ["---"] * len(head), *(_printed(row) for row in table())]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(may: May, rule: Rule) -> Row:
    others = in_order(Relation, rule.relations - {Relation.ONESELF})
    cells = {group: _cell(group, rule) for group in Group}
    return Row(may, may.says, cells, others, rule.conditions, rule.says)


def _cell(group: Group, rule: Rule) -> Cell:
    if group in rule.groups:
        return Cell.ALL
    return Cell.ONESELF if Relation.ONESELF in rule.relations else Cell.NONE


def _printed(row: Row) -> list[str]:
    return [
        f"`{row.may}` {row.meaning}",
        *(PRINTED[row.groups[group]] for group in Group),
        "; ".join(relation.says for relation in row.or_anyone_who_is),
        POLICY[row.may].condition,
    ]
