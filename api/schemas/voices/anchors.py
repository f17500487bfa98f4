"""What annotations are about, on the wire."""

from uuid import UUID

from api.schemas.base import Body, Reply
from domain.database import Row
from domain.words import SubjectKind


class AnnotationReanchor(Body):
    """What an annotation is to be about from now on."""

    subject_id: UUID


class Anchor(Reply):
    """What an annotation is about: its kind, its name, and the names on the way to it on the map.

    Once it was removed: as it was then. The name of a cell is how its text begins.
    """

    kind: SubjectKind
    name: str
    path: list[str]


def anchor(row: Row) -> Anchor:
    """What an annotation is about, from a row of domain.queries.voices.anchors."""
    kind, name, path = (row[f"anchor_{part}"] for part in ("kind", "name", "path"))
    return Anchor(kind=SubjectKind(kind), name=name, path=path)
