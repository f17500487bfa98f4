"""What a list of annotations can be narrowed to, over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from domain.roles import Group
from domain.words import AnnotationKind, AnnotationStatus

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(  # noqa: PLR0913  one parameter per filter
    journey: Annotated[UUID | None, QueryParameter(description="Only of this journey.")] = None,
    under: Annotated[
        UUID | None,
        QueryParameter(description="Only at this stage or touchpoint, or on anything there."),
    ] = None,
    subject: Annotated[UUID | None, QueryParameter(description="Only on this subject.")] = None,
    kind: Annotated[list[AnnotationKind] | None, QueryParameter()] = None,
    status: Annotated[
        list[AnnotationStatus] | None,
        QueryParameter(description="Without it: open and resolved."),
    ] = None,
    group: Annotated[
        list[Group] | None, QueryParameter(description="Where the author stood when writing.")
    ] = None,
    department: Annotated[UUID | None, QueryParameter()] = None,
    author: Annotated[UUID | None, QueryParameter()] = None,
    assignee: Annotated[UUID | None, QueryParameter()] = None,
) -> dict[str, Any]:
    """What a list of annotations is narrowed to; filters that repeat mean any of."""
    return {
        "journey": journey,
        "under": under,
        "subject": subject,
        "kind": kind,
        "status": status,
        "group": group,
        "department": department,
        "author": author,
        "assignee": assignee,
    }
