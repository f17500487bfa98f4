"""`touchstone worker`: what it needs, what it says, and that it does what is due."""

import asyncio
import re
from datetime import date

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from api.cli import main
from api.commands.serve import welcome
from api.settings import Settings
from tests.api.accountability.chain import Chain, chain
from tests.world import World

THEN = "3000-03-04T00:00:00Z"
DUE = date(2999, 3, 3)


@pytest.fixture
async def scene(world: World) -> Chain:
    """A thread that is due in a far future."""
    made = await chain(world)
    await made.assign(await made.say(), "ann", DUE)
    return made


async def worker(settings: Settings, *arguments: str, **environ: str) -> Result:
    """Run it in a thread of its own, as it brings its own event loop."""
    env = {**settings.environ(), **environ}
    return await asyncio.to_thread(CliRunner().invoke, main, ["worker", *arguments], env=env)


async def test_a_rehearsal_does_what_is_due_then(scene: Chain, settings: Settings) -> None:
    only = ("--organization", str(scene.place.org.id))
    early = await worker(settings, "--once", *only)
    assert early.exit_code == 0
    assert re.fullmatch(r"0 done, 0 busy, 0 failed; [1-9]\d* entries read.\n", early.output)
    done = await worker(settings, "--at", THEN, *only)
    # The step up the chain is an entry too, and the grant that lets its reader see the journey.
    assert done.exit_code == 0
    assert re.fullmatch(r"1 done, 0 busy, 0 failed; [1-9] entries read.\n", done.output)
    (told,) = (await scene["mia"].read("/v1/me/notifications"))["items"]
    assert (told["reason"], told["last_at"][:10]) == ("escalated", "3000-03-04")
    (raised,) = (await scene["mia"].read("/v1/escalations?to=me"))["items"]
    assert raised["created_at"].startswith("3000-03-04T00:00:00")
    again = await worker(settings, "--at", THEN, *only)
    assert again.output == "0 done, 0 busy, 0 failed; 0 entries read.\n"


PRODUCTION = {
    "TOUCHSTONE_ENV": "production",
    "TOUCHSTONE_PUBLIC_URL": "https://touchstone.example",
    "TOUCHSTONE_SECRET": "a7Bq92-kkLw0-zzPq81-mmNv3-hhGt6-qqRs5",
}
NOWHERE = "postgresql://nobody:secret@127.0.0.1:1/nothing"


@pytest.mark.parametrize(
    ("arguments", "environ", "says"),
    [
        (["--at", THEN], PRODUCTION, "rehearsal"),
        (["--at", "tomorrow"], {}, "no instant"),
        (["--at", "2999-01-01T09:00:00"], {}, "no offset"),
        (["--every", "0"], {}, "--every"),
        (["--organization", "acme"], {}, "--organization"),
        (["--once"], {"TOUCHSTONE_WORKER_DATABASE_URL": ""}, "TOUCHSTONE_WORKER_DATABASE_URL"),
        (["--once"], {"DATABASE_URL": NOWHERE}, "does not answer"),
    ],
)
async def test_a_mistake_is_answered_in_words(
    settings: Settings, arguments: list[str], environ: dict[str, str], says: str
) -> None:
    answer = await worker(settings, *arguments, **environ)
    assert answer.exit_code in {1, 2}
    assert says in answer.output
    assert "Traceback" not in answer.output


async def test_the_owner_is_no_role_for_the_clock(settings: Settings) -> None:
    refused = await worker(settings, "--once", DATABASE_URL=settings.owner_database_url)
    assert refused.exit_code == 1
    assert "owns tables" in refused.output


def test_a_server_says_when_its_clock_does_not_run(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    begun: list[str] = []
    for url, wanted, said in (
        ("", True, True),
        ("", False, False),
        ("postgresql://x", True, False),
    ):
        settings = replace(settings, worker_database_url=url, clock=wanted)
        welcome(settings, [], 0, lambda: begun.append("clock"))
        assert ("Clock  DOES NOT RUN" in capsys.readouterr().out) is said
    assert begun == ["clock"] * 3
