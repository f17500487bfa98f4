"""A journey taken along as a picture: the whole map, on a screen or on paper."""

from collections.abc import Iterator
from uuid import UUID

from api.controllers.reports.picture_sources import gathered, rendered
from api.pictures.album import PictureKind
from api.pictures.printing import Printer
from api.schemas.reports.picture_requests import PictureFormat
from domain.actor import Actor
from domain.database import Transaction


async def picture_of(
    tx: Transaction, actor: Actor, journey_id: UUID, printer: Printer, format: PictureFormat
) -> Iterator[bytes]:
    """The journey map as everybody sees it; drawn when the first piece is asked for."""
    values = await gathered(PictureKind.JOURNEY_MAP, tx, actor, journey_id)
    return (rendered(printer, PictureKind.JOURNEY_MAP, values, format) for _ in range(1))
