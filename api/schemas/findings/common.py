"""Common problems on the wire."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas.base import Count, Reply, present
from domain.database import Row
from domain.queries.findings.common import CommonBy
from domain.results import FindingKind
from domain.rules.common import MODEL, MODEL_VERSION, alike, explained, ranked

Rank = Annotated[int, Meta(ge=1, le=100_000)]


class CommonExample(Reply):
    """One of the problems of a group."""

    finding_id: UUID
    journey_id: UUID
    touchpoint_id: UUID
    text: str


class CommonGroup(Reply):
    """Open problems of one kind; `detail` is the kind of pain, of fault, or of experience.

    By department that is whose it is, or who is responsible for the touchpoint; by channel, the one
    customers use there. The examples have the most votes. Groups as common share a rank.
    """

    rank: Rank
    tied: bool
    kind: FindingKind
    detail: str | None
    department_id: UUID | None
    channel_id: UUID | None
    findings: Count
    touchpoints: Count
    journeys: Count
    votes: Count
    worst_severity: Annotated[int, Meta(ge=1, le=5)] | None
    explanation: str
    examples: list[CommonExample]


class CommonWording(Reply):
    """Findings that say nearly the same, perhaps on other maps; `text` is the first of them."""

    text: str
    finding_ids: list[UUID]


class CommonProblems(Reply):
    """What goes wrong most, on the maps that you may read: the most common first.

    Most common is what the most touchpoints have; then what the most journeys have; then what has
    the most votes. `alike` compares the wording of the hundred with the most votes.
    """

    model: str
    model_version: Count
    by: CommonBy
    groups: list[CommonGroup]
    alike: list[CommonWording]


_EXAMPLES = msgspec.json.Decoder(list[CommonExample])


def common_problems(by: CommonBy, rows: Sequence[Row], texts: Mapping[UUID, str]) -> CommonProblems:
    """The reply, from the groups and the wordings that were found."""
    wordings = [CommonWording(text=texts[ids[0]], finding_ids=ids) for ids in alike(texts)]
    return CommonProblems(
        model=MODEL,
        model_version=MODEL_VERSION,
        by=by,
        groups=[
            present(
                CommonGroup,
                placed.row,
                rank=placed.rank,
                tied=placed.tied,
                department_id=_shared(by, CommonBy.DEPARTMENT, placed.row),
                channel_id=_shared(by, CommonBy.CHANNEL, placed.row),
                explanation=explained(placed.row),
                examples=_EXAMPLES.decode(placed.row["examples"]),
            )
            for placed in ranked([dict(row.items()) for row in rows])
        ],
        alike=wordings,
    )


def _shared(by: CommonBy, wanted: CommonBy, row: Mapping[str, UUID | None]) -> UUID | None:
    return row["shared_id"] if by is wanted else None
