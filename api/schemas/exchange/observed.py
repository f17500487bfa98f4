"""What a document tells and no import brings back: what people decided, and counts of people."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, field

from api.schemas.base import Body, Count, Instant, Line, Text
from api.schemas.exchange.keys import Keys
from api.schemas.maps.import_parts import Key, Ref
from api.schemas.voices.aggregates import told
from domain.database import Row
from domain.queries.exchange.parts import Parts
from domain.queries.voices.tallies import group_tallies
from domain.results import OutcomeStatus
from domain.roles import Group
from domain.rules.ratings import aggregate, leaders_shown_from
from domain.words import Axis

Written = dict[str, Any]
BEHIND = (
    ("findings", "author", "author_name"),
    ("opportunities", "author", "author_name"),
    ("actions", "owner", "owner_name"),
    ("playbooks", "approved", "approved_by_name"),
)


class ToldMean(Body):
    """One group's mean on one axis."""

    axis: Axis
    mean: Annotated[float, Meta(ge=1, le=5)]
    n: Count


class ToldGroup(Body):
    """One group; with `too_few` only its n is told."""

    group: Group
    n: Count
    too_few: bool
    axes: Annotated[list[ToldMean], Meta(max_length=4)] = field(default_factory=list)


class ToldRatings(Body):
    """What the groups think of one touchpoint."""

    touchpoint: Key
    n: Count
    groups: Annotated[list[ToldGroup], Meta(max_length=4)] = field(default_factory=list)


class ToldCount(Body):
    """How many of a group support an annotation, or voted for something."""

    about: Ref
    group: Group
    n: Count


class ToldPerson(Body):
    """Who stands behind a part: whoever wrote, owns, approved, waived, recorded or judged it."""

    about: Ref
    part: Annotated[str, Meta(max_length=20)]
    name: Line
    note: Text = ""


class Told(Body):
    """For people and other programs to read; an import leaves it aside."""

    status: Annotated[str, Meta(max_length=20)] = ""
    owner: Line = ""
    ratings: Annotated[list[ToldRatings], Meta(max_length=2_000)] = field(default_factory=list)
    supports: Annotated[list[ToldCount], Meta(max_length=50_000)] = field(default_factory=list)
    votes: Annotated[list[ToldCount], Meta(max_length=20_000)] = field(default_factory=list)
    people: Annotated[list[ToldPerson], Meta(max_length=50_000)] = field(default_factory=list)


class Exported(Body):
    """When, by whom, and what follows from that."""

    at: Instant
    by: Line
    scope: Text
    """What the document holds: what this member may see, and no more."""


def observed(parts: Parts, keys: Keys) -> Written:
    """What is told and not imported."""
    return {
        "status": parts.journey["status"],
        "owner": parts.names.get(parts.journey["owner_id"], ""),
        "ratings": list(_ratings(parts, keys)),
        "supports": _counts(parts["supports"], "id", keys),
        "votes": _counts(parts["votes"], "subject_id", keys),
        "people": list(_people(parts, keys)),
    }


def _counts(rows: Any, column: str, keys: Keys) -> list[Written]:
    return [
        {"about": keys.ref(row[column]), "group": row["group"], "n": row["n"]}
        for row in rows
        if row[column] in keys
    ]


def _ratings(parts: Parts, keys: Keys) -> Iterator[Written]:
    tallied = {row["touchpoint_id"]: row["tallies"] for row in parts["ratings"]}
    for row in parts["touchpoints"]:
        if row["id"] in tallied:
            yield ratings(tallied[row["id"]], keys.own(row["id"]), parts.names_leaders)


def ratings(tallied: Any, touchpoint: str | None, names_leaders: bool) -> Written:
    """What may be shown of a touchpoint's ratings."""
    found = aggregate(group_tallies(tallied), leaders_from=leaders_shown_from(names_leaders))
    groups, _, _ = told(found)
    return {
        "touchpoint": touchpoint,
        "n": found.n,
        "groups": [
            {
                "group": one.group,
                "n": one.n,
                "too_few": one.too_few,
                "axes": [{"axis": x.axis, "mean": x.mean, "n": x.n} for x in one.axes],
            }
            for one in groups
        ],
    }


def _people(parts: Parts, keys: Keys) -> Iterator[Written]:
    for name, part, column in BEHIND:
        for row in parts[name]:
            yield from _person(keys, row["id"], part, row[column])
    for row in parts["actions"]:
        yield from _person(keys, row["id"], "waived", row["waived_by_name"], row["waiver_reason"])
    for row in parts["outcomes"]:
        yield from _judges(keys, row)


def _judges(keys: Keys, row: Row) -> Iterator[Written]:
    action_id, judged = row["action_id"], row["status"]
    yield from _person(keys, action_id, "recorded", row["recorded_by_name"])
    if judged != OutcomeStatus.RECORDED:
        yield from _person(keys, action_id, judged, row["judged_by_name"], row["judgment_note"])


def _person(
    keys: Keys, one: UUID, part: str, name: str | None, note: str = ""
) -> Iterator[Written]:
    if name and one in keys:
        yield {"about": keys.ref(one), "part": part, "name": name, "note": note}
