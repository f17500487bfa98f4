"""Check an export of Touchstone's ledger with this one file and Python's standard library.

It shares no code with Touchstone: copy it wherever you trust the machine. The bytes it hashes are
written down in DECISIONS.md, "Canonical bytes".
"""

import argparse
import hashlib
import json
import struct
import sys
from collections.abc import Iterator, Sequence
from typing import Any

FORMAT = "touchstone-ledger/1"
ZERO = bytes(32)
ACTORS = {"system": (0, None, 0), "member": (1, "actor_id", 16), "hidden": (2, "commitment", 32)}
NAMES = {"actor_id", "commitment"}
SHARED = {"stream_id", "revision", "subject_kind", "subject_id", "version"}
ENTRY = {*SHARED, *NAMES, "at", "actor_kind", "verb", "digest", "prev_hash", "hash"}
REVISION = {*SHARED, "content", "salt"}
HELP = """\
An export is made by `touchstone audit export`. For every stream (a journey, or the organization)
this recomputes the hash of each entry from its fields and the hash before it, compares the last
one with the head that the export states, and recomputes the digest of all content that exists.
Erased content is empty and counted; its digest can no longer be checked, its place in the chain is.

What one file alone cannot show: whoever can rewrite a whole chain, with its head and the counts,
makes an export that is consistent in itself, and so does one who cuts off a chain's newest entries.
Keep an export, or its lines that begin with {"stream", where the database's keepers cannot reach
it, and give it as --anchor: every head in it must still be in the chain, unchanged.

exit code: 0 everything holds; 1 tampered with (first finding first, then all others);
2 cannot tell (not an export, not readable, truncated)."""


class CannotTell(ValueError):
    """This is no complete export."""


def _field(record: dict[str, Any], name: str, kind: type) -> Any:
    if type(record.get(name)) is not kind:
        raise ValueError(f"{name} is not of type {kind.__name__}")
    return record[name]


def _whole(record: dict[str, Any], *names: str) -> bytes:
    return b"".join(struct.pack(">q", _field(record, name, int)) for name in names)


def _octets(record: dict[str, Any], name: str, size: int) -> bytes:
    written = _field(record, name, str)
    value = bytes.fromhex(written.replace("-", "") if size == 16 else written)
    if len(value) != size:
        raise ValueError(f"{name} does not have {size} bytes")
    return value


def _short(record: dict[str, Any], name: str) -> bytes:
    value: bytes = _field(record, name, str).encode()
    return struct.pack(">H", len(value)) + value


def _actor(entry: dict[str, Any]) -> bytes:
    if (kind := _field(entry, "actor_kind", str)) not in ACTORS:
        raise ValueError(f"actor_kind is none of {', '.join(ACTORS)}")
    tag, field, size = ACTORS[kind]
    if any(entry.get(other) is not None for other in NAMES - {field}):
        raise ValueError(f"a {kind} actor is named in another way")
    return bytes([tag]) + (_octets(entry, field, size) if field else b"")


def _key(record: dict[str, Any], stream: str = "stream_id") -> tuple[bytes, int]:
    return _octets(record, stream, 16), _field(record, "revision", int)


def _subject(record: dict[str, Any]) -> bytes:
    kind, subject_id = _short(record, "subject_kind"), _octets(record, "subject_id", 16)
    return kind + subject_id + _whole(record, "version")


def entry_bytes(organization: bytes, entry: dict[str, Any]) -> bytes:
    """Return the bytes of an entry that are hashed, version 1."""
    when = organization + _octets(entry, "stream_id", 16) + _whole(entry, "revision", "at")
    what = _short(entry, "verb") + _subject(entry) + _octets(entry, "digest", 32)
    return b"\x01" + when + _actor(entry) + what


def _only(record: Any, fields: set[str]) -> dict[str, Any]:
    """Return an object that has no field the check would not look at."""
    if not isinstance(record, dict) or set(record) - fields:
        raise ValueError("it has fields that nothing vouches for")
    return record


