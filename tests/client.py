"""HTTP into the application, without what a client of the internet carries along."""

from typing import Any, Self

import httpx
from litestar import Litestar

from api.app import enveloped
from tests.api.contract import Contract
from tests.streams import hanging_up


class Client(httpx.AsyncClient):
    """No cookies, no redirects, no proxies: a request goes straight into the application.

    Every reply is held against the published document.
    """

    contract: Contract

    @classmethod
    def of(cls, app: Litestar) -> Self:
        contract = Contract.published()
        transport = httpx.ASGITransport(hanging_up(enveloped(app)), raise_app_exceptions=False)
        watch = {"response": [contract.watch]}  # of what is streamed
        client = cls(transport=transport, base_url="http://test", event_hooks=watch)
        client.contract = contract
        return client

    async def request(self, method: str, url: Any, **asked: Any) -> httpx.Response:
        """As any client, for a path, headers and a body; whoever wants more gets httpx's own."""
        if asked.keys() - {"headers", "json", "content"} or not str(url).startswith("/"):
            return await super().request(method, url, **asked)
        asked["headers"] = self._merge_headers(asked.get("headers"))
        request = httpx.Request(method, f"http://test{url}", **asked)
        reply = await self._transport.handle_async_request(request)
        reply.request = request
        await self.contract.watch(reply)
        await reply.aread()
        return reply
