"""What a file is by how it begins, and the name it is given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.media import ENDINGS, MediaType, file_name, media_type

M = MediaType


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe0 JFIF", M.JPEG),
        (b"\x89PNG\r\n\x1a\n", M.PNG),
        (b"RIFF\0\0\0\0WEBPVP8 ", M.WEBP),
        (b"RIFF\0\0\0\0WAVEfmt ", M.WAV),
        (b"RIFF\0\0\0\0AVI LIST", None),
        (b"ID3\x04", M.MP3),
        (b"\xff\xfb\x90\x64", M.MP3),
        (b"\xff\xf1\x50\x80", None),  # AAC without a container
        (b"\0\0\0\x20ftypM4A ", M.M4A),
        (b"\0\0\0\x20ftypqt  ", None),
        (b"OggS" + bytes(24) + b"OpusHead", M.OGG),
        (b"OggS" + bytes(24) + b"\x80theora", None),
        (b"\x1aE\xdf\xa3" + bytes(20) + b"webm", M.WEBM),
        (b"\x1aE\xdf\xa3" + bytes(20) + b"matroska", None),
        (b"%PDF-1.7", M.PDF),
        (b"GIF89a", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (b"<!doctype html>", None),
        (b"MZ\x90", None),
        (b"", None),
    ],
)
def test_what_it_holds_decides(start: bytes, kind: MediaType | None) -> None:
    assert media_type(start + bytes(200) if start else start) is kind


@given(st.binary(max_size=200))
def test_nothing_that_is_sent_is_too_strange(content: bytes) -> None:
    assert media_type(content) in (None, *MediaType)


@given(st.text(max_size=400), st.sampled_from(MediaType))
def test_a_name_has_no_folder_and_ends_as_what_it_is(told: str, kind: MediaType) -> None:
    name = file_name(told, kind)
    assert name.endswith(f".{ENDINGS[kind]}")
    assert not set(name) & set("/\\\r\n\0")
    assert 0 < len(name) <= 185


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("queue.HEIC", "queue.jpg"),
        ("C:\\photos\\queue.exe", "queue.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("...", "file.jpg"),
        ("", "file.jpg"),
    ],
)
def test_the_ending_says_what_it_is(told: str, name: str) -> None:
    assert file_name(told, M.JPEG) == name
