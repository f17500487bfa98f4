"""What a list of annotations asks with yes or no, where the answer is found elsewhere.

Each has a statement of its own for yes and for no: a few ids to begin with, or many to leave out.
Within one journey only its map, and what is new in it, is looked at.
"""

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Uuid, bindparam, not_, true

from domain.queries.voices.anchors import orphaned
from domain.queries.voices.unread import unread

Within = Callable[[Any], ColumnElement[bool]]


def _here(journey_id: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = journey_id == bindparam("journey", type_=Uuid())
    return found


def _anywhere(_: Any) -> ColumnElement[bool]:
    return true()


_ASKED: Mapping[str, Callable[[Within], ColumnElement[bool]]] = {
    "orphaned": orphaned,
    "unread": unread,
}


def _name(asked: str, yes: bool, here: bool) -> str:
    return f"{asked}_{'yes' if yes else 'no'}{'_here' if here else ''}"


def _condition(asked: str, yes: bool, here: bool) -> ColumnElement[bool]:
    met = _ASKED[asked](_here if here else _anywhere)
    return met if yes else not_(met)


CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    _name(*how): _condition(*how) for how in product(_ASKED, (True, False), (True, False))
}


def settled(given: Mapping[str, Any]) -> tuple[frozenset[str], dict[str, Any]]:
    """The filters to apply and their parameters: yes and no are in the name of a condition."""
    here = "journey" in given
    asked = {_name(name, given[name], here) for name in _ASKED if name in given}
    rest = {name: value for name, value in given.items() if name not in _ASKED}
    return frozenset(asked | rest.keys()), rest
