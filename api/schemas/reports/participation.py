"""Who was asked and who has spoken, on the wire."""

from uuid import UUID

from msgspec.json import Decoder

from api.schemas.base import Count, Reply
from domain.database import Row
from domain.roles import Group


class ParticipationCounts(Reply):
    """How many asks, how many of them seen, and what became of them; and how many voices.

    `answered` counts whoever has annotated or rated there since. An ask that is neither answered
    nor abstained from nor closed in silence is still waited for. `voices` are annotations that you
    see, and ratings.
    """

    asked: Count
    seen: Count
    answered: Count
    abstained: Count
    no_answer: Count
    voices: Count


class ParticipationRow(ParticipationCounts):
    """A department, a group and a stage where somebody was asked or has spoken.

    Department and group are where the member stood when asked or when annotating, and for ratings
    where they stand now. A null `stage_id` is what was said about the journey as a whole; an ask
    about the whole journey counts in each stage.
    """

    department_id: UUID | None
    group: Group
    stage_id: UUID | None


class Participation(Reply):
    """Silence as data. `totals` counts each ask once, however many stages it is about.

    Rows are in the order of the map. A row without a voice says who has not spoken.
    """

    journey_id: UUID
    totals: ParticipationCounts
    rows: list[ParticipationRow]


_ROWS, _TOTALS = Decoder(list[ParticipationRow]), Decoder(ParticipationCounts)


def participation(row: Row) -> Participation:
    """The reply, from a row of domain.queries.reports.participation."""
    return Participation(
        journey_id=row["id"], totals=_TOTALS.decode(row["totals"]), rows=_ROWS.decode(row["rows"])
    )
