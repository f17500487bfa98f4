"""Pictures of a journey over HTTP."""

import asyncio
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.controllers.maps.map import Asked
from api.controllers.reports.picture_sources import board, gathered, packed, rendered, tag_of
from api.middleware.finish import known_tags, names_tag
from api.pictures.album import ALBUM, PictureKind
from api.pictures.board_pack import NAME
from api.schemas.reports.picture_requests import (
    MEDIA,
    Disposition,
    PictureFormat,
    PictureRequest,
    headers,
)
from domain.roles import May

Shown = Annotated[
    Disposition, QueryParameter(description="Whether a browser shows it or keeps it as a file.")
]
How = NamedDependency[SkipValidation[PictureRequest]]


async def provide_how(
    format: Annotated[
        PictureFormat, QueryParameter(description="An SVG for a screen, or a PDF for paper.")
    ] = PictureFormat.SVG,
    disposition: Shown = "inline",
) -> PictureRequest:
    """As what a picture is wanted."""
    return PictureRequest(format, disposition)


class PictureController(Controller):
    """Pictures that people would rather look at than at tables."""

    tags = ["Reports"]

    @get(
        "/journeys/{journey_id:uuid}/pictures/{picture:str}",
        may=May.READ_JOURNEY,
        media_type=MEDIA[PictureFormat.SVG],
        dependencies={"how": Provide(provide_how)},
        opt={"etag": True, "sends": tuple(MEDIA.values()), "problems": (422,)},
    )
    async def get_picture(
        self,
        tx: Db,
        actor: By,
        request: Asked,
        journey_id: FromPath[UUID],
        picture: FromPath[PictureKind],
        how: How,
    ) -> Response[bytes]:
        """Draw a journey, as an SVG or as a PDF with the same letters and shapes.

        Pictures show what everybody sees who may read the journey; groups too few to show are left
        out. Nothing is told by color alone. An SVG has a title and a description of all it shows,
        in order; a PDF is tagged (PDF/UA-1 where its fonts have all the letters), with the same
        description. A journey map in PDF goes on over pages of A3.

        Latin, Greek, Cyrillic, Hebrew and Arabic letters come along; an SVG leaves others to the
        fonts of whoever looks at it, a PDF takes them from the folder `fonts` of the data folder,
        or draws boxes. The ETag follows from all that is shown, the date included.
        """
        values = await gathered(picture, tx, actor, journey_id)
        tag = tag_of(values, picture, how.format)
        told = headers(how, values.head.title, ALBUM[picture].name, tag)
        if names_tag(known_tags(request.scope), told["ETag"]):
            return Response(b"", headers=told, media_type=MEDIA[how.format])
        await tx.pause()
        body = await asyncio.to_thread(
            rendered, request.app.state.printer, picture, values, how.format
        )
        return Response(body, headers=told, media_type=MEDIA[how.format])

    @get(
        "/journeys/{journey_id:uuid}/board-pack",
        may=May.READ_JOURNEY,
        media_type=MEDIA[PictureFormat.PDF],
        opt={"etag": True, "problems": (422,), "sends": (MEDIA[PictureFormat.PDF],)},
    )
    async def get_board_pack(
        self,
        tx: Db,
        actor: By,
        request: Asked,
        journey_id: FromPath[UUID],
        disposition: Shown = "inline",
    ) -> Response[bytes]:
        """Print a journey on one page of A4, for a board.

        What it is, the moments that matter most and who is accountable, where the groups see it
        differently, what is missing, what is overdue, what moved after actions, who has spoken.
        It shows what everybody sees who may read the journey. Of each kind the first few are told
        and the rest counted; letters become smaller so that all of it stands on one page, and only
        where the smallest are too large for that does it take another. Nothing is cut off but a
        long description, which ends in an ellipsis.
        """
        values = await board(tx, actor, journey_id)
        asked = PictureRequest(PictureFormat.PDF, disposition)
        told = headers(asked, values.head.title, NAME, tag_of(values, NAME))
        if names_tag(known_tags(request.scope), told["ETag"]):
            return Response(b"", headers=told, media_type=MEDIA[PictureFormat.PDF])
        await tx.pause()
        body = await asyncio.to_thread(packed, request.app.state.printer, values)
        return Response(body, headers=told, media_type=MEDIA[PictureFormat.PDF])
