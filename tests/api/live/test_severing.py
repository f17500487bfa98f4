"""A connection is ended from this side, even when the other takes nothing of what was sent."""

import asyncio
import os
import socket

import pytest

from api.live.severing import sever
from tests.api.live.listening import PATIENCE


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_only_the_one_who_is_meant_is_cut_off(host: str) -> None:
    served: list[asyncio.StreamWriter] = []

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append(writer)
        writer.write(b"x" * 8_000_000)  # more than the kernel keeps

    server = await asyncio.start_server(serve, host, 0)
    address = server.sockets[0].getsockname()[:2]
    deaf, other = [await asyncio.open_connection(*address, limit=1024) for _ in range(2)]
    try:
        async with asyncio.timeout(PATIENCE):
            await other[0].readexactly(1)
            peer = deaf[1].get_extra_info("sockname")[:2]
            before = os.listdir("/dev/fd")
            assert sever((peer[0], str(peer[1])))
            assert os.listdir("/dev/fd") == before
            with pytest.raises(ConnectionError):
                await deaf[0].readexactly(8_000_000)
            await other[0].readexactly(7_999_999)
        assert not sever(peer)
    finally:
        for writer in (deaf[1], other[1], *served):
            writer.transport.abort()
        server.close()


def test_who_has_no_address_is_left_alone() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert not sever(None)
        assert not sever(("", 0))
        ours.sendall(b"x")
        assert theirs.recv(1) == b"x"
