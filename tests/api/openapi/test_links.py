"""Links lead somewhere, and bring along all that is asked for there."""

from typing import Any

from tests.api.described import DOCUMENT, HANDLERS
from tests.each import each

LINKS: dict[str, Any] = DOCUMENT["components"]["links"]
REPLIES = {
    f"{one['operationId']} {status}": reply
    for item in DOCUMENT["paths"].values()
    for one in item.values()
    for status, reply in one["responses"].items()
    if "links" in reply
}
OPERATIONS = {
    one["operationId"]: (path, one)
    for path, item in DOCUMENT["paths"].items()
    for one in item.values()
}


@each("name", LINKS)
def test_a_link_brings_what_is_asked_for(name: str) -> None:
    path, operation = OPERATIONS[name]
    assert LINKS[name]["operationId"] == name
    inner = {key for key in LINKS[name]["parameters"] if "." not in key}
    assert {f"{{{key}}}" for key in inner} == {part for part in path.split("/") if part[0:1] == "{"}
    versioned = {"$ref": "#/components/parameters/IfMatch"} in operation.get("parameters", ())
    assert ("header.If-Match" in LINKS[name]["parameters"]) is versioned


@each("name", REPLIES)
def test_a_reply_has_what_its_links_take(name: str) -> None:
    reply = REPLIES[name]
    (content,) = reply["content"].values()
    schema = DOCUMENT["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
    assert "id" in schema["required"]
    for link in reply["links"]:
        assert "ETag" in reply["headers"] or "header.If-Match" not in LINKS[link]["parameters"]


def test_what_is_made_can_be_read_changed_and_removed() -> None:
    for made, then in {
        "addStage": ["getStage", "updateStage", "removeStage", "addTouchpoint"],
        "annotate": ["getAnnotation", "replyToAnnotation", "resolveAnnotation"],
        "createJourney": ["getJourney", "getJourneyMap", "addStage"],
    }.items():
        assert set(then) <= set(REPLIES[f"{made} 201"]["links"])
    assert not any(HANDLERS[name].handler.opt.get("public") for name in LINKS)
