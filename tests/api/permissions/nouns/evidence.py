"""Evidence and files on stage: the author's, at a touchpoint."""

from typing import Any

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import change, get, make

TIES = {"hanging": JOURNEY_TIES | {"author": Relation.AUTHOR}}
PDF = b"%PDF-1.7 a page"


def evidence(cast: Cast) -> dict[str, Any]:
    """A quote about the touchpoint."""
    return {"subject_id": cast.things["touchpoint"], "kind": "quote", "excerpt": "I waited."}


def form(cast: Cast) -> dict[str, Any]:
    """A document for the touchpoint."""
    return {"subject_id": cast.things["touchpoint"], "file": PDF}


PROBES = {
    "addEvidence": make("/evidence", evidence),
    "listEvidence": get("/evidence"),
    "getEvidence": get("/evidence/{evidence}", "hanging"),
    "updateEvidence": change("PATCH", "/evidence/{evidence}", {"grade": "partial"}, "hanging"),
    "removeEvidence": change("DELETE", "/evidence/{evidence}", None, "hanging"),
    "addAttachment": make("/attachments", form),
    "listAttachments": get("/attachments"),
    "getAttachment": get("/attachments/{attachment}", "hanging"),
    "getAttachmentContent": get("/attachments/{attachment}/content", "hanging"),
    "removeAttachment": change("DELETE", "/attachments/{attachment}", None, "hanging"),
}


async def furnish(cast: Cast) -> None:
    """One of each."""
    author = cast["author"]
    cast.things["evidence"] = (await author.made("/v1/evidence", evidence(cast)))["id"]
    cast.things["attachment"] = (await author.made("/v1/attachments", form(cast)))["id"]
