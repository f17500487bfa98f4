"""Which texts beside those of threads are whose: what erasing a person empties."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, and_, func, or_, true

from domain.duties import InputAskStatus, ResponsibilityStatus
from domain.facts import Verb
from domain.models.accountability.escalations import Escalation
from domain.models.accountability.playbooks import PlaybookUse
from domain.models.accountability.responsibilities import Responsibility
from domain.models.accountability.sign_offs import SignOff
from domain.models.base import Recorded
from domain.models.findings.evidence import Attachment, Evidence
from domain.models.findings.findings import Finding
from domain.models.life.editions import Edition, Publication, Revisit
from domain.models.outcomes.actions import Action, Outcome
from domain.models.outcomes.opportunities import Opportunity
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.voices.flags import Flag
from domain.models.voices.proposals import Proposal
from domain.talk import ProposalStatus


@dataclass(frozen=True, slots=True)
class Texts:
    """The columns of a model that hold words of the member named in `whose`.

    With `own` the whole row is theirs, so that none of its past may stay. Where the column `unless`
    names somebody, the words are that member's instead.
    """

    model: type[Recorded]
    whose: str
    columns: tuple[str, ...]
    verb: Verb
    own: bool = False
    unless: str = ""


TEXTS = (
    Texts(Responsibility, "created_by", ("note",), Verb.RESPONSIBILITY_ERASED),
    Texts(
        Responsibility, "answered_by", ("reason",), Verb.RESPONSIBILITY_ERASED, unless="ended_by"
    ),
    Texts(Responsibility, "ended_by", ("reason",), Verb.RESPONSIBILITY_ERASED),
    Texts(SignOff, "member_id", ("comment",), Verb.SIGN_OFF_ERASED, own=True),
    Texts(PlaybookUse, "member_id", ("situation", "result_note"), Verb.PLAYBOOK_USE_ERASED, True),
    Texts(InputRequest, "created_by", ("message",), Verb.INPUT_ERASED),
    Texts(InputAsk, "member_id", ("answers", "abstention_reason"), Verb.INPUT_ERASED, own=True),
    Texts(Escalation, "raised_by", ("reason",), Verb.ESCALATION_ERASED, own=True),
    Texts(Proposal, "author_id", ("changes", "reason"), Verb.PROPOSAL_ERASED, own=True),
    Texts(Proposal, "decided_by", ("decision_reason",), Verb.PROPOSAL_ERASED),
    Texts(Flag, "member_id", ("note",), Verb.FLAG_ERASED, own=True),
    Texts(
        Finding,
        "author_id",
        ("text", "blocks", "went_to", "source"),
        Verb.FINDING_ERASED,
        own=True,
    ),
    Texts(Finding, "closed_by", ("status_note",), Verb.FINDING_ERASED),
    Texts(Evidence, "author_id", ("excerpt", "source", "url"), Verb.EVIDENCE_ERASED, own=True),
    Texts(
        Attachment,
        "author_id",
        ("name", "description", "storage_key"),
        Verb.ATTACHMENT_ERASED,
        own=True,
    ),
    Texts(Opportunity, "moved_by", ("status_note",), Verb.OPPORTUNITY_ERASED),
    Texts(Action, "moved_by", ("status_note",), Verb.ACTION_ERASED),
    Texts(Action, "waived_by", ("waiver_reason",), Verb.ACTION_ERASED),
    Texts(Outcome, "recorded_by", ("note",), Verb.OUTCOME_ERASED),
    Texts(Outcome, "judged_by", ("judgment_note",), Verb.OUTCOME_ERASED),
    Texts(Edition, "published_by", ("note",), Verb.EDITION_ERASED),
    Texts(Publication, "published_by", ("note",), Verb.PUBLICATION_ERASED),
    Texts(Revisit, "member_id", ("note",), Verb.REVISIT_ERASED, own=True),
)
"""Stakeholder values, playbooks and the questions of input requests stay: they are the
organization's words, as its maps are, with what was accepted of proposals and the names of
editions. So do title, statement and sign of success of opportunities, title, description and
process of actions, and what an outcome measured, as the titles of journeys and touchpoints do. What
kind of finding it was, how severe and how many voted for it stays too. Without its key nobody knows
a file, and it is forgotten."""

EMPTIED = (
    Responsibility,
    SignOff,
    PlaybookUse,
    InputRequest,
    InputAsk,
    Escalation,
    Flag,
    Proposal,
    Finding,
    Evidence,
    Attachment,
    Edition,
    Publication,
    Revisit,
    Opportunity,
    Action,
    Outcome,
)
Worded = (
    Responsibility
    | SignOff
    | PlaybookUse
    | InputRequest
    | InputAsk
    | Escalation
    | Flag
    | Proposal
    | Finding
    | Evidence
    | Attachment
    | Edition
    | Publication
    | Revisit
    | Opportunity
    | Action
    | Outcome
)

_HELD = (ResponsibilityStatus.ASSIGNED.value, ResponsibilityStatus.ACCEPTED.value)
_SILENT = (InputAskStatus.ASKED.value, InputAskStatus.NO_ANSWER.value)
UNSETTLED: Mapping[type[Any], tuple[str, tuple[str, ...]]] = {
    Responsibility: ("member_id", _HELD),
    InputAsk: ("member_id", _SILENT),
    Proposal: ("author_id", (ProposalStatus.OPEN.value,)),
}
"""What nobody answers or stands by any more once the member is gone: who, in which states."""


def texts_of(model: type[Any]) -> Iterator[Texts]:
    """What the table says of a model."""
    return (one for one in TEXTS if one.model is model)


def left(model: type[Any], who: ColumnElement[Any]) -> ColumnElement[bool]:
    """Rows of a model that hold words of a member, or wait for one."""
    worded = [
        and_(
            getattr(model, one.whose) == who,
            getattr(model, one.unless).is_(None) if one.unless else true(),
            or_(*(_filled(getattr(model, column)) for column in one.columns)),
        )
        for one in texts_of(model)
    ]
    whose, statuses = UNSETTLED.get(model, ("", ()))
    waiting = [and_(getattr(model, whose) == who, model.status == status) for status in statuses]
    return or_(*worded, *waiting)


def _filled(column: Any) -> ColumnElement[bool]:
    filled: ColumnElement[bool] = (
        func.cardinality(column) > 0 if isinstance(column.type, ARRAY) else column != ""
    )
    return filled
