"""What reading voices costs as an organization grows: first pages of lists and searches.

Two organizations share the tables: a small one with 10,000 annotations, and a large one. What
counts is the time of a first page, large by small: 1.0 is a cost that does not grow.
"""

import asyncio
import random
import statistics
import time
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from api.embedded.keeper import Keeper
from api.embedded.place import SUPERUSER, Place
from api.embedded.roles import OWNER
from api.plugins.database import Database, make_engine
from api.settings import Settings
from bench import data
from bench.load import Connection, request
from bench.machine import database, served
from domain.actor import Actor
from domain.queries.records import search_words

SMALL, LARGE, JOURNEYS, ROUNDS = 10_000, 200_000, 10, 31
MILLION = 1_000_000
LINES = {
    "annotations, newest": ("/v1/annotations?limit=25", 1.3),
    "annotations of a journey": ("/v1/annotations?limit=25&journey={}", 1.3),
    "search, word of 20 texts": ("/v1/search?q=overbooked", 1.5),
    "search, word of every 5th text": ("/v1/search?q=customer", 1.5),
    "search, its first letters": ("/v1/search?q=cust", 1.5),
    "search, one letter": ("/v1/search?q=k", 1.5),
    "search, both words": ("/v1/search?q=customer%20overbooked", 1.5),
    "search, misspelled": ("/v1/search?q=overbokoed", 1.5),
}
SYLLABLES = ("ka", "ro", "mi", "tel", "son", "va", "der", "lin", "po", "gra", "shi", "no", "ster")
# 18 words from 4,000 threes of six, drawn as often as words of a language are: texts hardly repeat.
SAY = """
WITH said AS (
    INSERT INTO annotations (organization_id, id, version, journey_id, subject_id, touchpoint_id,
        kind, body, visibility, author_id, author_group, attributed_to, resolution_note,
        hidden_reason, created_at)
    SELECT $1,
        (lpad(to_hex(x'19000000000'::bigint + number), 12, '0') || '7000a000' || $3::text)::uuid,
        1, at.journey_id, at.touchpoint_id, at.touchpoint_id,
        (ARRAY['comment', 'issue', 'idea'])[1 + number % 3],
        one.words || ' ' || two.words || ' ' || three.words
            || CASE WHEN number % 5 = 0 THEN ' customer' ELSE '' END
            || CASE WHEN number % ($4 / 20) = 5 THEN ' overbooked' ELSE '' END,
        'everyone', $2, 'decision_maker', '', '', '', now()
    FROM generate_series(1, $4::int) AS number
    JOIN places AS at ON at.organization_id = $1 AND at.n = number % $5
    JOIN parts AS one ON one.n = hashint4(number) & 1023
    JOIN parts AS two ON two.n = 1024 + (hashint4(number * 7) & 1023)
    JOIN parts AS three ON three.n = 2048 + (hashint4(number * 13) & 1023)
    ORDER BY number
    RETURNING organization_id, id, journey_id, touchpoint_id
)
INSERT INTO subjects (organization_id, id, kind, journey_id, touchpoint_id)
SELECT organization_id, id, 'annotation', journey_id, touchpoint_id FROM said
"""
TABLES = """
CREATE TEMPORARY TABLE places (organization_id uuid, n int, journey_id uuid, touchpoint_id uuid);
CREATE TEMPORARY TABLE parts (n int PRIMARY KEY, words text);
-- Keys are checked row by row, which takes longer than all the rest.
SET session_replication_role = replica;
SET maintenance_work_mem = '256MB';
"""


@dataclass(frozen=True)
class Grown:
    """An organization with so many annotations, and who reads them."""

    actor: Actor
    token: str
    many: int
    journey: UUID


def vocabulary() -> list[str]:
    """5,000 words, the frequent first."""
    made = random.Random(3)
    words = {"".join(made.choices(SYLLABLES, k=made.randint(2, 5))) for _ in range(8_000)}
    return sorted(words)[:5_000]


