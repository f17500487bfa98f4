"""Annotations over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.replies import created, found
from api.schemas.base import without
from api.schemas.pages import Paging
from api.schemas.voices.annotations import (
    Annotation,
    AnnotationNew,
    AnnotationPage,
    annotation,
    annotation_page,
)
from domain.queries.voices import annotations as queries
from domain.roles import Group, May
from domain.services.voices import annotations
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


class AnnotationController(Controller):
    """What members say."""

    tags = ["Voices"]

    @post("/annotations", may=May.ANNOTATE)
    async def annotate(
        self, tx: Db, actor: By, data: JSONBody[AnnotationNew]
    ) -> Response[Annotation]:
        """Say something about a subject of a journey."""
        said = await annotations.write(tx, actor, data.subject_id, without(data, "subject_id"))
        row = await queries.annotation(tx, actor, said.id)
        return created(annotation(row, actor), f"/v1/annotations/{said.id}")

    @get(
        "/annotations",
        may=May.READ_JOURNEY,
        hot=True,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def list_annotations(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> AnnotationPage:
        """List what was said and may be seen, newest first."""
        return annotation_page(await queries.list_annotations(tx, actor, filters, page), actor)

    @get("/annotations/{annotation_id:uuid}", may=May.READ_JOURNEY)
    async def get_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> Response[Annotation]:
        """One annotation with the state of its thread."""
        return found(annotation(await queries.annotation(tx, actor, annotation_id), actor))
