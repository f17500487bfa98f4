"""`touchstone contract`: what differs from the released documents, and their next release."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rich_click as click

from api.commands.machine import say
from api.openapi import stability
from api.openapi.stability import Difference, NotReady
from domain.clock import now

FOLDER = Path(__file__).resolve().parents[2] / "openapi"
CHANGELOG = "CHANGELOG.md"
PLACE = click.Path(exists=True, file_okay=False, path_type=Path)
DOCUMENT = click.Path(exists=True, dir_okay=False, path_type=Path)

HELP = """
Compare the documents of the API with the last released ones, as whoever has a client sees them.

It fails when a client could break: something is removed or renamed, takes less, or says more than
clients were told, and the first number of the version is no higher. Set VERSION in
api/openapi/version.py for that. Additions are told, and pass. Of a released draft (0.x) nothing was
promised: what differs from it is only counted, unless you name the documents.

\b
Examples:
  touchstone contract                        openapi/*.json with openapi/released*.json
  touchstone contract old.json new.json      any two documents
  touchstone contract --release              make the present documents the released ones
"""


@dataclass(frozen=True)
class Compared:
    """A document, the last released one, and what differs."""

    old: dict[str, Any]
    new: dict[str, Any]
    found: list[Difference]

    @property
    def refused(self) -> list[Difference]:
        """The breaks that the version does not say."""
        return stability.refused(self.old, self.new, self.found)


def compared(released: Path, document: Path) -> Compared:
    """Compare two files; of one that is not there, there is nothing."""
    old, new = read(released), read(document)
    return Compared(old, new, stability.differences(old, new))


def read(path: Path) -> dict[str, Any]:
    """A document; an empty one of version 0.0.0 where there is none.

    ClickException when the file is no document.
    """
    if not path.exists():
        return {"openapi": "3.1.0", "info": {"version": "0.0.0"}, "paths": {}}
    try:
        found = json.loads(path.read_bytes())
        stability.version_of(found)
    except (ValueError, KeyError, TypeError) as wrong:
        why = wrong if isinstance(wrong, stability.NoVersion) else "it is no OpenAPI 3 in JSON."
        raise click.ClickException(f"{path} cannot be compared: {why}") from wrong
    return dict(found)


def pairs(folder: Path = FOLDER) -> Iterator[tuple[Path, Path]]:
    """The released documents, each with the one that comes after it."""
    yield folder / "released.json", folder / "openapi.json"
    webhooks = folder / "released-webhooks.json", folder / "webhooks.json"
    if any(path.exists() for path in webhooks):
        yield webhooks


def unreleased(folder: Path = FOLDER) -> list[Difference]:
    """What differs from the last release; of a draft (0.x) nothing was promised."""
    every = [compared(*pair) for pair in pairs(folder)]
    return [one for each in every if stability.version_of(each.old).major for one in each.found]


def changelog(folder: Path = FOLDER) -> str:
    """The changelog, with its list of what is unreleased written anew."""
    text = (folder / CHANGELOG).read_text(encoding="utf-8")
    return stability.renewed(text, unreleased(folder))


@click.command(help=HELP)
@click.argument("documents", nargs=-1, type=DOCUMENT)
@click.option("--release", is_flag=True, help="Make the present documents the released ones.")
@click.option("--folder", type=PLACE, default=FOLDER, help="Where both are, if not in openapi/.")
def contract(documents: tuple[Path, ...], release: bool, folder: Path) -> None:
    if len(documents) not in (0, 2) or (documents and release):
        raise click.UsageError("Name two documents, the older one first, or none.")
    chosen = [(documents[0], documents[1])] if documents else list(pairs(folder))
    refusals = sum(tell(*pair, named=bool(documents)) for pair in chosen)
    if refusals:
        raise click.ClickException(
            "Clients would break. Do what is said above, or raise the first number of VERSION in"
            " api/openapi/version.py and run `make openapi`."
        )
    if release:
        try:
            publish(folder)
        except NotReady as missing:
            raise click.ClickException(str(missing)) from missing


def tell(released: Path, document: Path, *, named: bool) -> int:
    """Say what differs; how many of the differences the version does not allow.

    Of a draft that nobody named, only what is refused is worth more than a count.
    """
    it = compared(released, document)
    old, new = stability.version_of(it.old), stability.version_of(it.new)
    say(f"{released.name} {old} -> {document.name} {new}: {stability.counted(it.found)}")
    for line in stability.told(it.found if named or old.major else it.refused):
        say(f"  {line}")
    if (next_one := stability.asked_for(it.old, it.found)) > new:
        say(f"  To be released as {next_one} at the least.")
    return len(it.refused)


def publish(folder: Path = FOLDER) -> None:
    """Copy the documents to the released ones, and close the changelog's open section."""
    version = releasable(folder)
    text = stability.released(changelog(folder), version, now().date())
    for released, document in pairs(folder):
        released.write_bytes(document.read_bytes())
        say(f"Wrote {released}.")
    (folder / CHANGELOG).write_text(text, encoding="utf-8")
    say(f"Wrote {folder / CHANGELOG}. Commit these as the release {version} of the API.")


def releasable(folder: Path) -> stability.Version:
    """The version to release; NotReady while it is too low or there is nothing to release."""
    every = [compared(*pair) for pair in pairs(folder)]
    asked = max(stability.asked_for(one.old, one.found) for one in every)
    version = max(stability.version_of(one.new) for one in every)
    if not any(one.found for one in every) and version == asked:
        raise NotReady("Nothing differs from the last release.")
    if version < asked:
        raise NotReady(
            f"What is new asks for {asked}: set VERSION in api/openapi/version.py to it and run"
            " `make openapi`."
        )
    return version