async def grow(settings: Settings, large: int) -> tuple[Grown, Grown]:
    """Make both organizations."""
    owner = await asyncpg.connect(superuser(settings))
    await owner.execute(TABLES)
    words, made = vocabulary(), random.Random(5)
    frequent = [1 / (rank + 3) for rank in range(len(words))]
    parts = [(n, " ".join(made.choices(words, frequent, k=6))) for n in range(3 * 1024)]
    await owner.copy_records_to_table("parts", records=parts)
    [found] = await owner.fetch("SELECT pg_get_indexdef('ix_annotations_search'::regclass) AS sql")
    await owner.execute("DROP INDEX ix_annotations_search")
    grown = [
        await _organization(settings, owner, many, [*words, "customer", "overbooked"])
        for many in (SMALL, large)
    ]
    await owner.execute(found["sql"])
    for table in ("annotations", "subjects", "search_words"):
        await owner.execute(f"VACUUM ANALYZE {table}")
    await owner.close()
    return grown[0], grown[1]


def superuser(settings: Settings) -> str:
    """The address of who may do anything in the bench's own database."""
    secrets = Place.choose(settings.data, Keeper.find()).secrets()
    url = settings.owner_database_url.replace("+asyncpg", "")
    return url.replace(f"{OWNER}:{secrets[OWNER]}@", f"{SUPERUSER}:{secrets[SUPERUSER]}@")


async def _organization(
    settings: Settings, owner: asyncpg.Connection, many: int, words: list[str]
) -> Grown:
    filling = Database(make_engine(settings.database_url, 1))
    async with filling.transaction() as tx:
        actor, token = await data.person(tx, settings, f"grown{many}@example.org")
        drawn = [await data.journey(tx, actor, number) for number in range(JOURNEYS)]
        await search_words.learn(tx, actor.organization_id, words)
    await filling.close()
    places = [(journey, at) for journey, touchpoints in drawn for at in touchpoints]
    records = [(actor.organization_id, n, *place) for n, place in enumerate(places)]
    await owner.copy_records_to_table("places", records=records)
    subjects = [(actor.organization_id, at, "touchpoint", key, at) for key, at in places]
    columns = ["organization_id", "id", "kind", "journey_id", "touchpoint_id"]
    await owner.copy_records_to_table("subjects", records=subjects, columns=columns)
    tail = f"{many:012x}"
    await owner.execute(SAY, actor.organization_id, actor.member_id, tail, many, len(places))
    return Grown(actor, token, many, drawn[0][0])


async def measure(settings: Settings, port: int, many: int = LARGE) -> int:
    """Ask both the same; 1 when a promise is missed."""
    begun = time.perf_counter()
    small, large = await grow(settings, many)
    print(
        f"\nfirst pages, ms {SMALL:>24,} {many:>12,}   ratio  promised"
        f"   (filled in {time.perf_counter() - begun:.0f} s)"
    )
    missed = 0
    async with Connection(port) as connection:
        for name, (path, promised) in LINES.items():
            one, other = await _compared(connection, path, small, large)
            late = other / one > promised
            missed |= late
            print(
                f"{name:30} {one:9.2f} {other:12.2f}   {other / one:5.2f}  {promised:8.2f}"
                f"{'  missed' if late else ''}",
                flush=True,
            )
    return int(missed)


async def _compared(
    connection: Connection, path: str, small: Grown, large: Grown
) -> tuple[float, float]:
    """Milliseconds of a first page of each, the medians of many taken in turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for grown, times in zip((small, large), taken, strict=True):
            asked = request("GET", path.format(grown.journey), grown.token)
            begun = time.perf_counter()
            status, _, body = await connection.ask(asked)
            times.append((time.perf_counter() - begun) * 1000)
            if status != 200 or b'"items":[]' in body:
                raise RuntimeError(f"{path} answers {status}: {body[:500]!r}")
    return statistics.median(taken[0]), statistics.median(taken[1])


def main() -> bool:
    """The same with a million, for `make soak`."""
    with database() as settings, served("api.app:app", settings) as port:
        return not asyncio.run(measure(settings, port, MILLION))


if __name__ == "__main__":
    raise SystemExit(not main())
