"""Schemathesis against two workers, signed in as a member of each group, all at the same time.

All of its phases; the stateful one goes from reply to reply by the links of the document. Nothing
it makes up gets a 5xx, an undocumented answer, or one that another schema promises; nothing invalid
is taken, and no token is passed over. Run by `make soak ARGS=contract`; the environment may say

* SECONDS_OF_CONTRACT: how long each member tries, in whole seconds (900), 60 % of it with made-up
  calls and 40 % going by links; each phase may take up to 300 more to end;
* CONTRACT_REPORTS: a folder for what schemathesis says, one folder in it for each member with its
  settings, its words and its findings as JSON. Without one it is thrown away at the end.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from api.commands.seed import PASSWORD, sign_ins
from bench.soak.crawl import found_ids
from bench.soak.judging import JUDGED
from bench.soak.serving import Serving, serving
from domain.roles import Group

DOCUMENT = Path(__file__).parents[2] / "openapi" / "openapi.json"
SCHEMATHESIS = Path(sys.executable).with_name("st")
PHASES = {"examples,coverage,fuzzing": 0.6, "stateful": 0.4}
"""One after the other, each with its part of the time: together, the first would take it all."""

ENDING = (
    "signOut", "revokeSession", "switchOrganization", "changePassword", "eraseMember",
    "updateMember", "handOverResponsibilities", "updateMe",
)  # fmt: skip
"""What would end the sessions that everything is tried with, or cut short whoever has them."""
STREAMS = ("streamJourney", "streamOrganization")
"""What is sent there is text to every generator, and events to schemathesis."""

KEPT = ("getInvitation", "getMetric")
"""What is still there to be read when it was revoked or removed, and says so."""
VERSIONS = [f'"{number}"' for number in range(1, 5)]
"""ETags that most things have, so that what is changed by version is changed now and then."""

SETTINGS = """
request-timeout = 30
{judged}[auth.dynamic.openapi.bearerAuth]
path = "/v1/sessions"
payload = {{ email = "{email}", password = "{password}" }}
extract_selector = "/access_token"
[warnings]
fail-on = []
[phases.stateful]
inference.algorithms = ["location-headers"]
{ids}
[[operations]]
include-operation-id = {ending}
enabled = false
[[operations]]
include-operation-id = {streams}
checks.response_schema_conformance.enabled = false
[[operations]]
include-operation-id = {kept}
checks.use_after_free.enabled = false
"""


@dataclass
class Run:
    """Schemathesis as one member, in some of its phases."""

    name: str
    ended: int
    report: Path

    def told(self) -> Iterator[str]:
        """What it found, and how much it has tried."""
        if not self.report.exists():
            yield f"  {self.name}: ended with {self.ended} and without a report"
            return
        said: dict[str, Any] = json.loads(self.report.read_bytes())
        cases, tested = said["test_cases"], said["operations"]["tested"]
        yield (
            f"  {self.name}: {cases['generated']} calls of {tested} operations in"
            f" {said['running_time']:.0f} s, {cases['unique_failures']} failures,"
            f" {len(said['errors'])} errors"
        )
        for one in said["failures"]:
            yield f"    {one['title']}: {', '.join(one['operations'])}"


def main() -> bool:
    """Try the contract, and say what was found; whether that was nothing."""
    seconds = int(os.environ.get("SECONDS_OF_CONTRACT", "900"))
    with TemporaryDirectory(prefix="ts-contract-") as folder:
        place = Path(os.environ.get("CONTRACT_REPORTS", folder))
        with serving("--workers", "2", demo=True) as server:
            with ThreadPoolExecutor(len(Group)) as hands:
                each = hands.map(partial(tried, server, place, seconds), members())
                every = [run for runs in each for run in runs]
            verified, says = server.audit()
        held = verified and not any(run.ended for run in every)
        print(
            f"contract for {seconds} s: {'nothing found' if held else 'NOT clean'}; {says.strip()}"
        )
        for run in every:
            print(*run.told(), sep="\n")
    return held


def members() -> list[str]:
    """The e-mail address of one of each group, of the organization that has all the data."""
    return [email for group, email, _ in sign_ins() if group in set(Group)]


def tried(server: Serving, place: Path, seconds: int, email: str) -> list[Run]:
    """Every phase as one member; what schemathesis says is in a folder of their name."""
    folder = place / email.partition("@")[0]
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "schemathesis.toml"
    settings.write_text(written(server, email), encoding="utf-8")
    return [phase(server, folder, names, int(seconds * part)) for names, part in PHASES.items()]


def phase(server: Serving, folder: Path, names: str, seconds: int) -> Run:
    """Some phases, for so long."""
    label = names.rpartition(",")[2]
    report = folder / f"{label}.json"
    command = [
        str(SCHEMATHESIS), "--config-file", str(folder / "schemathesis.toml"), "--no-color", "run",
        str(described(folder, label)), "--url", server.url, "--phases", names,
        "--max-time", str(seconds),
        "--continue-on-failure", "--no-shrink", "--report", "json", "--report-json-path",
        str(report),
    ]  # fmt: skip
    with (folder / f"{label}.txt").open("wb") as said:
        done = subprocess.run(
            command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, timeout=seconds + 300
        )
    return Run(f"{folder.name}, {label}", done.returncode, report)


def described(folder: Path, label: str) -> Path:
    """The document; where things are made and then used, without the keys that repeat a call.

    Schemathesis sends the same key again: the answer then tells of a thing that is long removed.
    """
    if label != "stateful":
        return DOCUMENT
    told = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    key = {"$ref": "#/components/parameters/IdempotencyKey"}
    for item in told["paths"].values():
        for operation in item.values():
            operation["parameters"] = [one for one in operation.get("parameters", ()) if one != key]
    place = folder / "openapi.json"
    place.write_text(json.dumps(told), encoding="utf-8")
    return place


def written(server: Serving, email: str) -> str:
    """Its settings: whom to be, and ids of things that exist."""
    return SETTINGS.format(
        judged=JUDGED,
        email=email,
        password=PASSWORD,
        ids="\n".join(dictionaries(server, email)),
        ending=json.dumps(ENDING),
        streams=json.dumps(STREAMS),
        kept=json.dumps(KEPT),
    )


def dictionaries(server: Serving, email: str) -> Iterator[str]:
    """Ids that exist, for most calls that ask for one; the others get what is made up."""
    with httpx.Client(base_url=server.url, timeout=30) as client:
        signed = client.post("/v1/sessions", json={"email": email, "password": PASSWORD})
        client.headers["authorization"] = f"Bearer {signed.json()['access_token']}"
        known = found_ids(client, json.loads(DOCUMENT.read_bytes()))
    for name, ids in known.items():
        yield f"[dictionaries.{name}]\nvalues = {json.dumps(ids)}"
    yield f"[dictionaries.version]\nvalues = {json.dumps(VERSIONS)}"
    yield "[parameters]"
    yield '"header.If-Match" = { dictionary = "version", probability = 0.8 }'
    for name in known:
        yield f'"path.{name}" = {{ dictionary = "{name}", probability = 0.9 }}'
