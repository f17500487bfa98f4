"""Schemathesis against a real server: nothing it makes up gets a 5xx or an undocumented answer.

`ARGS=fuzz`; SECONDS_TO_FUZZ (60) in the environment says how long.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx

from bench.soak.judging import JUDGED
from bench.soak.serving import Serving, serving

DOCUMENT = Path(__file__).parents[2] / "openapi" / "openapi.json"
SCHEMATHESIS = Path(sys.executable).with_name("st")
ENDING = ("signOut", "revokeSession", "switchOrganization", "changePassword", "eraseMember")
"""What would end the session that everything is tried with."""

SETTINGS = """
{judged}[auth.openapi.bearerAuth]
bearer = "{token}"
[warnings]
fail-on = []
[parameters]
{parameters}
[[operations]]
include-operation-id = {ending}
enabled = false
"""


def main() -> bool:
    """Fuzz, and say what was found; whether that was nothing."""
    seconds = os.environ.get("SECONDS_TO_FUZZ", "60")
    with TemporaryDirectory(prefix="ts-fuzz-") as folder, serving() as server:
        settings = Path(folder) / "schemathesis.toml"
        settings.write_text(written(server), encoding="utf-8")
        command = [
            str(SCHEMATHESIS), "--config-file", str(settings), "--no-color", "run", str(DOCUMENT),
            "--url", server.url, "--phases", "coverage,fuzzing", "--max-time", seconds,
            "--continue-on-failure", "--no-shrink",
        ]  # fmt: skip
        done = subprocess.run(command, cwd=folder, check=False)
        verified, says = server.audit()
    held = done.returncode == 0 and verified
    print(
        f"schemathesis for {seconds} s: {'nothing found' if held else 'NOT clean'}; {says.strip()}"
    )
    return held


def written(server: Serving) -> str:
    """Its settings: whom to be, and ids of things that exist."""
    parameters = "\n".join(f'"path.{kind}_id" = "{key}"' for kind, key in things(server).items())
    token, ending = server.ground.token, json.dumps(ENDING)
    return SETTINGS.format(judged=JUDGED, token=token, parameters=parameters, ending=ending)


def things(server: Serving) -> dict[str, str]:
    """One of each kind, made for it."""
    headers = {"authorization": f"Bearer {server.ground.token}"}
    journey, stage = str(server.ground.journey_id), str(server.ground.stage_id)
    found = {"journey": journey, "stage": stage}
    with httpx.Client(base_url=f"{server.url}/v1", headers=headers) as client:

        def make(name: str, path: str, /, **body: Any) -> None:
            reply = client.post(path.format(**found), json=body)
            reply.raise_for_status()
            found[name] = reply.json()["id"]

        make("lane", "/journeys/{journey}/lanes", question="Why?")
        make("touchpoint", "/stages/{stage}/touchpoints", name="Call")
        make("emotion", "/touchpoints/{touchpoint}/emotions", label="joy", valence=1, intensity=2)
        make("moment", "/touchpoints/{touchpoint}/moments")
        make("persona", "/personas", name="Ada")
        make("department", "/departments", name="Yard")
        make(
            "grant", "/journeys/{journey}/grants", role="editor", department_id=found["department"]
        )
        make("annotation", "/annotations", subject_id=found["touchpoint"], kind="idea", body="So.")
        address = f"{uuid4()}@example.org"
        make("invitation", "/invitations", email=address, name="New", group="executive")
        found["member"] = client.get("/me").json()["member"]["id"]
    return found | {"subject": found["touchpoint"]}
