"""What a list of findings can be narrowed to, over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from api.schemas.pages import Paging
from domain.results import FindingKind, FindingStatus, Side
from domain.words import ContactContext

Filters = NamedDependency[SkipValidation[dict[str, Any]]]

Only = Annotated[UUID | None, QueryParameter()]
Department = Annotated[
    UUID | None,
    QueryParameter(
        description="That supplies the information, has the obstacle or created the expectation."
    ),
]
Statuses = Annotated[
    list[FindingStatus] | None,
    QueryParameter(description="Without it all but those merged into another."),
]
Severe = Annotated[
    int | None, QueryParameter(ge=1, le=5, description="Pain points of this severity or more.")
]
Met = Annotated[
    bool | None, QueryParameter(description="Only requirements and promises that are met, or not.")
]


async def provide_filters(  # noqa: PLR0913  one parameter per filter
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    journey: Only = None,
    touchpoint: Only = None,
    stage: Only = None,
    kind: Annotated[list[FindingKind] | None, QueryParameter()] = None,
    status: Statuses = None,
    side: Annotated[list[Side] | None, QueryParameter()] = None,
    department: Department = None,
    author: Only = None,
    severity_min: Severe = None,
    met: Met = None,
    contact_context: Annotated[list[ContactContext] | None, QueryParameter()] = None,
) -> dict[str, Any]:
    """What a list of findings is narrowed to; filters that repeat mean any of."""
    place = {"journey": journey, "touchpoint": touchpoint, "stage": stage}
    about = {"kind": kind, "side": side, "contact_context": contact_context}
    who = {"department": department, "author": author}
    state = {"status": status, "severity_min": severity_min, "met": met}
    return place | about | who | state
