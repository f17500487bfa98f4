"""Threads like what is about to be said, on the wire."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta
from msgspec.structs import asdict

from api.schemas.base import Reply
from api.schemas.voices.annotations import Annotation, annotation
from domain.actor import Actor
from domain.database import Row


class SimilarAnnotation(Annotation):
    """A thread, and how alike it is: 1 says it with the same words."""

    similarity: Annotated[float, Meta(ge=0, le=1)]


class SimilarAnnotations(Reply):
    """Threads that say it already: the nearest first, five at the most."""

    items: list[SimilarAnnotation]


def similar_annotations(found: Sequence[tuple[Row, float]], actor: Actor) -> SimilarAnnotations:
    """What is alike, as this reader sees it."""
    return SimilarAnnotations(
        items=[
            SimilarAnnotation(**asdict(annotation(row, actor)), similarity=similarity)
            for row, similarity in found
        ]
    )
