"""A journey of 300 touchpoints with 5,000 annotations goes out as a document and comes back."""

import time
from threading import Event, Thread
from typing import Any

import httpx
import psutil

from bench.soak.serving import Serving, serving

STAGES, PLACES, SAID = 10, 30, 5_000
WITHIN_SECONDS, WITHIN_MB = 10.0, 150.0
GIVE_UP = 120.0


def main() -> bool:
    """Bring it in and take it along, as jobs; whether it was soon enough and nothing is missing."""
    with serving() as served:
        client = httpx.Client(
            base_url=f"{served.url}/v1",
            headers={"authorization": f"Bearer {served.ground.token}"},
            timeout=60,
        )
        asked = client.post("/jobs/imports", json={"document": drawn()})
        brought = _measured(served, client, "import", asked)
        asked = client.post("/jobs/exports", json={"journey_id": brought["journey_id"]})
        took = _measured(served, client, "export", asked)
        counted = _counted(client.get(f"/jobs/{took['id']}/result").raise_for_status().json())
        print("exchange: {} touchpoints and {} annotations came along".format(*counted))
        return counted == (STAGES * PLACES, SAID) and brought["held"] and took["held"]


def _measured(
    served: Serving, client: httpx.Client, what: str, asked: httpx.Response
) -> dict[str, Any]:
    """Wait for a job, with an eye on whoever does it."""
    began, clock = time.monotonic(), _clock(served)
    asked.raise_for_status()
    before, peak, over = clock.memory_info().rss, [0], Event()
    Thread(target=_watch, args=(clock, peak, over), daemon=True).start()
    job = asked.json()
    while job["status"] in ("queued", "running") and time.monotonic() - began < GIVE_UP:
        over.wait(0.05)
        job = client.get(f"/jobs/{job['id']}").raise_for_status().json()
    over.set()
    seconds, grown = time.monotonic() - began, (peak[0] - before) / 1e6
    print(
        f"exchange: {what} {job['status']} in {seconds:.1f} s, {grown:+.0f} MB",
        job["problem"] or "",
    )
    fine = job["status"] == "done" and seconds <= WITHIN_SECONDS and grown <= WITHIN_MB
    return {**job, "held": fine}


def _clock(served: Serving) -> psutil.Process:
    """The process that does jobs."""
    family = psutil.Process(served.process.pid).children(recursive=True)
    return next(one for one in family if "worker" in " ".join(one.cmdline()))


def _watch(process: psutil.Process, peak: list[int], over: Event) -> None:
    while not over.wait(0.02):
        peak[0] = max(peak[0], process.memory_info().rss)


def drawn() -> dict[str, Any]:
    """The document: every touchpoint has a feeling, every fifth annotation a reply."""
    places = STAGES * PLACES
    at = [range(place, SAID, places) for place in range(places)]
    stages = [
        {
            "key": f"stage-{stage}",
            "name": f"Stage {stage}",
            "touchpoints": [
                _place(place, at[place]) for place in range(stage * PLACES, (stage + 1) * PLACES)
            ],
        }
        for stage in range(STAGES)
    ]
    journey = {"key": "large", "title": "A large journey"}
    channels = [{"key": "phone", "name": "Phone"}]
    return {"format": "journeymap/1", "journey": journey, "channels": channels, "stages": stages}


def _place(number: int, said: range) -> dict[str, Any]:
    return {
        "key": f"touchpoint-{number}",
        "name": f"Touchpoint {number}",
        "expectation": "That it works the first time. " * 10,
        "channels": ["phone"],
        "emotions": [{"key": f"doubt-{number}", "label": "doubt", "valence": -1, "intensity": 3}],
        "annotations": [_said(one) for one in said],
    }


def _said(number: int) -> dict[str, Any]:
    replies = [{"key": f"reply-{number}", "body": "Yes, I see that too."}]
    return {
        "key": f"annotation-{number}",
        "kind": "issue",
        "body": f"{number}: " + "Somebody said this about what they see every day. " * 5,
        "attributed_to": "Ann Lee (frontline staff)",
        "replies": replies if number % 5 == 0 else [],
    }


def _counted(document: dict[str, Any]) -> tuple[int, int]:
    places = [place for stage in document["stages"] for place in stage["touchpoints"]]
    return len(places), sum(len(place["annotations"]) for place in places)
