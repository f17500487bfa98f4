"""Pictures drawn anew, from their pixels.

A picture is decoded and encoded again: what stood beside the pixels (where it was taken, by which
camera, whatever somebody hid in it) is gone.
"""

from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageOps

from domain.errors import Invalid
from domain.rules.media import MediaType
from domain.services.steps.refusing import impossible

LONGEST: Final = 4096
"""Pixels of the longer side; larger pictures are made smaller."""
MOST_PIXELS: Final = 40_000_000
"""What is not even decoded: a small file can claim to be a picture of any size."""
_FORMATS: Final = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_KEPT: Final[dict[MediaType, dict[str, Any]]] = {
    MediaType.JPEG: {"quality": 88, "optimize": True},
    MediaType.PNG: {"optimize": True},
    MediaType.WEBP: {"quality": 88},
}


def redrawn(kind: MediaType, content: bytes) -> tuple[bytes, tuple[int, int]]:
    """The pixels of a picture and nothing else, upright and not larger than is of use."""
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _refused(f"Send a picture of at most {MOST_PIXELS:,} pixels.")
            return _plain(kind, ImageOps.exif_transpose(picture))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused("This picture cannot be read: is it whole?") from error


def _plain(kind: MediaType, upright: Image.Image) -> tuple[bytes, tuple[int, int]]:
    # Not every mode can be made smaller: colors first.
    clear = upright.has_transparency_data and kind is not MediaType.JPEG
    plain = upright.convert("RGBA" if clear else "RGB")
    plain.thumbnail((LONGEST, LONGEST))
    plain.info.clear()
    out = BytesIO()
    plain.save(out, _FORMATS[kind], **_KEPT[kind])
    return out.getvalue(), plain.size


def _refused(detail: str) -> Invalid:
    return impossible(detail, "unreadable_picture", "file")
