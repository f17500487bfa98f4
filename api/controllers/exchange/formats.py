"""As what a journey can be taken along: one line for each format."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from api.controllers.exchange.pictured import picture_of
from api.pictures.printing import PRINTER, Printer
from api.schemas.exchange.document import json_pieces
from api.schemas.exchange.sheets import csv_pieces
from api.schemas.exchange.tables import ALL_PARTS, TABLES
from api.schemas.reports.picture_requests import PictureFormat
from domain.actor import Actor
from domain.database import Transaction
from domain.queries.exchange.parts import Parts, gather
from domain.results import ExportFormat, ExportTable

Pieces = Callable[[], Iterator[bytes]]
"""Makes the bytes. It is called in a thread, after the transaction has ended."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported; `table` and `bom` are for CSV."""

    journey_id: UUID
    printer: Printer = PRINTER
    table: ExportTable = ExportTable.TOUCHPOINTS
    bom: bool = False


Read = Callable[[Transaction, Actor, Asked], Awaitable[Pieces]]
"""Reads what this member may see; NotFound where they may not see the journey."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its media type, the ending of its files, and how it is read and made."""

    media_type: str
    ending: str
    read: Read


async def read_json(tx: Transaction, actor: Actor, asked: Asked) -> Pieces:
    """The open interchange format, journeymap/1."""
    parts = await _still(tx, actor, asked)
    return lambda: json_pieces(parts)


async def read_svg(tx: Transaction, actor: Actor, asked: Asked) -> Pieces:
    """The map as one wide picture."""
    made = await picture_of(tx, actor, asked.journey_id, asked.printer, PictureFormat.SVG)
    return lambda: iter((made,))


async def read_pdf(tx: Transaction, actor: Actor, asked: Asked) -> Pieces:
    """The map on pages of paper."""
    made = await picture_of(tx, actor, asked.journey_id, asked.printer, PictureFormat.PDF)
    return lambda: iter((made,))


async def read_csv(tx: Transaction, actor: Actor, asked: Asked) -> Pieces:
    """One table."""
    parts = await _still(tx, actor, asked, TABLES[asked.table].parts)
    return lambda: csv_pieces(parts, asked.table, bom=asked.bom)


async def read_xlsx(tx: Transaction, actor: Actor, asked: Asked) -> Pieces:
    """All tables, each on a sheet of its own."""
    from api.schemas.exchange.workbooks import xlsx_pieces

    parts = await _still(tx, actor, asked, ALL_PARTS)
    return lambda: xlsx_pieces(parts)


async def _still(tx: Transaction, actor: Actor, asked: Asked, wanted: Sequence[str] = ()) -> Parts:
    """The parts of one moment: among many statements, others would write in between."""
    await tx.still()
    return await gather(tx, actor, asked.journey_id, wanted)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[ExportFormat, Format] = {
    ExportFormat.JSON: Format("application/json", "json", read_json),
    ExportFormat.SVG: Format("image/svg+xml", "svg", read_svg),
    ExportFormat.PDF: Format("application/pdf", "pdf", read_pdf),
    ExportFormat.CSV: Format("text/csv", "csv", read_csv),
    ExportFormat.XLSX: Format(XLSX, "xlsx", read_xlsx),
}
MEDIA_TYPES = tuple(sorted({one.media_type for one in FORMATS.values()}))
