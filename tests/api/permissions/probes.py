"""How each operation is tried: where, with what, and what kind of object its rule is about."""

from collections.abc import Mapping

from domain.roles import May
from tests.api.permissions import cast as stage
from tests.api.permissions import nouns
from tests.api.permissions.cast import FEELING, invitation, unique
from tests.api.permissions.shapes import Probe, change, get, make, own

STRUCTURE = {
    "addStage": make("/journeys/{journey}/stages", {"name": "More"}),
    "updateStage": change("PATCH", "/stages/{stage}", {"name": "Other"}),
    "moveStage": change("POST", "/stages/{stage}/move", {"after": None}),
    "removeStage": change("DELETE", "/stages/{stage}"),
    "addLane": make("/journeys/{journey}/lanes", {"question": "How?", "kind": "custom"}),
    "updateLane": change("PATCH", "/lanes/{lane}", {"question": "Why not?"}),
    "moveLane": change("POST", "/lanes/{lane}/move", {"after": None}),
    "removeLane": change("DELETE", "/lanes/{lane}"),
    "writeCell": change(
        "PUT",
        "/lanes/{lane}/cells",
        lambda cast: {"stage_id": cast.things["stage"], "body": "So."},
    ),
    "addTouchpoint": make("/stages/{stage}/touchpoints", {"name": "More"}),
    "updateTouchpoint": change("PATCH", "/touchpoints/{touchpoint}", {"name": "Other"}),
    "moveTouchpoint": change("POST", "/touchpoints/{touchpoint}/move", {"after": None}),
    "removeTouchpoint": change("DELETE", "/touchpoints/{touchpoint}"),
    "getStage": get("/stages/{stage}", "journey"),
    "getLane": get("/lanes/{lane}", "journey"),
    "getEmotion": get("/emotions/{emotion}", "journey"),
    "getTouchpoint": get("/touchpoints/{touchpoint}", "journey"),
    "addEmotion": make("/touchpoints/{touchpoint}/emotions", FEELING),
    "updateEmotion": change("PATCH", "/emotions/{emotion}", {"label": "rage"}),
    "removeEmotion": change("DELETE", "/emotions/{emotion}"),
    "restoreSubject": Probe(
        "POST", "/subjects/{subject}/restore", about="journey", fresh=stage.fresh_removal
    ),
}
JOURNEYS = {
    "listJourneys": get("/journeys"),
    "createJourney": make("/journeys", {"title": "I try"}, ""),
    "importJourney": Probe("POST", "/journeys/import", {}, may=May.CREATE_JOURNEY),
    "listOrphanedJourneys": get("/journeys/orphaned"),
    "getJourney": get("/journeys/{journey}", "journey"),
    "getJourneyMap": get("/journeys/{journey}/map", "journey"),
    "getJourneyOverlay": get("/journeys/{journey}/overlay", "journey"),
    "listJourneyEvents": get("/journeys/{journey}/events", "journey"),
    "updateJourney": change("PATCH", "/journeys/{journey}", {"objective": "Fewer calls."}),
    "transitionJourney": change("POST", "/journeys/{journey}/transition", {"to": "draft"}),
    "lockJourney": change("POST", "/journeys/{journey}/lock"),
    "unlockJourney": change("POST", "/journeys/{journey}/unlock"),
    "grantAccess": make(
        "/journeys/{journey}/grants",
        lambda cast: {
            "role": "participant",
            "department_id": cast.things["department"],
        },
    ),
    "listGrants": get("/journeys/{journey}/grants", "journey"),
    "revokeAccess": change("DELETE", "/grants/{grant}"),
    "transferJourney": change(
        "POST",
        "/journeys/{journey}/transfer",
        lambda cast: {"member_id": str(cast["editor"].member_id)},
    ),
    "listPersonas": get("/personas"),
    "createPersona": make("/personas", {"name": "Ada"}, ""),
    "getPersona": get("/personas/{persona}"),
    "updatePersona": change("PATCH", "/personas/{persona}", {"quote": "Oh."}, "persona"),
    "removePersona": change("DELETE", "/personas/{persona}", None, "persona"),
    "listChannels": get("/channels"),
    "createChannel": make(
        "/channels", lambda _: {"key": unique("fax").replace(" ", "_"), "name": unique("Fax")}, ""
    ),
}
VOICES = {
    "annotate": make(
        "/annotations",
        lambda cast: {"subject_id": cast.things["touchpoint"], "kind": "idea", "body": "Ask."},
    ),
    "listAnnotations": get("/annotations"),
    "getAnnotation": get("/annotations/{annotation}", "annotation"),
    "listAnnotationRevisions": get("/annotations/{annotation}/revisions", "annotation"),
    "listReplies": get("/annotations/{annotation}/replies", "annotation"),
    "replyToAnnotation": make(
        "/annotations/{annotation}/replies", {"body": "Indeed."}, "annotation"
    ),
    "editAnnotation": change("PATCH", "/annotations/{annotation}", {"body": "Hm."}, "annotation"),
    "withdrawAnnotation": Probe(
        "POST",
        "/annotations/{annotation}/withdraw",
        about="annotation",
        fresh=stage.fresh_annotation,
    ),
    "restoreAnnotation": Probe(
        "POST",
        "/annotations/{annotation}/restore",
        about="annotation",
        fresh=stage.fresh_withdrawal,
    ),
    "hideAnnotation": change(
        "POST", "/annotations/{annotation}/hide", {"reason": "Rude."}, "annotation"
    ),
    "showAnnotation": change("POST", "/annotations/{annotation}/show", None, "annotation"),
    "resolveAnnotation": change(
        "POST", "/annotations/{annotation}/resolve", {"resolution": "fixed"}, "annotation"
    ),
    "reopenAnnotation": change("POST", "/annotations/{annotation}/reopen", None, "annotation"),
    "setWorkStatus": change(
        "PUT",
        "/annotations/{annotation}/work-status",
        {"work_status": "waiting"},
        "annotation",
    ),
    "approveAnnotation": change("POST", "/annotations/{annotation}/approve", None, "annotation"),
    "assignAnnotation": change(
        "POST",
        "/annotations/{annotation}/assign",
        lambda cast: {"member_id": str(cast.org.admin.member_id)},
        "annotation",
    ),
    "supportAnnotation": Probe("PUT", "/annotations/{annotation}/support", about="annotation"),
    "unsupportAnnotation": Probe(
        "DELETE",
        "/annotations/{annotation}/support",
        about="annotation",
        fresh=stage.fresh_support,
    ),
    "rateTouchpoint": Probe(
        "PUT",
        "/touchpoints/{touchpoint}/ratings/me",
        {"emotional": 3, "business": None, "importance": None, "performance": None},
        "journey",
    ),
    "listRatings": get("/touchpoints/{touchpoint}/ratings", "journey"),
    "nominateMoment": make("/touchpoints/{other_touchpoint}/moments", {}),
    "listMoments": get("/moments"),
    "getMoment": get("/moments/{moment}", "journey"),
    "updateMoment": change("PATCH", "/moments/{moment}", {"stakes": "Trust."}),
    "confirmMoment": change("POST", "/moments/{moment}/confirm"),
    "retireMoment": change("POST", "/moments/{moment}/retire", {"reason": "Gone."}),
    "rankMoments": get("/journeys/{journey}/moments", "journey"),
}
ORGANIZATION = {
    "getOrganization": get("/organization"),
    "updateOrganization": change("PATCH", "/organization", {"name": "Other"}, ""),
    "listOrganizationEvents": get("/organization/events"),
    "getDirectory": get("/directory"),
    "getPolicy": get("/policy"),
    "listDepartments": get("/departments"),
    "createDepartment": make("/departments", lambda _: {"name": unique("Unit")}, ""),
    "getDepartment": get("/departments/{department}"),
    "updateDepartment": change("PATCH", "/departments/{department}", {"external": True}, ""),
    "removeDepartment": change("DELETE", "/departments/{department}", None, ""),
    "listMembers": get("/members"),
    "getMember": get("/members/{member}"),
    "updateMember": change("PATCH", "/members/{member}", {"title": "Chief"}, ""),
    "eraseMember": change("POST", "/members/{member}/erase", None, ""),
    "listInvitations": get("/invitations"),
    "getInvitation": get("/invitations/{invitation}"),
    "inviteMember": make("/invitations", lambda _: invitation(), ""),
    "resendInvitation": Probe("POST", "/invitations/{invitation}/resend"),
    "revokeInvitation": change("DELETE", "/invitations/{invitation}", None, ""),
}
ACCOUNT = {
    "getMe": own("GET", "/me"),
    "updateMe": Probe("PATCH", "/me", {"name": "Other"}, stale=True, own=True),
    "listMyOrganizations": own("GET", "/me/organizations"),
    "listSessions": own("GET", "/sessions"),
    "revokeSession": own("DELETE", "/sessions/{session}", fresh=stage.fresh_session),
    "changePassword": own(
        "POST", "/me/password", {"current_password": "what it was", "new_password": "some new one"}
    ),
    "switchOrganization": own(
        "POST",
        "/sessions/current/switch",
        lambda cast: {"organization_id": str(cast.org.id)},
    ),
    "signOut": own("DELETE", "/sessions/current"),
}
PUBLIC = {
    "signUp", "signIn", "refreshSession", "requestPasswordReset", "resetPassword",
    "acceptInvitation", "openInputLink", "answerByLink", "getLiveness", "getReadiness",
    "getJourneymapSchema", "listSignInProviders", "beginSignIn", "completeSignIn",
}  # fmt: skip
"""Nobody is asked who they are; their own tests say what they refuse."""

PROBES: Mapping[str, Probe] = (
    STRUCTURE | JOURNEYS | VOICES | ORGANIZATION | ACCOUNT | nouns.merged("PROBES")
)
