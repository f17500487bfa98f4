"""From a map and what followed from it to the values of a board pack."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from api.pictures.values import (
    BoardLate,
    BoardMoment,
    BoardMoved,
    BoardValues,
    RankRow,
)
from api.schemas.maps.map import JourneyMap
from api.schemas.reports.participation import Participation
from api.schemas.reports.picture_figures import gap_values, rank_values
from api.schemas.reports.pictures import LACKS, NAMELESS, Names, head
from domain.database import Row
from domain.queries.reports.board import Followed
from domain.roles import Group
from domain.rules.missing import Missing, counted

MOMENTS, GAPS, FOLLOWED = 6, 3, 5
"""How many of each a page has room for; the rest are counted."""
LONGEST_ABOUT = 420


def board_values(
    told: JourneyMap, spoken: Participation, found: Followed, names: Names, today: date
) -> BoardValues:
    """What a board reads of a journey."""
    ranked = rank_values(told, names, today).rows
    gaps = [row for row in gap_values(told, names, today).rows if row.difference is not None]
    return BoardValues(
        head=head(told, names, today),
        about=_about(told),
        moments=_moments(told, ranked),
        more_moments=max(len(ranked) - MOMENTS, 0),
        gaps=gaps[:GAPS],
        more_gaps=sum(row.flagged for row in gaps[GAPS:]),
        gap_counts=list(_missing(told)),
        late=[_late(row, names, today) for row in found.overdue],
        more_late=_more(found.overdue),
        moved=[BoardMoved(row["title"], _sentence(row)) for row in found.moved],
        more_moved=_more(found.moved),
        participation=list(_spoken(spoken)),
    )


def ids_in(found: Followed) -> Iterator[UUID]:
    """Whoever is named beside the map."""
    return (row["owner_id"] for row in found.overdue)


def _about(told: JourneyMap) -> str:
    """What the journey is for, or else what it is; a long text ends in an ellipsis."""
    text = " ".join((told.journey.objective or told.journey.description).split())
    if len(text) <= LONGEST_ABOUT:
        return text
    return text[:LONGEST_ABOUT].rsplit(" ", 1)[0] + " …"


def _moments(told: JourneyMap, ranked: Sequence[RankRow]) -> list[BoardMoment]:
    """In the order of the ranking: equal ones in map order, as there."""
    moments = [one.moment for one in told.touchpoints if one.moment]
    moments.sort(key=lambda moment: (moment.rank is None, moment.rank or 0))
    both = list(zip(ranked, moments, strict=True))
    return [_moment(row, [LACKS[gap] for gap in moment.missing]) for row, moment in both[:MOMENTS]]


def _moment(row: RankRow, missing: list[str]) -> BoardMoment:
    place = "not ranked" if row.rank is None else f"{row.rank}" + (" shared" if row.tied else "")
    score = "none yet" if row.score is None else f"{row.score:.2f} of 5 (n={row.n})"
    return BoardMoment(row.name, place, score, row.accountable, missing)


def _missing(told: JourneyMap) -> Iterator[str]:
    """How many moments lack what, and how many touchpoints have no department."""
    moments = [one.moment for one in told.touchpoints if one.moment]
    lacking = Counter(gap for moment in moments for gap in moment.missing)
    for gap in Missing:
        if lacking[gap]:
            of = counted(len(moments), "moment lacks", "moments lack")
            yield f"{lacking[gap]} of {of} {LACKS[gap]}."
    bare = sum(one.responsible_department_id is None for one in told.touchpoints)
    if bare:
        of = counted(len(told.touchpoints), "touchpoint has", "touchpoints have")
        yield f"{bare} of {of} no responsible department."
    unrated = sum(one.ratings is None for one in told.touchpoints)
    if unrated:
        of = counted(len(told.touchpoints), "touchpoint is", "touchpoints are")
        yield f"{unrated} of {of} rated by nobody."


def _late(row: Row, names: Names, today: date) -> BoardLate:
    days = counted((today - row["due_on"]).days, "day", "days")
    owner = names.get(row["owner_id"]) or NAMELESS
    return BoardLate(row["title"], owner, f"due {_day(row['due_on'])}, {days} ago")


def _more(rows: Sequence[Row]) -> int:
    return rows[0]["total"] - len(rows) if rows else 0


def _sentence(row: Row) -> str:
    before, after = (
        f"{_figure(row[name])}{_unit(row['unit'])} ({_day(row[f'{name}_from'])} to "
        f"{_day(row[f'{name}_to'])}{_n(row[f'{name}_n'])})"
        for name in ("baseline", "actual")
    )
    return f"{row['measure']} moved after it from {before} to {after}."


def _figure(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _unit(unit: str) -> str:
    return f" {unit}" if unit else ""


def _n(n: int | None) -> str:
    return ", n unknown" if n is None else f", n={n}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _spoken(found: Participation) -> Iterator[str]:
    """A line for each group that was asked or has spoken; asks are counted once in the totals."""
    total = found.totals
    if total.asked:
        yield (
            f"{counted(total.asked, 'ask', 'asks')} for input: {total.answered} answered, "
            f"{total.abstained} abstained, {total.no_answer} closed in silence."
        )
    for group in Group:
        rows = [row for row in found.rows if row.group is group]
        silent = {row.department_id for row in rows if row.asked and not row.voices}
        places = counted(len(silent), "department", "departments")
        if rows:
            voices = counted(sum(row.voices for row in rows), "voice", "voices")
            yield f"{group.says}: {voices}" + (f"; asked and silent: {places}" if silent else "")
