"""What happened, in sentences."""

from typing import Any

import pytest

from domain.facts import Verb
from domain.rules.phrases import Telling, actor, listed
from domain.rules.sentences import SENTENCES, sentence


def told(verb: Verb, content: dict[str, Any] | None = None, **more: Any) -> str:
    people = {"who": "Ann Lee", "whom": "Bob Ray", "about": "Cem Oz"} | more
    return sentence(Telling(verb, "Follow-up call", told=content or {}, **people))


def test_every_verb_has_its_sentence() -> None:
    assert set(Verb) == set(SENTENCES)


@pytest.mark.parametrize("verb", SENTENCES)
def test_an_emptied_revision_still_gives_a_sentence(verb: Verb) -> None:
    found = told(verb)
    assert found.endswith(".")
    assert "Follow-up call" in found
    assert "None" not in found
    assert "{" not in found


@pytest.mark.parametrize(
    ("verb", "content", "expected"),
    [
        (Verb.RESPONSIBILITY_ASSIGNED, {"role": "accountable"},
         "Ann Lee asked Bob Ray to be accountable for Follow-up call."),
        (Verb.RESPONSIBILITY_ACCEPTED, {"role": "accountable"},
         "Ann Lee accepted being accountable for Follow-up call."),
        (Verb.RESPONSIBILITY_ACCEPTED, {"role": "consulted", "department_id": "1"},
         "Ann Lee accepted that Bob Ray is consulted about Follow-up call."),
        (Verb.RESPONSIBILITY_DECLINED, {"role": "informed"},
         "Ann Lee declined being informed about Follow-up call."),
        (Verb.RESPONSIBILITY_ENDED, {},
         "Ann Lee ended that Bob Ray is one of those who answer for Follow-up call."),
        (Verb.SIGN_OFF_RULE_SET, {"group": "frontline_staff", "required": 2},
         "Ann Lee asked for 2 sign-offs of frontline staff on Follow-up call."),
        (Verb.SIGN_OFF_RULE_SET, {"department_id": "1", "required": 1},
         "Ann Lee asked for 1 sign-off of Bob Ray on Follow-up call."),
        (Verb.SIGN_OFF_GIVEN, {"sole_signer": True},
         "Ann Lee signed off Follow-up call, as the only one eligible."),
        (Verb.SIGN_OFF_GIVEN, {"sole_signer": False}, "Ann Lee signed off Follow-up call."),
        (Verb.PLAYBOOK_DRAFTED, {"title": "Refund"},
         "Ann Lee drafted the playbook “Refund” for Follow-up call."),
        (Verb.PLAYBOOK_USE_RESULT, {"result": "partly_recovered"},
         "Ann Lee recorded the result of using a playbook at Follow-up call as partly recovered."),
        (Verb.ESCALATED, {"cause": "not_accepted"},
         "Ann Lee went up to Bob Ray: Cem Oz has not said whether they answer for Follow-up call."),
        (Verb.ESCALATED, {"cause": "by_hand"},
         "Ann Lee took a thread about Follow-up call up to Bob Ray."),
        (Verb.ANNOTATION_WRITTEN, {"kind": "issue"}, "Ann Lee left an issue about Follow-up call."),
        (Verb.ANNOTATION_WRITTEN, {"kind": "praise"},
         "Ann Lee left a word of praise about Follow-up call."),
        (Verb.ANNOTATION_RESOLVED, {"kind": "issue", "resolution": "wont_do"},
         "Ann Lee resolved the thread on the issue about Follow-up call with nothing to be done."),
        (Verb.ANNOTATION_ASSIGNED, {"assignee_id": None},
         "Ann Lee left a thread about Follow-up call to nobody in particular."),
        (Verb.ANNOTATION_ASSIGNED, {"assignee_id": "1"},
         "Ann Lee assigned a thread about Follow-up call to Bob Ray."),
        (Verb.EMOTION_ADDED, {"label": "anger"},
         "Ann Lee recorded the emotion anger at Follow-up call."),
        (Verb.REACTION_ADDED, {"kind": "thumbs_up"},
         "Ann Lee reacted with “thumbs up” to what was said about Follow-up call."),
        (Verb.JOURNEY_MOVED, {"status": "in_review"},
         "Ann Lee moved Follow-up call to “in review”."),
        (Verb.JOURNEY_OVERRIDDEN, {"status": "approved"},
         "Ann Lee moved Follow-up call to “approved” although sign-offs were missing."),
        (Verb.ACCESS_GRANTED, {"role": "editor"},
         "Ann Lee made Bob Ray an editor of Follow-up call."),
        (Verb.ACCESS_REVOKED, {"role": "participant", "group": "support_staff"},
         "Ann Lee ended that support staff is a participant of Follow-up call."),
        (Verb.JOURNEY_TRANSFERRED, {}, "Ann Lee handed Follow-up call over to Bob Ray."),
        (Verb.MEMBER_JOINED, {}, "Follow-up call joined the organization."),
    ],
)  # fmt: skip
def test_what_happened_is_said(verb: Verb, content: dict[str, Any], expected: str) -> None:
    assert told(verb, content) == expected


def test_what_was_changed_is_named() -> None:
    fields = ["stakes", "triggers", "responsible_department_id"]
    assert told(Verb.MOMENT_UPDATED, changed=fields) == (
        "Ann Lee changed the stakes, the triggers and the responsible department of Follow-up call."
    )
    assert told(Verb.MOMENT_UPDATED) == "Ann Lee changed what is said of Follow-up call."


def test_a_name_in_braces_is_a_name_like_any_other() -> None:
    assert told(Verb.SIGN_OFF_GIVEN, who="{whom}") == "{whom} signed off Follow-up call."
    assert told(Verb.MOMENT_RETIRED, who="{about}").startswith("{about} retired")


def test_a_verb_nobody_has_thought_of_is_told_all_the_same() -> None:
    assert sentence(Telling("moment.sung", "Call", "ann")) == "Ann changed something about Call."


def test_who_did_it_is_named_as_far_as_the_entry_does() -> None:
    assert actor("system", None) == "Touchstone"
    assert actor("hidden", None) == "Somebody"
    assert actor("hidden", None, "frontline_staff") == "Somebody of the frontline staff"
    assert actor("member", "Ann Lee") == "Ann Lee"
    assert actor("member", "") == actor("member", None) == "a former member"


def test_names_in_a_row() -> None:
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == (
        "a", "a and b", "a, b and c",
    )  # fmt: skip
