"""Jobs on the wire."""

from typing import Any, ClassVar
from uuid import UUID

import msgspec

from api.problems.document import Problem, ProblemError
from api.problems.table import Answer
from api.schemas.base import Body, Count, Instant, Reply, present
from domain.database import Row
from domain.queries.page import Page
from domain.results import ExportFormat, ExportTable, JobKind, JobStatus
from domain.roles import Scope


class ExportRequest(Body):
    """What to take along, as exportJourney would."""

    journey_id: UUID
    format: ExportFormat = ExportFormat.JSON
    table: ExportTable = ExportTable.TOUCHPOINTS
    bom: bool = False


class ImportRequest(Body):
    """How a document is to be imported."""

    dry_run: bool = False


class AskedImport(msgspec.Struct):
    """What is kept of an import that was asked for: also what it was asked with may be used for."""

    dry_run: bool = False
    scopes: list[Scope] | None = None


class DocumentImport(ImportRequest, kw_only=True):
    """A document of journeymap/1, of 50,000 objects at most, and how it is to be imported."""

    document: dict[str, Any]


class Glimpse(msgspec.Struct):
    """Of a document only whose it is; the rest is passed over, and read by the worker."""

    journey: msgspec.Raw = msgspec.Raw(b"{}")

    def key(self) -> str:
        """The key of the journey; empty where there is none to be read."""
        try:
            return msgspec.json.decode(self.journey, type=_Keyed).key
        except msgspec.ValidationError:
            return ""


class _Keyed(msgspec.Struct):
    key: str = ""


class GlimpsedImport(ImportRequest, kw_only=True):
    """A DocumentImport whose document is not built: millions of small values take a gigabyte."""

    document: Glimpse


class JobResult(Reply):
    """A file to be fetched from `/v1/jobs/{id}/result`, as long as the job is kept."""

    name: str
    media_type: str
    size: Count
    """In bytes."""


class Job(Reply):
    """Long work that you asked for. `done` of `total` steps tell how far it is.

    `problem` says why it failed, as a refused request would have. `journey_id` is the journey that
    is exported, or that an import made or changed.
    """

    example: ClassVar = {"kind": "export", "status": "done", "done": 8, "total": 8,
                         "problem": None, "finished_at": "2026-11-16T14:05:00Z"}  # fmt: skip

    id: UUID
    kind: JobKind
    status: JobStatus
    done: Count
    total: Count
    journey_id: UUID | None
    problem: Problem | None
    result: JobResult | None
    created_at: Instant
    started_at: Instant | None
    finished_at: Instant | None
    expires_at: Instant | None
    """A day after it has ended the job is forgotten, and its result with it."""


class JobPage(Reply):
    """Your jobs, newest first."""

    items: list[Job]
    next_cursor: str | None


def job(row: Row) -> Job:
    """A job as its member sees it."""
    said = row["problem"]
    return present(
        Job,
        row,
        problem=msgspec.json.decode(said, type=Problem) if said else None,
        result=_result(row) if row["result_key"] is not None else None,
    )


def _result(row: Row) -> JobResult:
    return JobResult(
        name=row["result_name"], media_type=row["result_type"], size=row["result_size"]
    )


def job_page(page: Page) -> JobPage:
    """A page of jobs."""
    return JobPage(items=[job(row) for row in page.rows], next_cursor=page.next_cursor)


def problem_text(said: Answer, job_id: UUID) -> str:
    """Why a job failed, as a refused request would have said it."""
    errors = [
        ProblemError(detail=e.detail, code=e.code, pointer=e.pointer, parameter=e.parameter)
        for e in said.errors
    ]
    made = Problem(
        type=f"/problems/{said.code}",
        title=said.title,
        status=said.status,
        detail=said.detail,
        instance=f"/v1/jobs/{job_id}",
        code=said.code,
        request_id=str(job_id),
        errors=errors,
    )
    return msgspec.json.encode(made).decode()
