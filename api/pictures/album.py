"""Every kind of picture, and how it is drawn: as one picture, and as pages of paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from api.pictures.journey_map import journey_map, journey_pages
from api.pictures.marks import Picture

A3_WIDTH, A3_HEIGHT = 1587.0, 1123.0
"""A sheet of A3 on its side, in 96ths of an inch."""


class PictureKind(StrEnum):
    """What a picture shows of a journey."""

    JOURNEY_MAP = "journey_map"


@dataclass(frozen=True, slots=True)
class Draw:
    """How a kind is drawn from its values."""

    name: str
    picture: Callable[[Any], Picture]
    pages: Callable[[Any], Sequence[Picture]]


ALBUM = {
    PictureKind.JOURNEY_MAP: Draw(
        "Journey map",
        journey_map,
        lambda values: journey_pages(values, A3_WIDTH, A3_HEIGHT),
    ),
}
