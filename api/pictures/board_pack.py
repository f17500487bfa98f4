"""A journey on one page for a board: the data of the document that typst lays out."""

import re
from typing import Any

import msgspec

from api.pictures.perception_gap import strip
from api.pictures.printing import page
from api.pictures.text import clean
from api.pictures.values import BoardValues

NAME = "Board pack"
_LONG = re.compile(r"\S{12}(?=\S{12})")


def board_pack(values: BoardValues) -> bytes:
    """Everything that is laid out, as data: every text cleaned, the picture drawn."""
    title = f"{NAME}: {values.head.title}"
    picture = page(strip("Widest perception gaps", values.gaps)) if values.gaps else None
    told = {**msgspec.structs.asdict(values), "title": title}
    return msgspec.json.encode({**_clean(msgspec.to_builtins(told)), "picture": picture})


def _clean(told: Any) -> Any:
    """The same with nothing in its texts that cannot be printed; long words may be broken."""
    if isinstance(told, str):
        return _LONG.sub(lambda part: part[0] + "\u200b", clean(told))
    if isinstance(told, list):
        return [_clean(one) for one in told]
    if isinstance(told, dict):
        return {key: _clean(one) for key, one in told.items()}
    return told
