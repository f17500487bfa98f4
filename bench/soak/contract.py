"""Schemathesis against two workers, signed in as a member of each group, all at the same time.

All of its phases, the stateful one by the links of the document: nothing it makes up gets a 5xx, an
undocumented answer, or one that another schema promises; nothing invalid is taken, and no token is
passed over. `ARGS=contract`; SECONDS_OF_CONTRACT (900) in the environment says how long.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from api.commands.seed import PASSWORD, sign_ins
from bench.soak.crawl import found_ids
from bench.soak.serving import Serving, serving

DOCUMENT = Path(__file__).parents[2] / "openapi" / "openapi.json"
SCHEMATHESIS = Path(sys.executable).with_name("st")
PHASES = "examples,coverage,fuzzing,stateful"

ENDING = (
    "signOut", "revokeSession", "switchOrganization", "changePassword", "eraseMember",
    "updateMember", "handOverResponsibilities", "updateMe",
)  # fmt: skip
"""What would end the sessions that everything is tried with, or cut short whoever has them."""
STREAMS = ("streamJourneyEvents", "streamOrganizationEvents")
"""What is sent there is text to every generator, and events to schemathesis."""

SETTINGS = """
[generation]
allow-x00 = false
max-examples = 12
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "412", "422", "428", "429"]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 412, 413, 414, 415, 422, 428, 429]
[checks.missing_required_header]
expected-statuses = [400, 401, 403, 404, 415, 428]
[auth.dynamic.openapi.bearerAuth]
path = "/v1/sessions"
payload = {{ email = "{email}", password = "{password}" }}
extract_selector = "/access_token"
[warnings]
fail-on = []
{ids}
[[operations]]
include-operation-id = {ending}
enabled = false
[[operations]]
include-operation-id = {streams}
checks.response_schema_conformance.enabled = false
"""


@dataclass
class Run:
    """Schemathesis as one member."""

    name: str
    process: subprocess.Popen[bytes]
    folder: Path

    def told(self) -> Iterator[str]:
        """What it found, and how much it has tried."""
        report = self.folder / "report.json"
        if not report.exists():
            yield f"  {self.name}: ended with {self.process.returncode} and without a report"
            return
        said: dict[str, Any] = json.loads(report.read_bytes())
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
    kept = os.environ.get("CONTRACT_REPORTS")
    with TemporaryDirectory(prefix="ts-contract-") as folder:
        with serving("--workers", "2", demo=True) as server:
            place = Path(kept) if kept else Path(folder)
            runs = [started(server, place, email, seconds) for _, email, _ in members()]
            for run in runs:
                run.process.wait(seconds + 300)
            verified, says = server.audit()
        held = verified and not any(run.process.returncode for run in runs)
        print(
            f"contract for {seconds} s: {'nothing found' if held else 'NOT clean'}; {says.strip()}"
        )
        for run in runs:
            print(*run.told(), sep="\n")
    return held


def members() -> list[tuple[str, str, str]]:
    """One of each group, of the organization that has all the data."""
    return [one for one in sign_ins() if "elsewhere" not in one[1]][:4]


def started(server: Serving, place: Path, email: str, seconds: int) -> Run:
    """Set schemathesis going as one member; what it says is in its folder."""
    name = email.partition("@")[0]
    folder = place / name
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "schemathesis.toml"
    settings.write_text(written(server, email), encoding="utf-8")
    command = [
        str(SCHEMATHESIS), "--config-file", str(settings), "--no-color", "run", str(DOCUMENT),
        "--url", server.url, "--phases", PHASES, "--max-time", str(seconds),
        "--continue-on-failure", "--no-shrink", "--report", "json",
        "--report-json-path", str(folder / "report.json"),
    ]  # fmt: skip
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
    return Run(name, process, folder)


def written(server: Serving, email: str) -> str:
    """Its settings: whom to be, and ids of things that exist."""
    return SETTINGS.format(
        email=email,
        password=PASSWORD,
        ids="\n".join(dictionaries(server, email)),
        ending=json.dumps(ENDING),
        streams=json.dumps(STREAMS),
    )


def dictionaries(server: Serving, email: str) -> Iterator[str]:
    """Ids that exist, for most calls that ask for one; the others get what is made up."""
    with httpx.Client(base_url=server.url, timeout=30) as client:
        signed = client.post("/v1/sessions", json={"email": email, "password": PASSWORD})
        client.headers["authorization"] = f"Bearer {signed.json()['access_token']}"
        known = found_ids(client, json.loads(DOCUMENT.read_bytes()))
    for name, ids in known.items():
        yield f"[dictionaries.{name}]\nvalues = {json.dumps(ids)}"
    yield "[parameters]"
    for name in known:
        yield f'"path.{name}" = {{ dictionary = "{name}", probability = 0.9 }}'
