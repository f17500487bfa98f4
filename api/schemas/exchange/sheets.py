"""Tables as CSV, safe to open: whatever somebody wrote stays text."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Final

from api.schemas.exchange.tables import TABLES, Book, Cell
from domain.queries.exchange.parts import Parts
from domain.results import ExportTable

BOM: Final = b"\xef\xbb\xbf"
PIECE: Final = 64 * 1024
ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


def plain(cell: Cell) -> Cell:
    """A cell of CSV: text that could be taken for a formula begins with an apostrophe."""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str) and cell.lstrip(" ").startswith(ACTIVE):
        return f"'{cell}"
    return cell


def csv_pieces(parts: Parts, table: ExportTable, *, bom: bool) -> Iterator[bytes]:
    """One table as UTF-8, in pieces; `bom` begins it as spreadsheets want it."""
    told, text = TABLES[table], StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(told.columns)
    yield BOM if bom else b""
    for row in told.rows(Book(parts)):
        writer.writerow([plain(cell) for cell in row])
        if text.tell() >= PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
