"""What happened, in sentences: one per verb, from what the revision says.

Nothing of what members wrote is in a sentence but names: of what it is about, of playbooks, of
emotions. A revision that was emptied by an erasure still gives a sentence, with fewer words.
"""

from collections.abc import Mapping
from typing import Final

from domain.facts import Verb
from domain.rules.phrases import (
    Builder,
    Telling,
    assigned,
    changed,
    escalated,
    feeling,
    granted,
    moved,
    plain,
    reacted,
    resolved,
    responsibility,
    result,
    rule,
    said,
    signed,
    titled,
)
from domain.rules.result_sentences import RESULTS


def sentence(telling: Telling) -> str:
    """Say what happened."""
    told = SENTENCES.get(telling.verb, _SOMETHING)(telling)
    return told[0].upper() + told[1:]


_SOMETHING = plain("{who} changed something about {what}.")

SENTENCES: Final[Mapping[str, Builder]] = {
    **RESULTS,
    Verb.MOMENT_NOMINATED: plain("{who} nominated {what} as a moment of truth."),
    Verb.MOMENT_UPDATED: changed("what is said"),
    Verb.MOMENT_CONFIRMED: plain("{who} confirmed {what} as a moment of truth."),
    Verb.MOMENT_RETIRED: plain("{who} retired {what} as a moment of truth."),
    Verb.MOMENT_ERASED: plain("Why {what} was retired was erased with who said it."),
    Verb.RESPONSIBILITY_ASSIGNED: responsibility(
        "{who} asked {whom} to be {role}.", "{who} asked {whom} to be {role}."
    ),
    Verb.RESPONSIBILITY_ACCEPTED: responsibility(
        "{who} accepted being {role}.", "{who} accepted that {whom} is {role}."
    ),
    Verb.RESPONSIBILITY_DECLINED: responsibility(
        "{who} declined being {role}.", "{who} declined that {whom} is {role}."
    ),
    Verb.RESPONSIBILITY_ENDED: responsibility(
        "{who} ended that {whom} is {role}.", "{who} ended that {whom} is {role}."
    ),
    Verb.RESPONSIBILITY_HANDED_OVER: responsibility(
        "{who} handed over from {whom} being {role}.", "{who} handed over from {whom} being {role}."
    ),
    Verb.RESPONSIBILITY_ERASED: plain("Words about who answers for {what} were erased."),
    Verb.SIGN_OFF_RULE_SET: rule("{who} asked for {times} of {signer} on {what}."),
    Verb.SIGN_OFF_RULE_CHANGED: rule("{who} now asks for {times} of {signer} on {what}."),
    Verb.SIGN_OFF_RULE_REMOVED: rule("{who} asks for no sign-off of {signer} on {what} any more."),
    Verb.SIGN_OFF_GIVEN: signed,
    Verb.CHANGES_REQUESTED: plain("{who} requested changes to {what}."),
    Verb.SIGN_OFF_SUPERSEDED: plain(
        "{whom} decided anew on {what}: what they said before is over."
    ),
    Verb.SIGN_OFF_ERASED: plain("The words of a sign-off of {what} were erased."),
    Verb.STAKEHOLDER_VALUE_SET: rule("{who} said what {signer} bring to customers at {what}."),
    Verb.STAKEHOLDER_VALUE_CHANGED: rule(
        "{who} changed what {signer} bring to customers at {what}."
    ),
    Verb.STAKEHOLDER_VALUE_REMOVED: rule(
        "{who} removed what {signer} bring to customers at {what}."
    ),
    Verb.PLAYBOOK_DRAFTED: titled("{who} drafted {playbook} for {what}."),
    Verb.PLAYBOOK_UPDATED: titled("{who} changed the draft of {playbook} for {what}."),
    Verb.PLAYBOOK_APPROVED: titled("{who} approved {playbook} for {what}."),
    Verb.PLAYBOOK_SUPERSEDED: titled("A newer one took the place of {playbook} for {what}."),
    Verb.PLAYBOOK_USED: plain("{who} used a playbook at {what}."),
    Verb.PLAYBOOK_USE_RESULT: result,
    Verb.PLAYBOOK_USE_ERASED: plain("The words about a use of a playbook at {what} were erased."),
    Verb.INPUT_REQUESTED: plain("{who} asked for input about {what}."),
    Verb.INPUT_REQUEST_CLOSED: plain("The time to give input about {what} was over."),
    Verb.INPUT_REQUEST_CANCELLED: plain("{who} called off asking for input about {what}."),
    Verb.INPUT_ASKED: plain("{whom} was asked for input about {what}."),
    Verb.INPUT_REMINDED: plain("{whom} was reminded to give input about {what}."),
    Verb.INPUT_ANSWERED: plain("{whom} gave input about {what}."),
    Verb.INPUT_ABSTAINED: plain("{whom} abstained from giving input about {what}."),
    Verb.INPUT_SILENT: plain("{whom} gave no input about {what} in time."),
    Verb.INPUT_CALLED_OFF: plain("{whom} need not give input about {what} any more."),
    Verb.INPUT_ERASED: plain("The words of somebody asked about {what} were erased."),
    Verb.ESCALATED: escalated,
    Verb.ESCALATION_ERASED: plain("The words of an escalation about {what} were erased."),
    Verb.ANNOTATION_WRITTEN: said("{who} left {a} {kind} about {what}."),
    Verb.ANNOTATION_EDITED: said("{who} edited {a} {kind} about {what}."),
    Verb.ANNOTATION_WITHDRAWN: said("{who} withdrew {a} {kind} about {what}."),
    Verb.ANNOTATION_RESTORED: said("{who} stood by a withdrawn {kind} about {what} again."),
    Verb.ANNOTATION_HIDDEN: said("{who} hid {a} {kind} about {what}."),
    Verb.ANNOTATION_SHOWN: said("{who} let a hidden {kind} about {what} be seen again."),
    Verb.ANNOTATION_RESOLVED: resolved,
    Verb.ANNOTATION_REOPENED: said("{who} reopened the thread on {a} {kind} about {what}."),
    Verb.ANNOTATION_ASSIGNED: assigned,
    Verb.ANNOTATION_PROGRESSED: said("{who} said how far the work on {a} {kind} about {what} is."),
    Verb.ANNOTATION_APPROVED: said("{who} looked at {a} {kind} about {what} and let it stand."),
    Verb.ANNOTATION_REANCHORED: said("{who} moved {a} {kind} to {what}."),
    Verb.ANNOTATION_ERASED: plain("The words of an annotation about {what} were erased."),
    Verb.TOUCHPOINT_ADDED: plain("{who} put {what} on the map."),
    Verb.TOUCHPOINT_UPDATED: changed("the description"),
    Verb.TOUCHPOINT_MOVED: plain("{who} moved {what} on the map."),
    Verb.TOUCHPOINT_REMOVED: plain("{who} took {what} off the map."),
    Verb.TOUCHPOINT_RESTORED: plain("{who} brought {what} back on the map."),
    Verb.EMOTION_ADDED: feeling("{who} recorded {emotion} at {what}."),
    Verb.EMOTION_UPDATED: feeling("{who} changed {emotion} at {what}."),
    Verb.EMOTION_REMOVED: feeling("{who} removed {emotion} at {what}."),
    Verb.EMOTION_RESTORED: feeling("{who} restored {emotion} at {what}."),
    Verb.CELL_WRITTEN: plain("{who} filled in a lane at {what}."),
    Verb.REPLY_WRITTEN: plain("{who} replied in a thread about {what}."),
    Verb.REPLY_EDITED: plain("{who} edited a reply in a thread about {what}."),
    Verb.REPLY_WITHDRAWN: plain("{who} withdrew a reply in a thread about {what}."),
    Verb.REPLY_RESTORED: plain("{who} stood by a withdrawn reply about {what} again."),
    Verb.REPLY_HIDDEN: plain("{who} hid a reply in a thread about {what}."),
    Verb.REPLY_SHOWN: plain("{who} let a hidden reply about {what} be seen again."),
    Verb.REPLY_APPROVED: plain("{who} looked at a reply about {what} and let it stand."),
    Verb.REPLY_ERASED: plain("The words of a reply about {what} were erased."),
    Verb.REACTION_ADDED: reacted("{who} reacted{how} to what was said about {what}."),
    Verb.REACTION_REMOVED: reacted("{who} took back a reaction{how} to words about {what}."),
    Verb.FLAG_RAISED: plain("{who} asked a moderator to look at words about {what}."),
    Verb.FLAG_SETTLED: plain("{who} settled whether words about {what} should be seen."),
    Verb.FLAG_ERASED: plain("Why somebody flagged words about {what} was erased."),
    Verb.PROPOSAL_MADE: plain("{who} proposed a change to {what}."),
    Verb.PROPOSAL_ACCEPTED: plain("{who} accepted a change proposed to {what}."),
    Verb.PROPOSAL_REJECTED: plain("{who} rejected a change proposed to {what}."),
    Verb.PROPOSAL_WITHDRAWN: plain("{who} withdrew a change proposed to {what}."),
    Verb.PROPOSAL_ERASED: plain("The words of a change proposed to {what} were erased."),
    Verb.SUPPORT_GIVEN: plain("{who} backed what was said about {what}."),
    Verb.SUPPORT_TAKEN_BACK: plain("{who} no longer backs what was said about {what}."),
    Verb.RATING_GIVEN: plain("{who} rated {what}."),
    Verb.RATING_CHANGED: plain("{who} rated {what} anew."),
    Verb.RATING_ERASED: plain("The words of a rating of {what} were erased."),
    Verb.JOURNEY_CREATED: plain("{who} created the journey {what}."),
    Verb.JOURNEY_UPDATED: changed("the description"),
    Verb.JOURNEY_MOVED: moved("{who} moved {what}{to}."),
    Verb.JOURNEY_OVERRIDDEN: moved("{who} moved {what}{to} although sign-offs were missing."),
    Verb.JOURNEY_LOCKED: plain("{who} locked {what}."),
    Verb.JOURNEY_UNLOCKED: plain("{who} unlocked {what}."),
    Verb.JOURNEY_TRANSFERRED: plain("{who} handed {what} over to {whom}."),
    Verb.ACCESS_GRANTED: granted("{who} made {whom} {role} of {what}."),
    Verb.ACCESS_REVOKED: granted("{who} ended that {whom} is {role} of {what}."),
    Verb.STAGE_ADDED: plain("{who} added the stage {what}."),
    Verb.STAGE_UPDATED: changed("the description"),
    Verb.STAGE_MOVED: plain("{who} moved the stage {what}."),
    Verb.STAGE_REMOVED: plain("{who} removed the stage {what}."),
    Verb.STAGE_RESTORED: plain("{who} brought the stage {what} back."),
    Verb.LANE_ADDED: plain("{who} added the lane {what}."),
    Verb.LANE_UPDATED: changed("the question"),
    Verb.LANE_MOVED: plain("{who} moved the lane {what}."),
    Verb.LANE_REMOVED: plain("{who} removed the lane {what}."),
    Verb.LANE_RESTORED: plain("{who} brought the lane {what} back."),
    Verb.ORGANIZATION_CREATED: plain("{who} founded {what}."),
    Verb.ORGANIZATION_UPDATED: changed("the settings"),
    Verb.DEPARTMENT_CREATED: plain("{who} added the department {what}."),
    Verb.DEPARTMENT_UPDATED: changed("the description"),
    Verb.DEPARTMENT_REMOVED: plain("{who} removed the department {what}."),
    Verb.MEMBER_JOINED: plain("{what} joined the organization."),
    Verb.MEMBER_UPDATED: changed("the place"),
    Verb.MEMBER_SUSPENDED: plain("{who} suspended {what}."),
    Verb.MEMBER_REINSTATED: plain("{who} reinstated {what}."),
    Verb.MEMBER_ERASED: plain("{who} erased {what}."),
    Verb.INVITATION_SENT: plain("{who} invited {what}."),
    Verb.INVITATION_RESENT: plain("{who} invited {what} once more."),
    Verb.INVITATION_REVOKED: plain("{who} took back the invitation of {what}."),
    Verb.INVITATION_ACCEPTED: plain("{what} accepted the invitation."),
    Verb.INVITATION_ERASED: plain("The invitation of {what} was erased."),
    Verb.PERSONA_CREATED: plain("{who} drew the persona {what}."),
    Verb.PERSONA_UPDATED: changed("the description"),
    Verb.PERSONA_REMOVED: plain("{who} removed the persona {what}."),
    Verb.PERSONA_RESTORED: plain("{who} brought the persona {what} back."),
    Verb.CHANNEL_CREATED: plain("{who} added the channel {what}."),
    Verb.WEBHOOK_CREATED: plain("{who} set up the webhook {what}."),
    Verb.WEBHOOK_UPDATED: changed("the description"),
    Verb.WEBHOOK_PAUSED: plain("{who} paused the webhook {what}."),
    Verb.WEBHOOK_RESUMED: plain("{who} resumed the webhook {what}."),
    Verb.WEBHOOK_DISABLED: plain("{who} disabled the webhook {what}."),
    Verb.WEBHOOK_REKEYED: plain("{who} gave the webhook {what} a new secret."),
    Verb.WEBHOOK_REMOVED: plain("{who} removed the webhook {what}."),
    Verb.PROVIDER_ADDED: plain("{who} let the identity provider {what} vouch for members."),
    Verb.PROVIDER_UPDATED: changed("the description"),
    Verb.PROVIDER_REMOVED: plain("{who} removed the identity provider {what}."),
}
