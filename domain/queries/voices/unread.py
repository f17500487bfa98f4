"""Which threads hold something their reader has not read: what others wrote since.

A member has read a thread up to their visit to it, or without one up to their visit to its journey;
besides up to their own last word, and all that was there when they joined. Withdrawn and hidden
words are nobody's to read. Threads are looked for among what is newer than the visit to the
journey: ids grow with time, so the index leads there, past everything that was read long ago.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Subquery,
    Uuid,
    and_,
    any_,
    case,
    cast,
    extract,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased

from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.records.visits import Visit
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.queries.readers import ME, MY_DEPARTMENTS, MY_GROUP, ORGANIZATION

Within = Callable[[Any], ColumnElement[bool]]

_JOINED = (
    select(Member.created_at)
    .where(Member.organization_id == ORGANIZATION, Member.id == ME)
    .scalar_subquery()
)
# The clocks of two processes differ a little, and an id may be older than its row says.
_SLACK: ColumnElement[Any] = literal_column("interval '1 minute'")
# Nobody counts further; and as a constant it lets the plan go along the index from its end.
_MOST: ColumnElement[int] = literal_column("10000")
_FRESH = aliased(Annotation, name="fresh")


def _by_me(said: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = func.coalesce(said.author_id, said.hidden_author_id) == ME
    return func.coalesce(found, literal_column("false"))


def _to_read(said: Any) -> ColumnElement[bool]:
    """Whether these are words of somebody else that are there to be read."""
    return and_(~_by_me(said), said.hidden_at.is_(None), said.withdrawn_at.is_(None))


def _mentions_me(said: Any) -> ColumnElement[bool]:
    return or_(
        ME == any_(said.mentioned_member_ids),
        said.mentioned_department_ids.op("&&")(MY_DEPARTMENTS),
        MY_GROUP == any_(said.mentioned_groups),
    )


def _visited(subject_id: Any) -> ColumnElement[Any]:
    """When the reader looked at something last."""
    return (
        select(Visit.seen_at)
        .where(
            Visit.organization_id == ORGANIZATION,
            Visit.member_id == ME,
            Visit.subject_id == subject_id,
        )
        .scalar_subquery()
    )


def _first_id(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    """The lowest id that anything made at a moment can have."""
    seconds = extract("epoch", moment - _SLACK)
    milliseconds = cast(func.floor(seconds * literal_column("1000")), BigInteger)
    digits = func.lpad(func.to_hex(milliseconds), literal_column("12"), literal_column("'0'"))
    return cast(digits.concat(literal_column("repeat('0', 20)")), Uuid)


def _read_journeys(within: Within) -> Subquery:
    """Rows (id, up_to, first_id): up to when journeys have been read, and the first id since."""
    up_to = func.greatest(_JOINED, Visit.seen_at)
    visit = and_(
        Visit.organization_id == ORGANIZATION, Visit.member_id == ME, Visit.subject_id == Journey.id
    )
    return (
        select(Journey.id, up_to.label("up_to"), _first_id(up_to).label("first_id"))
        .outerjoin(Visit, visit)
        .where(Journey.organization_id == ORGANIZATION, within(Journey.id))
        .subquery("read_journeys")
    )


def _news(read: Subquery, thread_id: Any, said: Any) -> Select[Any]:
    """Ids of threads in which this was said since the journey was read."""
    newest = (
        select(thread_id.label("id"))
        .where(
            said.organization_id == ORGANIZATION,
            said.journey_id == read.c.id,
            said.id >= read.c.first_id,
            said.created_at > read.c.up_to,
            _to_read(said),
        )
        .order_by(said.id.desc())
        .limit(_MOST)
        .lateral("newest")
    )
    return select(newest.c.id).select_from(read).join(newest, true())


def candidates(within: Within) -> CompoundSelect[Any]:
    """Ids of the threads that may be unread: with news, or with a visit before their journey's.

    Of each journey only the newest ten thousand annotations and replies are looked at.
    """
    read = _read_journeys(within)
    kept = (
        select(_FRESH.id.label("id"))
        .select_from(Visit)
        .join(_FRESH, (_FRESH.organization_id == ORGANIZATION) & (_FRESH.id == Visit.subject_id))
        .join(read, (read.c.id == _FRESH.journey_id) & (Visit.seen_at < read.c.up_to))
        .where(Visit.organization_id == ORGANIZATION, Visit.member_id == ME)
    )
    return union(_news(read, _FRESH.id, _FRESH), _news(read, Reply.annotation_id, Reply), kept)


def looked_up(found: Subquery, *which: ColumnElement[bool]) -> FromClause:
    """The annotations with the ids in `found`, one after the other; beside a journey, if joined.

    Were they simply joined, the plan would read all there are to find these few.
    """
    one: ColumnElement[int] = literal_column("1")
    return (
        select(*Annotation.__table__.c)
        .where(Annotation.organization_id == ORGANIZATION, Annotation.id == found.c.id, *which)
        .limit(one)
        .correlate(found, Journey)
        .lateral("thread")
    )


def words_in(told: Any) -> FromClause:
    """One row beside an annotation: when others spoke last in its thread, I did, I was mentioned.

    `told` holds columns of annotations.
    """
    last = func.max(Reply.created_at)
    to_read = _to_read(Reply)
    return (
        select(
            last.filter(to_read).label("theirs"),
            last.filter(_by_me(Reply)).label("mine"),
            last.filter(to_read, _mentions_me(Reply)).label("mention"),
        )
        .where(Reply.organization_id == ORGANIZATION, Reply.annotation_id == told.id)
        .lateral("words")
    )


def read_up_to(journey_id: Any) -> ColumnElement[Any]:
    """Up to when the reader has read a journey, where no visit to a thread says otherwise."""
    return func.greatest(_JOINED, _visited(journey_id))


def last_of_others(told: Any, words: FromClause) -> ColumnElement[Any]:
    """When somebody else spoke last in a thread; null when nobody did."""
    return func.greatest(words.c.theirs, case((_to_read(told), told.created_at)))


def _up_to(told: Any, words: FromClause) -> ColumnElement[Any]:
    visited = func.coalesce(_visited(told.id), _visited(told.journey_id))
    own = case((_by_me(told), told.created_at))
    return func.greatest(_JOINED, visited, words.c.mine, own)


def is_unread(told: Any, words: FromClause, *, mention: bool = False) -> ColumnElement[bool]:
    """Whether a thread is unread; with `mention`, whether what is unread mentions the reader."""
    last = last_of_others(told, words)
    if mention:
        said_here = case((_to_read(told) & _mentions_me(told), told.created_at))
        last = func.greatest(words.c.mention, said_here)
    there = and_(told.hidden_at.is_(None), told.withdrawn_at.is_(None))
    news = last > _up_to(told, words)
    return func.coalesce(and_(there, news), literal_column("false"))


def first_unread(told: Any, words: FromClause) -> ColumnElement[Any]:
    """When the first word was written that the reader has not read in a thread."""
    up_to = _up_to(told, words)
    answer = (
        select(func.min(Reply.created_at))
        .where(
            Reply.organization_id == ORGANIZATION,
            Reply.annotation_id == told.id,
            Reply.created_at > up_to,
            _to_read(Reply),
        )
        .correlate_except(Reply)
        .scalar_subquery()
    )
    return func.least(answer, case((_to_read(told) & (told.created_at > up_to), told.created_at)))


def unread(within: Within) -> ColumnElement[bool]:
    """Whether an annotation's thread is unread, for lists over the journeys that `within` names."""
    found = candidates(within).subquery("candidates")
    thread = looked_up(found)
    words = words_in(thread.c)
    ids = (
        select(thread.c.id)
        .select_from(found)
        .join(thread, true())
        .join(words, true())
        .where(is_unread(thread.c, words))
    )
    return Annotation.id.in_(ids)
