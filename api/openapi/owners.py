"""What stands in a field of one struct, where the struct's name says more than the field's."""

from typing import Any

from api.openapi.samples import FOLLOW_UP, OUTPATIENT, WORDS

RESULTS = "Calls about results"
LONGER = "Tell them how long it takes"


JOURNEY = {"title": OUTPATIENT}
TOUCHPOINT = {"name": FOLLOW_UP}
RECEPTIONIST = {"name": "Fay Ortiz", "title": "Receptionist"}
FRONT_DESK = {"name": "Front desk"}


def _each(starts: str, fields: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict.fromkeys(starts.split(), fields)


OWN: dict[str, dict[str, Any]] = {
    **_each("ActivityJourney AtlasJourney ComparedJourney Duty ImportJourney Journey", JOURNEY),
    **_each("MapJourney NotificationJourney TreeJourney", JOURNEY),
    **_each("ActivityTouchpoint Anchor FunnelTouchpoint JourneyChange", TOUCHPOINT),
    **_each(
        "JourneyDifference JourneyMovement LinkedTouchpoint MapTouchpoint Piece Touchpoint",
        TOUCHPOINT,
    ),
    **_each("DirectoryMember Invitation Member OwnMember", RECEPTIONIST),
    **_each("Me NotificationActor Reaction SignUp", {"name": "Fay Ortiz"}),
    **_each("AtlasNamed Department DirectoryDepartment Named", FRONT_DESK),
    **_each("FunnelStage Stage", {"name": "After visit"}),
    **_each("Metric RankedMetric ScorecardLine", {"name": RESULTS}),
    **_each("MyOrganization Organization", {"name": "Demo Clinic"}),
    **_each("DraftedOpportunity MatrixPoint", {"title": LONGER}),
    **_each("Opportunity UnplacedOpportunity", {"title": LONGER}),
    **_each("AccessToken MyToken", {"name": "Figures for the board, every night"}),
    "Action": {"title": "Print the date of results on the summary"},
    "ActivityActor": {"kind": "member", "name": "Fay Ortiz"},
    "Attachment": {"name": "queue.jpg"},
    "Channel": {"name": "Telephone", "key": "telephone"},
    "Edition": {"name": "Spring"},
    "EventActor": {"kind": "member"},
    "Event": {"verb": "touchpoint.updated"},
    "Evidence": {"url": "https://example.org/survey.pdf"},
    "Health": {"status": "live"},
    "ImportCount": {"kind": "touchpoint"},
    "JobResult": {"name": "journey.json", "media_type": "application/json"},
    "ModerationEntry": {
        "verb": "annotation.hidden",
        "old_status": "open",
        "new_status": "hidden",
        "reason": "It tells who the patient is.",
        "note": "",
    },
    "NotificationSubject": {"kind": "annotation"},
    "Persona": {"name": "Patient with a referral"},
    "Playbook": {"title": "The result is late"},
    "PolicyRow": {
        "scope": "maps",
        "meaning": "edit structure and content and undo removals",
        "or_anyone_who_is": "editor",
        "only_if": "open",
        "says": "the owner or an editor, while the journey is open",
    },
    "PolicyScope": {"name": "maps", "meaning": "draw and change maps"},
    "PolicyWord": {"name": "editor", "meaning": "Somebody who may edit the journey."},
    "RankingInput": {"name": "importance"},
    "ServiceMember": {"name": "Ticket system"},
    "Source": {"name": WORDS, "from_kind": "finding"},
    "Webhook": {
        "name": "Into the ticket system",
        "url": "https://tickets.example.org/touchstone",
        "secret": "whsec_bm90LWEtcmVhbC1zZWNyZXQtYnV0LWxvbmc=",
    },
    "listDataPoints": {"dimension": "channel:app"},
    "getMetricTrend": {"dimension": "channel:app"},
}
"""By the beginning of the struct's name; the longest that says something of the field counts."""


def own(field: str, owner: str) -> Any:
    """Give what stands in a field of this owner, None where its name says no more than others'."""
    starts = sorted((start for start in OWN if owner.startswith(start)), key=len)
    said = [OWN[start][field] for start in starts if field in OWN[start]]
    return said[-1] if said else None
