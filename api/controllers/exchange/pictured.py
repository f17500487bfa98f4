"""A journey taken along as a picture: the whole map, on a screen or on paper."""

import asyncio
from uuid import UUID

from api.controllers.reports.picture_sources import gathered, rendered
from api.pictures.album import PictureKind
from api.pictures.printing import Printer
from api.schemas.reports.picture_requests import PictureFormat
from domain.actor import Actor
from domain.database import Transaction


async def picture_of(
    tx: Transaction, actor: Actor, journey_id: UUID, printer: Printer, format: PictureFormat
) -> bytes:
    """The journey map as everybody sees it, drawn: what refuses to be drawn is refused here."""
    await tx.still()
    values = await gathered(PictureKind.JOURNEY_MAP, tx, actor, journey_id)
    await tx.pause()
    return await asyncio.to_thread(rendered, printer, PictureKind.JOURNEY_MAP, values, format)
