"""A mail server that keeps what it gets: enough SMTP for one letter at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Letterbox:
    """Letters in the order in which they came."""

    def __init__(self) -> None:
        self._letters: asyncio.Queue[EmailMessage] = asyncio.Queue()
        self._server: asyncio.Server | None = None

    async def open(self) -> str:
        """Begin to listen; the address as the settings want it."""
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        return f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def next(self) -> EmailMessage:
        return await asyncio.wait_for(self._letters.get(), 10)

    @property
    def empty(self) -> bool:
        return self._letters.empty()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 letterbox\r\n")
        while line := await reader.readline():
            command = line[:4].upper().strip()
            if command == b"DATA":
                writer.write(b"354 go on\r\n")
                raw = await reader.readuntil(b"\r\n.\r\n")
                letter = message_from_bytes(raw[:-5], policy=policy.default)
                assert isinstance(letter, EmailMessage)
                await self._letters.put(letter)
            writer.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
            if command == b"QUIT":
                break
        writer.close()


@asynccontextmanager
async def opened_letterbox() -> AsyncIterator[tuple[Letterbox, str]]:
    """A letterbox that listens, and its address."""
    box = Letterbox()
    address = await box.open()
    try:
        yield box, address
    finally:
        await box.close()
