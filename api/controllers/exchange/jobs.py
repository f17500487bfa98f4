"""Jobs over HTTP."""

import asyncio
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from api.auth.actor import By, Db
from api.auth.tokens import Principal
from api.controllers.exchange.formats import MEDIA_TYPES
from api.files import Files
from api.middleware.strict_request import StrictRequest, decode
from api.schemas.exchange.jobs import (
    AskedImport,
    DocumentImport,
    ExportRequest,
    GlimpsedImport,
    Job,
    JobPage,
    job,
    job_page,
)
from api.schemas.pages import Paging
from domain.database import Row
from domain.errors import Conflict, NotFound
from domain.ids import new_id
from domain.queries.exchange import jobs as queries
from domain.roles import May
from domain.services.exchange import jobs

BODY_LIMIT = 8 * 1_048_576
Asked = Request[Any, Principal, Any]


class JobController(Controller):
    """Long work, done in the background by a worker as the member who asked for it."""

    tags = ["Exchange"]

    @post("/jobs/exports", may=May.READ_JOURNEY, status_code=202, problems=(404,))
    async def request_export(
        self, tx: Db, actor: By, data: JSONBody[ExportRequest]
    ) -> Response[Job]:
        """Ask for an export: what exportJourney gives, made in the background.

        It holds what you may see when it is made. Look at the job until it is `done`, then fetch
        its result; nobody else sees either.
        """
        request = msgspec.json.encode(data).decode()
        return accepted(await jobs.ask_export(tx, actor, data.journey_id, request))

    @post(
        "/jobs/imports",
        may=May.EDIT_JOURNEY,
        status_code=202,
        body=DocumentImport,
        request_max_body_size=BODY_LIMIT,
    )
    async def request_import(self, tx: Db, actor: By, request: StrictRequest) -> Response[Job]:
        """Ask for an import: what importJourney does, in the background, for large documents.

        All of it or nothing, with the rights you have when it is done. What is wrong with the
        document is in `problem` of the job, what came of it in its result.
        """
        body = await request.json_bytes()
        data = await asyncio.to_thread(decode, body, GlimpsedImport)
        await jobs.require_import(tx, actor, data.document.key())
        files: Files = request.app.state.files
        job_id = new_id()
        key = f"{actor.organization_id}/jobs/{job_id}-input"
        scopes = None if actor.scopes is None else sorted(actor.scopes)
        kept = AskedImport(dry_run=data.dry_run, scopes=scopes)
        asked = msgspec.json.encode(kept).decode()
        row = await jobs.ask_import(tx, actor, asked, job_id, key)
        await files.put(key, body)
        return accepted(row)

    @get("/jobs", may=May.USE_OWN_ACCOUNT)
    async def list_jobs(self, tx: Db, actor: By, page: Paging) -> JobPage:
        """List your own jobs, newest first."""
        return job_page(await queries.list_jobs(tx, actor, page))

    @get("/jobs/{job_id:uuid}", may=May.USE_OWN_ACCOUNT)
    async def get_job(self, tx: Db, actor: By, job_id: FromPath[UUID]) -> Job:
        """See how far one of your jobs is."""
        return job(await queries.job(tx, actor, job_id))

    @post("/jobs/{job_id:uuid}/cancel", may=May.USE_OWN_ACCOUNT, status_code=200)
    async def cancel_job(self, tx: Db, actor: By, job_id: FromPath[UUID]) -> Job:
        """Cancel a job that has not ended: nothing of it stays."""
        return job(await jobs.cancel(tx, actor, job_id))

    @get("/jobs/{job_id:uuid}/result", may=May.USE_OWN_ACCOUNT, sends=MEDIA_TYPES, problems=(409,))
    async def get_job_result(
        self, tx: Db, actor: By, request: Asked, job_id: FromPath[UUID]
    ) -> Stream:
        """Fetch what a job has made: the file of an export, or what came of an import."""
        row = await queries.job(tx, actor, job_id)
        if row["result_key"] is None:
            detail = f"This job has no result: it is {row['status']}."
            raise Conflict(detail, code="no_result")
        files: Files = request.app.state.files
        try:
            pieces = await files.opened(row["result_key"])
        except FileNotFoundError:
            raise NotFound from None
        return Stream(
            pieces,
            media_type=row["result_type"],
            headers={"Content-Disposition": f'attachment; filename="{row["result_name"]}"'},
        )


def accepted(row: Row) -> Response[Job]:
    """202 with where to look."""
    return Response(job(row), status_code=202, headers={"Location": f"/v1/jobs/{row['id']}"})
