"""Which files may be attached, told by how they begin and never by their name."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

LARGEST: Final = 10 * 1024 * 1024
"""How many bytes a file may have."""
MOST: Final = 20
"""How many files there may be for one thing."""


class MediaType(StrEnum):
    """What may be attached: pictures, sound, and documents that cannot be changed."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    MP3 = "audio/mpeg"
    M4A = "audio/mp4"
    OGG = "audio/ogg"
    WEBM = "audio/webm"
    WAV = "audio/wav"
    PDF = "application/pdf"


PICTURES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
ENDINGS: Mapping[MediaType, str] = MappingProxyType(
    {
        MediaType.JPEG: "jpg",
        MediaType.PNG: "png",
        MediaType.WEBP: "webp",
        MediaType.MP3: "mp3",
        MediaType.M4A: "m4a",
        MediaType.OGG: "ogg",
        MediaType.WEBM: "webm",
        MediaType.WAV: "wav",
        MediaType.PDF: "pdf",
    }
)
_STARTS: Mapping[bytes, MediaType] = MappingProxyType(
    {
        b"\xff\xd8\xff": MediaType.JPEG,
        b"\x89PNG\r\n\x1a\n": MediaType.PNG,
        b"%PDF-": MediaType.PDF,
        b"ID3": MediaType.MP3,
    }
)
_RIFF: Mapping[bytes, MediaType] = MappingProxyType(
    {b"WEBP": MediaType.WEBP, b"WAVE": MediaType.WAV}
)
_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso5", b"iso6")


def media_type(content: bytes) -> MediaType | None:
    """What a file is by how it begins; None for what may not be attached."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12])
    return _sound(content[:64])


def _sound(start: bytes) -> MediaType | None:
    if start[4:8] == b"ftyp" and start[8:12] in _BRANDS:
        return MediaType.M4A
    if start[:4] == b"OggS" and (b"OpusHead" in start or b"\x01vorbis" in start):
        return MediaType.OGG
    if start[:4] == b"\x1aE\xdf\xa3" and b"webm" in start:
        return MediaType.WEBM
    return MediaType.MP3 if _is_frame(start) else None


def _is_frame(start: bytes) -> bool:
    """Whether it begins with the header of a frame of MPEG audio, layer III (ISO 11172-3)."""
    if len(start) < 4 or start[0] != 0xFF or start[1] & 0xE6 != 0xE2:
        return False
    version, rate, pace = start[1] >> 3 & 3, start[2] >> 4, start[2] >> 2 & 3
    return version != 1 and rate not in (0, 15) and pace != 3


def file_name(told: str, kind: MediaType) -> str:
    """The name a file was sent with, without folders and control characters; the ending says what
    it is.
    """
    base = told.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(letter for letter in base if letter.isprintable()).strip(" .")
    stem = clean.rsplit(".", 1)[0] if "." in clean else clean
    return f"{stem[:180] or 'file'}.{ENDINGS[kind]}"