class Check:
    """The state of one pass over an export."""

    def __init__(self, organization: bytes, anchors: dict[tuple[bytes, int], bytes]) -> None:
        self.organization, self.anchors = organization, dict(anchors)
        self.stated: dict[bytes, tuple[int, bytes]] = {}
        self.reached: dict[bytes, tuple[int, bytes]] = {}
        self.named: dict[tuple[bytes, int], tuple[bytes, bytes]] = {}
        self.counts = {"streams": 0, "entries": 0, "revisions": 0}
        self.erased, self.ended, self.line = 0, False, 1
        self.findings: list[tuple[int, str]] = []

    def _report(self, reason: str) -> None:
        self.findings.append((self.line, reason))

    def read(self, record: dict[str, Any]) -> None:
        """Check one line after the header."""
        if self.ended:
            raise CannotTell("something follows the last line")
        kind = next((name for name in ("stream", "entry", "revision", "end") if name in record), "")
        if not kind:
            raise CannotTell("not a line of an export")
        try:
            getattr(self, f"_{kind}")(record)
        except (ValueError, struct.error) as wrong:
            self._report(f"{kind}: {wrong}")

    def _stream(self, record: dict[str, Any]) -> None:
        self.counts["streams"] += 1
        _only(record, {"stream", "kind", "revision", "hash"})
        stream_id, revision = _key(record, "stream")
        if stream_id in self.stated:
            raise ValueError(f"{stream_id.hex()} comes twice")
        self.stated[stream_id] = revision, _octets(record, "hash", 32)
        self.reached[stream_id] = 0, ZERO
        expected = "organization" if stream_id == self.organization else "journey"
        if record.get("kind") != expected:
            raise ValueError(f"{stream_id.hex()} is not of kind {expected}")

    def _entry(self, record: dict[str, Any]) -> None:
        """Check that an entry follows the one before and hashes to what it states."""
        self.counts["entries"] += 1
        entry = _only(_only(record, {"entry"})["entry"], ENTRY)
        stream_id, revision = key = _key(entry)
        where = f"{stream_id.hex()} revision {revision}"
        stated, before = _octets(entry, "hash", 32), _octets(entry, "prev_hash", 32)
        if stream_id not in self.reached:
            raise ValueError(f"{where}: its stream is not announced")
        last, previous = self.reached[stream_id]
        self.reached[stream_id] = revision, stated
        if revision != last + 1:
            self._report(f"entry: {where}: revision {last + 1} was expected")
        if before != previous:
            self._report(f"entry: {where}: it does not follow the entry before it")
        if self.anchors.pop(key, stated) != stated:
            self._report(f"entry: {where}: the anchor holds another hash; the chain was rewritten")
        self.named.setdefault(key, (_octets(entry, "digest", 32), _subject(entry)))
        hashed = hashlib.sha256(before + entry_bytes(self.organization, entry)).digest()
        if hashed != stated:
            raise ValueError(f"{where}: its fields do not give its hash")

    def _revision(self, record: dict[str, Any]) -> None:
        """Check that content is what an entry names, and gives the digest it names."""
        self.counts["revisions"] += 1
        row = _only(_only(record, {"revision"})["revision"], REVISION)
        key = _key(row)
        where = f"{key[0].hex()} revision {key[1]}"
        digest, named = self.named.pop(key, (ZERO, None))
        if named != _subject(row):
            raise ValueError(f"{where}: no entry names this content")
        if row.get("content") is None and row.get("salt") is None:
            self.erased += 1
            return
        content = _field(row, "content", str).encode()
        salted = b"touchstone content" + _octets(row, "salt", 16) + content
        if hashlib.sha256(salted).digest() != digest:
            raise ValueError(f"{where}: content and salt do not give the digest of the entry")

    def _end(self, record: dict[str, Any]) -> None:
        self.ended = True
        for key, stated in self.stated.items():
            if self.reached[key] != stated:
                self._report(f"stream: {key.hex()} ends elsewhere than at the head it states")
        for key, revision in self.named:
            self._report(f"revision: {key.hex()} revision {revision}: its content is missing")
        for key, revision in self.anchors:
            self._report(f"entry: {key.hex()} revision {revision}: known to the anchor, now gone")
        if record != {"end": self.counts}:
            raise ValueError("its counts are not what the export holds")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a field comes twice, which two readers may read differently")
    return dict(pairs)


def _records(path: str) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            record = json.loads(line, object_pairs_hook=_unique)
            if not isinstance(record, dict):
                raise CannotTell("not an object")
            yield record


def _heads(path: str) -> dict[tuple[bytes, int], bytes]:
    streams = (record for record in _records(path) if record.get("stream"))
    heads = {_key(record, "stream"): _octets(record, "hash", 32) for record in streams}
    return {key: head for key, head in heads.items() if key[1]}


def verify(path: str, anchor: str | None = None) -> Check:
    """Read an export to its end and return what was found; ValueError when it is none."""
    lines = _records(path)
    header = next(lines, {})
    if header.get("format") != FORMAT:
        raise CannotTell(f"it does not begin as an export of {FORMAT} does")
    check = Check(_octets(header, "organization_id", 16), _heads(anchor) if anchor else {})
    try:
        for check.line, record in enumerate(lines, 2):
            check.read(record)
        if not check.ended:
            raise CannotTell("the last line is missing: the export is truncated")
    except (ValueError, RecursionError) as doubt:
        if not check.findings:
            raise CannotTell(f"at or after line {check.line}: {doubt}") from None
        check.findings.append((check.line, f"the check ended here or a line later: {doubt}"))
    return check


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the export named on the command line, say what was found, return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", help="the file that touchstone audit export wrote")
    parser.add_argument("--anchor", help="an earlier export, or the stream lines kept of it")
    chosen = parser.parse_args(arguments)
    try:
        check = verify(chosen.export, chosen.anchor)
    except (OSError, ValueError, RecursionError) as doubt:
        sys.stderr.write(f"cannot tell: {chosen.export}: {doubt}\n")
        return 2
    for line, reason in check.findings:
        sys.stdout.write(f"tampered: {chosen.export}, line {line}: {reason}\n")
    if not check.findings:
        counts = ", ".join(f"{count} {name}" for name, count in check.counts.items())
        said = f"{counts} ({check.erased} erased); every hash and digest holds"
        sys.stdout.write(f"ok: {chosen.export}: {said}\n")
    return 1 if check.findings else 0


if __name__ == "__main__":
    sys.exit(main())
