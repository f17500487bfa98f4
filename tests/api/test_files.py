"""Where files are kept."""

from datetime import timedelta
from pathlib import Path

import pytest

from api.files import Files

KEY = "organization/attachments/one"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files("", tmp_path / "data" / "files")


async def test_what_was_put_is_there_in_one_piece_and_in_many(files: Files) -> None:
    content = bytes(range(256)) * 4096
    await files.put(KEY, content)
    assert await files.read(KEY) == content
    pieces = [piece async for piece in files.stream(KEY)]
    assert len(pieces) > 1
    assert b"".join(pieces) == content


async def test_a_file_of_the_disk_is_kept_as_it_is(files: Files, tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.write_bytes(b"made")
    await files.put_from(KEY, made)
    assert await files.read(KEY) == b"made"


async def test_what_is_not_there_is_told(files: Files) -> None:
    with pytest.raises(FileNotFoundError):
        await files.read(KEY)
    with pytest.raises(FileNotFoundError):
        await anext(files.stream(KEY))


async def test_what_is_forgotten_is_gone_and_may_be_forgotten_again(files: Files) -> None:
    await files.put(KEY, b"x")
    await files.remove(KEY, "organization/attachments/another")
    with pytest.raises(FileNotFoundError):
        await files.read(KEY)
    await files.remove(KEY)


async def test_only_what_is_old_enough_is_listed(files: Files) -> None:
    await files.put(KEY, b"x")
    await files.put("another/attachments/one", b"x")
    in_an_hour = [key async for key in files.older_than("organization", -timedelta(hours=1))]
    assert in_an_hour == [KEY]
    assert [key async for key in files.older_than("organization", timedelta(hours=1))] == []


async def test_nobody_else_may_look_into_the_folder(files: Files, tmp_path: Path) -> None:
    await files.put(KEY, b"x")
    assert (tmp_path / "data" / "files").stat().st_mode & 0o077 == 0
