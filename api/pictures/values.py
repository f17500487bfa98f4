"""What pictures are drawn from: names and figures as everybody may see them who reads the map."""

from msgspec import Struct

from domain.roles import Group


class Head(Struct):
    """What stands above a picture: short `facts`, and `state`, which says of when it is."""

    title: str
    facts: list[str]
    state: str
    attribution: str


class MomentMark(Struct):
    """The moment of a touchpoint. `accountable` is empty where nobody is."""

    status: str
    rank: int | None
    tied: bool
    score: float | None
    accountable: str
    accepted: bool
    missing: list[str]


class StageHead(Struct):
    name: str
    goal: str


class Contact(Struct):
    """A touchpoint; `stage` is the place of its stage."""

    name: str
    stage: int
    channels: list[str]
    optional: bool
    moment: MomentMark | None


class LaneRow(Struct):
    """A lane; `of_stages` and `of_contacts` answer it, in their order, empty where nothing does."""

    question: str
    of_stages: list[str]
    of_contacts: list[str]


class Curve(Struct):
    """What somebody feels at each touchpoint, -2 to 2; None where nothing is recorded."""

    name: str
    values: list[float | None]
    labels: list[str]


class Dot(Struct):
    """A group at a touchpoint: `mean` is None where there are too few to show."""

    group: Group
    mean: float | None
    n: int


class GroupLine(Struct):
    """What a group says of each touchpoint; None where it has nothing to show."""

    group: Group
    dots: list[Dot | None]


class MapValues(Struct):
    """A journey map; `rated` has the groups that say how strongly touchpoints move customers."""

    head: Head
    stages: list[StageHead]
    contacts: list[Contact]
    lanes: list[LaneRow]
    curves: list[Curve]
    rated: list[GroupLine]


class GapRow(Struct):
    """A touchpoint on the axis where the groups are furthest apart."""

    name: str
    axis: str
    difference: float | None
    flagged: bool
    dots: list[Dot]


class GapValues(Struct):
    head: Head
    rows: list[GapRow]


class HeatRow(Struct):
    """A department and group; per stage how many voices and how many unanswered asks.

    `asked` counts asks; where there are asks and no voice, somebody was silent.
    """

    name: str
    asked: list[int]
    voices: list[int]


class HeatValues(Struct):
    """The last column is what was said about the journey as a whole."""

    head: Head
    stages: list[str]
    rows: list[HeatRow]


class RankRow(Struct):
    name: str
    rank: int | None
    tied: bool
    score: float | None
    n: int
    accountable: str


class RankValues(Struct):
    """Moments by a score between `low` and `high`."""

    head: Head
    measure: str
    low: float
    high: float
    rows: list[RankRow]


class MatrixPoint(Struct):
    """An opportunity; `value` and `effort` from 1 to 5."""

    title: str
    value: float
    effort: float
    quadrant: str
    rank: int | None
    status: str


class MatrixValues(Struct):
    """From `high_from` on value and effort are high; `unplaced` are titles."""

    head: Head
    high_from: int
    points: list[MatrixPoint]
    unplaced: list[str]


class BoardMoment(Struct):
    """A moment on a board pack; `missing` says what it lacks."""

    name: str
    place: str
    score: str
    accountable: str
    missing: list[str]


class BoardLate(Struct):
    title: str
    owner: str
    due: str


class BoardMoved(Struct):
    """An action, and what moved after it: a sentence that claims no cause."""

    title: str
    moved: str


class BoardValues(Struct):
    """What a board reads of a journey on one page; `more_...` counts what is left out."""

    head: Head
    about: str
    moments: list[BoardMoment]
    more_moments: int
    gaps: list[GapRow]
    more_gaps: int
    gap_counts: list[str]
    late: list[BoardLate]
    more_late: int
    moved: list[BoardMoved]
    more_moved: int
    participation: list[str]
