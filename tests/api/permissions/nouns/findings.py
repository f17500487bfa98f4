"""Findings on stage: an open pain point of the author, another one, and votes."""

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import Probe, change, get, make
from tests.world import Caller

TIES = {"finding": JOURNEY_TIES | {"author": Relation.AUTHOR}}
PAIN = {"text": "They wait an hour.", "pain": "frustration"}
_AT = "/touchpoints/{touchpoint}"


async def fresh_finding(cast: Cast, _: Caller) -> dict[str, str]:
    """A pain point that the author has just added."""
    made = await cast["author"].made(cast.path(f"{_AT}/pain-points"), PAIN)
    return {"finding": made["id"]}


async def fresh_vote(cast: Cast, caller: Caller) -> dict[str, str]:
    """A vote of the caller, to be taken back."""
    voted = await caller.put(cast.path("/findings/{finding}/vote"))
    assert voted.status_code == 200, voted.text
    return {}


async def fresh_source(cast: Cast, _: Caller) -> dict[str, str]:
    """What the finding follows from, to be unlinked."""
    linked = await cast["owner"].put(cast.path(_SOURCE))
    assert linked.status_code == 200, linked.text
    return {}


_SOURCE = "/subjects/{finding}/sources/{touchpoint}"
PROBES = {
    "addPainPoint": make(f"{_AT}/pain-points", PAIN),
    "addRequirement": make(f"{_AT}/requirements", {"text": "Parking.", "side": "customer"}),
    "addInformationGap": make(
        f"{_AT}/information-gaps",
        {"text": "The way in.", "fault": "missing", "lacking": "customer"},
    ),
    "addExperience": make(f"{_AT}/experiences", {"text": "A smile.", "experience": "positive"}),
    "addObstacle": make(f"{_AT}/obstacles", {"text": "Two systems.", "blocks": "One answer."}),
    "recordDropOff": make(f"{_AT}/drop-offs", {"text": "Too long.", "entered": 9, "left": 3}),
    "addPromise": make(f"{_AT}/promises", {"text": "Within a day."}),
    "listSources": get("/subjects/{finding}/sources", "finding"),
    "linkSource": Probe("PUT", _SOURCE, about="finding"),
    "unlinkSource": Probe("DELETE", _SOURCE, about="finding", fresh=fresh_source),
    "getCommonProblems": get("/common-problems"),
    "listFindings": get("/findings"),
    "getFinding": get("/findings/{finding}", "finding"),
    "updateFinding": change("PATCH", "/findings/{finding}", {"text": "Two hours."}, "finding"),
    "closeFinding": change("POST", "/findings/{finding}/close", {"status": "addressed"}, "finding"),
    "reopenFinding": change("POST", "/findings/{finding}/reopen", None, "finding"),
    "mergeFinding": change(
        "POST",
        "/findings/{finding}/merge",
        lambda cast: {"into_id": cast.things["other_finding"]},
        "finding",
    ),
    "removeFinding": change("DELETE", "/findings/{finding}", None, "finding"),
    "voteForFinding": Probe("PUT", "/findings/{finding}/vote", about="finding"),
    "takeBackFindingVote": Probe(
        "DELETE", "/findings/{finding}/vote", about="finding", fresh=fresh_vote
    ),
}


async def furnish(cast: Cast) -> None:
    """Two of the same kind, so that one can be part of the other, which follows from things."""
    for name in ("finding", "other_finding"):
        cast.things[name] = (await fresh_finding(cast, cast["author"]))["finding"]
    for path in (
        "/findings/{other_finding}/vote",
        "/subjects/{finding}/sources/{moment}",
        "/subjects/{finding}/sources/{annotation}",
    ):
        done = await cast["author"].put(cast.path(path))
        assert done.status_code == 200, done.text
