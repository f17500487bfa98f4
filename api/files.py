"""Where files are kept: a folder of this machine, or a bucket of S3, Google or Azure."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from domain.clock import now

CHUNK = 256 * 1024


class Files:
    """Files by key, `organization/kind/id`; what is under a key never changes.

    `url` is such as `s3://bucket/prefix`, with the credentials in the environment as the providers
    name them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT, ...). Without one, files lie in `folder`.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder

    @cached_property
    def _store(self) -> Any:
        from obstore.store import LocalStore, from_url

        if self._url:
            return from_url(self._url)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(self._folder.resolve())

    async def put(self, key: str, content: bytes) -> None:
        """Keep a file."""
        await self._store.put_async(key, content)

    async def put_from(self, key: str, path: Path) -> None:
        """Keep a file that lies on the disk, without holding it in memory."""
        await self._store.put_async(key, path)

    async def read(self, key: str) -> bytes:
        """The whole file; FileNotFoundError when there is none."""
        found = await self._store.get_async(key)
        return bytes(await found.bytes_async())

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        """The file in pieces; FileNotFoundError, before the first, when there is none."""
        found = await self._store.get_async(key)
        async for piece in found.stream(min_chunk_size=CHUNK):
            yield bytes(piece)

    async def opened(self, key: str) -> AsyncIterator[bytes]:
        """The same, found already: FileNotFoundError comes at once and not with the first piece."""
        found = await self._store.get_async(key)

        async def pieces() -> AsyncIterator[bytes]:
            async for piece in found.stream(min_chunk_size=CHUNK):
                yield bytes(piece)

        return pieces()

    async def remove(self, *keys: str) -> None:
        """Forget files; those that are not there are forgotten already."""
        for key in keys:
            with suppress(FileNotFoundError):
                await self._store.delete_async(key)

    async def older_than(self, prefix: str, age: timedelta) -> AsyncIterator[str]:
        """The keys under a prefix of what was put longer ago than `age`."""
        async for batch in self._store.list(prefix):
            for one in batch:
                if one["last_modified"] < now() - age:
                    yield one["path"]
