"""`make bench`: the API and the floor side by side, on one database, in one run.

Prints requests per second, median and 99th percentile in milliseconds, and the ratio of the API to
the floor, which is what counts: absolute figures belong to the machine.
"""

import argparse
import asyncio
import os
from collections.abc import Sequence

from api.settings import Settings
from bench import growth, reports, scenarios
from bench.data import Ground, prepare
from bench.load import Connection, Figures, request, run
from bench.machine import database, served
from bench.scenarios import Scenario
from bench.startup import started

HEAD = (
    f"{'':30} {'floor':>22} {'API':>29}   ratio  promised\n"
    f"{'':30} {'req/s':>8} {'p50':>6} {'p99':>6} {'req/s':>15} {'p50':>6} {'p99':>6}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 1 when a promise is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="per line and side")
    parser.add_argument("--only", default="", help="lines whose name contains this")
    options = parser.parse_args(arguments)
    with database() as settings:
        print("Filling the database")
        ground = asyncio.run(prepare(settings))
        os.environ["BENCH_ORGANIZATION"] = str(ground.organization_id)
        missed = started(settings)
        with served("bench.floor:app", settings) as floor, served("api.app:app", settings) as api:
            missed |= asyncio.run(measure(settings, ground, (floor, api), options))
            if not options.only:
                missed |= asyncio.run(reports.measure(settings, api))
                missed |= asyncio.run(growth.measure(settings, api))
            return missed


async def measure(
    settings: Settings, ground: Ground, ports: tuple[int, int], options: argparse.Namespace
) -> int:
    """Every line in turn; how many promises were missed, at most 1."""
    pool, touch = await scenarios.toucher(settings.owner_database_url)
    etags = await known_maps(ground, ports[1])
    lines = [
        *scenarios.maps(ground, etags, touch),
        *scenarios.lists(ground),
        *scenarios.annotating(ground),
    ]
    print(HEAD)
    missed = 0
    for line in lines:
        if options.only in line.name:
            missed |= await compare(line, ports, options.seconds)
    await pool.close()
    return missed


async def known_maps(ground: Ground, port: int) -> dict[str, str]:
    """Read every map once; the ETag of each by its path."""
    etags = {}
    async with Connection(port) as connection:
        for key in ground.journeys:
            path = f"/v1/journeys/{key}/map"
            status, head, body = await connection.ask(request("GET", path, ground.token))
            if status != 200:
                raise RuntimeError(f"{path} answers {status}: {body[:500]!r}")
            at = head.lower().index(b"etag: ") + 6
            etags[path] = head[at : head.index(b"\r\n", at)].decode()
    return etags


async def compare(line: Scenario, ports: tuple[int, int], seconds: float) -> int:
    """Measure one line on both sides, after a moment of warming up, and print it."""
    figures: list[Figures] = []
    for port, side in zip(ports, (line.floor, line.api), strict=True):
        await run(port, seconds / 8, side.following, side.expect)
        figures.append(await run(port, seconds, side.following, side.expect))
    floor, api = figures
    ratio = api.per_second / floor.per_second
    print(
        f"{line.name:30} {floor.per_second:8.0f} {floor.p50:6.2f} {floor.p99:6.2f}"
        f" {api.per_second:15.0f} {api.p50:6.2f} {api.p99:6.2f}   {ratio:5.2f}"
        f"  {line.promised:5.2f}{'' if ratio >= line.promised else '  missed'}",
        flush=True,
    )
    return int(ratio < line.promised)


if __name__ == "__main__":
    raise SystemExit(main())
