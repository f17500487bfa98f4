"""What becomes of a thread, on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body
from domain.talk import WorkStatus
from domain.words import Resolution

Reason = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]


class ThreadResolve(Body):
    """How a thread ends, and why. `wont_do` needs a note, `duplicate` the thread that goes on.

    That thread is of the same journey, no duplicate itself, and for everybody who reads this one.
    """

    resolution: Resolution
    note: Annotated[str, Meta(max_length=2_000)] = ""
    duplicate_of_id: UUID | None = None


class ThreadAssign(Body):
    """Who looks after a thread from now on, null for nobody, and until when."""

    member_id: UUID | None
    due_on: date | None = None


class ThreadProgress(Body):
    """How far the work on a thread is."""

    work_status: WorkStatus


class AnnotationHide(Body):
    """Why an annotation is hidden; its author and those who moderate read it."""

    reason: Reason
