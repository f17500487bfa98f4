"""Attached files over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.params import FromPath, QueryParameter

from api.auth.actor import By, Db, claim_again
from api.auth.precondition import Expected
from api.files import Files
from api.forms import read_form
from api.media import incoming
from api.replies import created, nothing, shown
from api.schemas.findings.attachments import (
    Attachment,
    AttachmentNew,
    AttachmentPage,
    attachment,
    attachment_page,
    new_attachment,
)
from api.schemas.pages import Paging
from domain.queries.findings import attachments as queries
from domain.roles import May
from domain.rules.media import LARGEST
from domain.services.findings import attachments

Asked = Request[Any, Any, Any]
# What a form adds to a file of the largest size: its other fields and what stands between them.
FORM_LIMIT = LARGEST + 65_536


class AttachmentController(Controller):
    """Photos, voice notes and documents."""

    tags = ["Attachments"]

    @post(
        "/attachments",
        may=May.CREATE_FINDING,
        problems=(404, "unreadable_picture"),
        body=AttachmentNew,
        form="file",
        request_max_body_size=FORM_LIMIT,
    )
    async def add_attachment(self, tx: Db, actor: By, request: Asked) -> Response[Attachment]:
        """Attach a photo, a voice note or a document, of at most 10 MiB.

        To an annotation that you see, a touchpoint, a finding, an opportunity, an action, or to
        evidence; 20 at most each. JPEG, PNG, WebP, MP3, M4A, Ogg, WebM, WAV and PDF are taken, by
        what the file holds and not by its name. Pictures are drawn anew: where and with what they
        were taken is gone.
        """
        # Neither the journey nor a connection is held while a file arrives or a picture is drawn.
        await tx.pause()
        form = await read_form(request, "file", ("subject_id", "description"))
        data = new_attachment(form)
        await attachments.admit(tx, actor, data.subject_id)
        await tx.pause()
        sent = await incoming(form.name, form.content)
        await claim_again(request, tx)
        files: Files = request.app.state.files
        made = await attachments.attach(tx, actor, files, data.subject_id, sent, data.description)
        row = await queries.attachment(tx, actor, made.id)
        return created(attachment(row, actor), f"/v1/attachments/{made.id}")

    @get("/attachments", may=May.READ_JOURNEY)
    async def list_attachments(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        subject: Annotated[
            UUID | None, QueryParameter(description="What they are attached to.")
        ] = None,
        journey: Annotated[UUID | None, QueryParameter()] = None,
    ) -> AttachmentPage:
        """List the attached files that you may see, newest first."""
        filters = {"subject": subject, "journey": journey}
        rows = await queries.list_attachments(tx, actor, filters, page)
        return attachment_page(rows, actor)

    @get("/attachments/{attachment_id:uuid}", may=May.READ_JOURNEY)
    async def get_attachment(
        self, tx: Db, actor: By, attachment_id: FromPath[UUID]
    ) -> Response[Attachment]:
        """What an attached file is, without its content."""
        return shown(attachment(await queries.attachment(tx, actor, attachment_id), actor))

    @delete("/attachments/{attachment_id:uuid}", may=May.EDIT_FINDING)
    async def remove_attachment(
        self, tx: Db, actor: By, attachment_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take a file away. It cannot be brought back, and is forgotten within 31 days."""
        await attachments.remove(tx, actor, attachment_id, expected)
        return nothing()
