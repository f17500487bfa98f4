"""What the tests of searching share: asking, and learning the words there are to misspell."""

from typing import Any
from urllib.parse import urlencode

from api.settings import Settings
from domain.services.records.vocabulary import VOCABULARY
from tests.api.inbox.feeds import feed
from tests.world import Caller, Org


async def search(who: Caller, q: str, **filters: Any) -> dict[str, Any]:
    """A page of what somebody finds."""
    return await who.read(f"/v1/search?{urlencode({'q': q, **filters}, doseq=True)}")


async def found(who: Caller, q: str, **filters: Any) -> set[str]:
    """The ids of what somebody finds, which is also all that is counted."""
    page = await search(who, q, limit=100, **filters)
    assert sum(one["count"] for one in page["facets"]["kinds"]) == len(page["items"])
    return {item["id"] for item in page["items"]}


async def learned(org: Org, settings: Settings) -> None:
    """Let a worker read everything that was said in an organization."""
    async with feed(settings, [VOCABULARY], org.id) as works:
        assert not (await works.look())["failed"]


def text(pieces: list[dict[str, Any]]) -> str:
    """Pieces as they would be read."""
    return "".join(piece["text"] for piece in pieces)


def marks(pieces: list[dict[str, Any]]) -> list[str]:
    """What is marked of them."""
    return [piece["text"] for piece in pieces if piece["marked"]]
