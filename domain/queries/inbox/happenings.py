"""What is known around entries: what they said, and the threads in which they happened."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Integer,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
    true,
    union_all,
)

from domain.database import Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.records.ledger import Revision
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.models.voices.supports import Support
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.seeing import AUTHOR, REPLIER

Content = Mapping[str, Any]

_IDS = bindparam("ids", type_=ARRAY(Uuid()))
_NUMBERS: Any = func.unnest(_IDS, bindparam("numbers", type_=ARRAY(BigInteger())))
_VERSIONS: Any = (
    func.unnest(_IDS, bindparam("versions", type_=ARRAY(Integer())))
    .table_valued("id", "version")
    .render_derived(name="wanted")
)
_CONTENTS = hot(
    select(Revision.subject_id, Revision.version, Revision.content).join(
        _VERSIONS,
        (Revision.organization_id == ORGANIZATION)
        & (Revision.subject_id == _VERSIONS.c.id)
        & (Revision.version == _VERSIONS.c.version),
    )
)
_THEN: Any = _NUMBERS.table_valued("id", "revision").render_derived(name="wanted")
_LAST = (
    select(Revision.content)
    .where(
        Revision.organization_id == ORGANIZATION,
        Revision.subject_id == _THEN.c.id,
        Revision.revision <= _THEN.c.revision,
    )
    .order_by(Revision.version.desc())
    .limit(literal_column("1"))
    .lateral("last")
)
_AS_OF = hot(
    select(_THEN.c.id, _THEN.c.revision, _LAST.c.content).select_from(_THEN.join(_LAST, true()))
)
_ANNOTATIONS = hot(
    select(
        Annotation.id,
        AUTHOR.label("author_id"),
        Annotation.withdrawn_at.is_(None).label("stands"),
        Annotation.hidden_at.is_(None).label("shown"),
    ).where(Annotation.organization_id == ORGANIZATION, Annotation.id == _IDS.any_())
)
_REPLIES = hot(
    select(
        Reply.id,
        REPLIER.label("author_id"),
        Reply.annotation_id,
        Reply.withdrawn_at.is_(None).label("stands"),
        Reply.hidden_at.is_(None).label("shown"),
    ).where(Reply.organization_id == ORGANIZATION, Reply.id == _IDS.any_())
)


def _since(model: Any, version: Any) -> Any:
    return (
        (Revision.organization_id == ORGANIZATION)
        & (Revision.subject_id == model.id)
        & (Revision.version == version)
    )


# Since when: the revision in which they replied, or last gave their support.
_TOOK_PART = hot(
    union_all(
        select(
            Reply.annotation_id,
            REPLIER.label("member_id"),
            Revision.revision,
            literal_column("'reply'").label("how"),
        )
        .join(Revision, _since(Reply, literal_column("1")))
        .where(
            Reply.organization_id == ORGANIZATION,
            Reply.annotation_id == _IDS.any_(),
            Reply.withdrawn_at.is_(None),
        ),
        select(
            Support.annotation_id,
            Support.member_id,
            Revision.revision,
            literal_column("'support'").label("how"),
        )
        .join(Revision, _since(Support, Support.version))
        .where(
            Support.organization_id == ORGANIZATION,
            Support.annotation_id == _IDS.any_(),
            Support.removed_at.is_(None),
        ),
    )
)
_HEADS = hot(
    select(Department.id, Department.head_member_id).where(
        Department.organization_id == ORGANIZATION, Department.id == _IDS.any_()
    )
)


async def contents(
    tx: Transaction, wanted: Iterable[tuple[UUID, int]]
) -> dict[tuple[UUID, int], Content]:
    """What subjects were at these versions; nothing of what an erasure has emptied."""
    ids, versions = _columns(wanted)
    given = {"organization_id": tx.organization_id, "ids": ids, "versions": versions}
    rows = await tx.rows(_CONTENTS, **given)
    return {
        (row["subject_id"], row["version"]): json.loads(row["content"])
        for row in rows
        if row["content"] is not None
    }


async def as_of(
    tx: Transaction, wanted: Iterable[tuple[UUID, int]]
) -> dict[tuple[UUID, int], Content]:
    """What subjects were when their stream had reached these revisions."""
    ids, numbers = _columns(wanted)
    given = {"organization_id": tx.organization_id, "ids": ids, "numbers": numbers}
    rows = await tx.rows(_AS_OF, **given)
    return {(row["id"], row["revision"]): json.loads(row["content"] or "{}") for row in rows}


async def annotations_now(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, Row]:
    """Who wrote annotations, and whether they still stand and are shown."""
    return await _by_id(tx, _ANNOTATIONS, ids)


async def replies_now(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, Row]:
    """The same of replies, with the annotation they are under."""
    return await _by_id(tx, _REPLIES, ids)


async def took_part(tx: Transaction, annotation_ids: Iterable[UUID]) -> Sequence[Row]:
    """Who replied in threads and who supports them, each with the revision since when."""
    ids = list(annotation_ids)
    return await tx.rows(_TOOK_PART, organization_id=tx.organization_id, ids=ids)


async def heads_of(tx: Transaction, department_ids: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """Who heads departments."""
    found = await _by_id(tx, _HEADS, department_ids)
    return {one: row["head_member_id"] for one, row in found.items()}


async def _by_id(tx: Transaction, statement: Any, ids: Iterable[UUID]) -> dict[UUID, Row]:
    rows = await tx.rows(statement, organization_id=tx.organization_id, ids=list(ids))
    return {row["id"]: row for row in rows}


def _columns(wanted: Iterable[tuple[UUID, int]]) -> tuple[list[UUID], list[int]]:
    pairs = list(wanted)
    return [one for one, _ in pairs], [number for _, number in pairs]
