"""What jobs do: an export is a file, an import is one transaction."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import msgspec

from api.controllers.exchange.formats import FORMATS, Asked
from api.files import Files
from api.schemas.exchange.jobs import AskedImport, ExportRequest
from api.schemas.maps.import_reading import document, result
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.results import JobKind
from domain.services.maps import imports
from domain.services.maps.imports import Document

MOST_OBJECTS = 50_000
"""How much a job imports at once."""


class Cancelled(Exception):
    """The job was cancelled, or another has taken it up."""


@dataclass(slots=True)
class Work:
    """One attempt at a job; `lost` once it is cancelled or taken up by another."""

    organization_id: UUID
    job_id: UUID
    attempt: int
    row: Row
    done: int = 0
    total: int = 3
    lost: bool = False


@dataclass(slots=True)
class Result:
    """What a job leaves: a file in pieces, and the journey it made."""

    name: str
    media_type: str
    pieces: Callable[[], Iterator[bytes]]
    journey_id: UUID | None = None
    size: int = field(default=0)

    async def put(self, files: Files, key: str, work: Work) -> int:
        """Write the pieces to the disk and from there to the storage; how many bytes they are."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "result"
            await asyncio.to_thread(self._write, path, work)
            work.done = 2
            await files.put_from(key, path)
        return self.size

    def _write(self, path: Path, work: Work) -> None:
        with path.open("wb") as file:
            for piece in self.pieces():
                if work.lost:
                    raise Cancelled
                self.size += file.write(piece)


async def do(tx: Transaction, actor: Actor, files: Files, work: Work) -> Result:
    """Do the work of a job, as far as it needs the transaction."""
    if work.row["kind"] == JobKind.EXPORT:
        return await _export(tx, actor, work)
    return await _import(tx, actor, files, work)


async def _export(tx: Transaction, actor: Actor, work: Work) -> Result:
    asked = msgspec.json.decode(work.row["request"], type=ExportRequest)
    chosen = FORMATS[asked.format]
    pieces = await chosen.read(tx, actor, Asked(asked.journey_id, table=asked.table, bom=asked.bom))
    work.done = 1
    name = f"journey-{asked.journey_id}.{chosen.ending}"
    return Result(name, chosen.media_type, pieces, asked.journey_id)


async def _import(tx: Transaction, actor: Actor, files: Files, work: Work) -> Result:
    asked = msgspec.json.decode(work.row["request"], type=AskedImport)
    if asked.scopes is not None:
        actor = replace(actor, scopes=frozenset(asked.scopes))
    read = await asyncio.to_thread(_document, await files.read(work.row["input_key"]))
    work.done = 1
    outcome = result(await imports.import_journey(tx, actor, read, asked.dry_run))
    told = msgspec.json.encode(outcome)
    return Result("import.json", "application/json", lambda: iter([told]), outcome.journey_id)


def _document(body: bytes) -> Document:
    return document(msgspec.json.decode(body)["document"], MOST_OBJECTS)
