"""What a list of annotations can be narrowed to, over HTTP."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from api.schemas.pages import Paging
from domain.roles import Group
from domain.talk import WorkStatus
from domain.words import AnnotationKind, AnnotationStatus

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


Only = Annotated[UUID | None, QueryParameter()]
Under = Annotated[
    UUID | None,
    QueryParameter(description="Only at this stage or touchpoint, or on anything there."),
]
Statuses = Annotated[
    list[AnnotationStatus] | None, QueryParameter(description="Without it: open and resolved.")
]
Groups = Annotated[
    list[Group] | None, QueryParameter(description="Where the author stood when writing.")
]
InDepartment = Annotated[
    UUID | None, QueryParameter(description="Where the author stood when writing, by its id.")
]
DueBefore = Annotated[date | None, QueryParameter(description="Due before this day.")]
Overdue = Annotated[
    bool | None,
    QueryParameter(description="Only open threads whose due date is past, or only others."),
]
Orphaned = Annotated[
    bool | None,
    QueryParameter(description="Only those whose subject was removed, or only others."),
]
Unread = Annotated[
    bool | None,
    QueryParameter(description="Only threads with words of others that you have not read."),
]
DuplicateOf = Annotated[
    UUID | None, QueryParameter(description="Closed as a duplicate of this thread.")
]


async def provide_filters(  # noqa: PLR0913  one parameter per filter
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    journey: Only = None,
    under: Under = None,
    subject: Only = None,
    kind: Annotated[list[AnnotationKind] | None, QueryParameter()] = None,
    status: Statuses = None,
    group: Groups = None,
    department: InDepartment = None,
    author: Only = None,
    assignee: Only = None,
    work_status: Annotated[list[WorkStatus] | None, QueryParameter()] = None,
    due_before: DueBefore = None,
    overdue: Overdue = None,
    duplicate_of: DuplicateOf = None,
    orphaned: Orphaned = None,
    unread: Unread = None,
) -> dict[str, Any]:
    """What a list of annotations is narrowed to; filters that repeat mean any of."""
    about = {"journey": journey, "under": under, "subject": subject, "kind": kind}
    said_by = {"group": group, "department": department, "author": author}
    work = {"assignee": assignee, "work_status": work_status, "due_before": due_before}
    state = {"status": status, "overdue": overdue, "duplicate_of": duplicate_of}
    return about | said_by | work | state | {"orphaned": orphaned, "unread": unread}
