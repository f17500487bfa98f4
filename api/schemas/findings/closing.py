"""Closing and merging findings, on the wire."""

from typing import Literal
from uuid import UUID

from api.schemas.base import Body, Line


class FindingClose(Body):
    """How a finding is closed, and what became of it: everybody who reads it is told."""

    status: Literal["addressed", "dismissed"]
    note: Line = ""


class FindingMerge(Body):
    """The finding that it is to be part of."""

    into_id: UUID
