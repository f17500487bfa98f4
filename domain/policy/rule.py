"""One rule of the table: who may, and what must hold besides."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from domain.roles import Condition, Group, Relation

Member = TypeVar("Member", bound=Enum)


@dataclass(frozen=True, slots=True)
class Rule:
    """Members of `groups`, or anyone tied by one of `relations`, if `only_if` holds.

    Every set in `only_if` must be met; one of its conditions meets it.
    """

    groups: frozenset[Group]
    relations: frozenset[Relation]
    only_if: frozenset[frozenset[Condition]]

    @property
    def who(self) -> str:
        """Who may, in words: "decision-makers, executives, or the owner"."""
        if self.groups == frozenset(Group):
            return "every member"
        groups = [group.says for group in in_order(Group, self.groups)]
        relations = [relation.says for relation in in_order(Relation, self.relations)]
        return either([*groups, *relations])

    @property
    def condition(self) -> str:
        """What must hold besides, in words; empty when nothing must."""
        return " and ".join(" or ".join(c.says for c in any_of) for any_of in self.conditions)

    @property
    def conditions(self) -> list[list[Condition]]:
        """`only_if` in the order in which the vocabulary names the conditions."""
        order = list(Condition)
        alternatives = [in_order(Condition, any_of) for any_of in self.only_if]
        return sorted(alternatives, key=lambda any_of: order.index(any_of[0]))

    @property
    def says(self) -> str:
        """The whole rule in words: "the owner or an editor, while the journey is open"."""
        return f"{self.who}, {self.condition}" if self.only_if else self.who


def rule(*who: Group | Relation, only_if: Iterable[Condition | frozenset[Condition]] = ()) -> Rule:
    """Write one row of the table: who may, in any order, and what must hold."""
    return Rule(
        groups=frozenset(one for one in who if isinstance(one, Group)),
        relations=frozenset(one for one in who if isinstance(one, Relation)),
        only_if=frozenset(
            frozenset({one}) if isinstance(one, Condition) else one for one in only_if
        ),
    )


def in_order(vocabulary: type[Member], chosen: AbstractSet[Member]) -> list[Member]:
    """List the chosen words in the order in which their vocabulary names them."""
    return [word for word in vocabulary if word in chosen]


def either(words: Sequence[str]) -> str:
    """Join words as a sentence does: "a", "a or b", "a, b, or c"."""
    if len(words) < 3:
        return " or ".join(words)
    return f"{', '.join(words[:-1])}, or {words[-1]}"
