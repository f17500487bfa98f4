"""Searching over HTTP."""

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.schemas.pages import Paging
from api.schemas.records.search import SearchKind, SearchPage, search_page
from domain.queries.records import search
from domain.results import ActionStatus, FindingStatus, OpportunityStatus
from domain.roles import Group, May
from domain.words import AnnotationKind, AnnotationStatus, JourneyStatus, MomentStatus

SearchStatus = StrEnum(  # type: ignore[misc]
    "SearchStatus",
    {
        one.name: one.value
        for words in (
            AnnotationStatus,
            MomentStatus,
            JourneyStatus,
            FindingStatus,
            OpportunityStatus,
            ActionStatus,
        )
        for one in words
    },
)
Filters = NamedDependency[SkipValidation[dict[str, Any]]]


Statuses = Annotated[
    list[SearchStatus] | None,
    QueryParameter(
        description="Of what has a status, and that alone. Without it, annotations that are open or"
        " resolved, and everything else whatever its status."
    ),
]
Groups = Annotated[
    list[Group] | None,
    QueryParameter(description="Annotations alone: where the author stood when writing."),
]
Department = Annotated[
    UUID | None,
    QueryParameter(
        description="The author's, the journey's, the action's, named by the finding, or"
        " responsible at the touchpoint."
    ),
]


async def provide_filters(
    kind: Annotated[list[SearchKind] | None, QueryParameter()] = None,
    annotation_kind: Annotated[
        list[AnnotationKind] | None, QueryParameter(description="Annotations alone, of these.")
    ] = None,
    journey: Annotated[UUID | None, QueryParameter(description="Only there.")] = None,
    group: Groups = None,
    status: Statuses = None,
    department: Department = None,
) -> dict[str, Any]:
    """What a search is narrowed to; filters that repeat mean any of."""
    return {
        "kind": kind,
        "annotation_kind": annotation_kind,
        "journey": journey,
        "group": group,
        "status": status,
        "department": department,
    }


class SearchController(Controller):
    """Finding what was said and drawn, in any language, as far as you may see it."""

    @get(
        "/search",
        may=May.READ_JOURNEY,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def search(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        filters: Filters,
        q: Annotated[
            str,
            QueryParameter(
                max_length=200,
                description='Words, each of which may go on; "phrases"; -exclusions.',
            ),
        ],
    ) -> SearchPage:
        """Find journeys, touchpoints, moments, personas, annotations, findings, opportunities,
        actions and evidence with all of the words.

        A text says all of the words, or it is not found; of a thread every reply is a text too.
        Where nothing does, words that differ by a letter or two are tried.
        """
        return search_page(await search.search(tx, actor, q, filters, page))
