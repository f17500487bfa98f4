"""Links to answer by on the wire; their secrets travel by mail only."""

from collections.abc import Sequence
from uuid import UUID

from api.schemas.base import Body, Instant, Reply, present
from api.schemas.identity.sessions import Secret
from api.schemas.participation.input_answers import InputAnswer
from domain.duties import InputAskStatus, InputRequestStatus
from domain.services.participation.input_links import Opened, Sent
from domain.words import SubjectKind


class InputLinkNew(Body):
    """To whom a link goes; without `member_id` to everybody who is silent."""

    member_id: UUID | None = None


class InputLinkOpening(Body):
    """The code from the letter."""

    link: Secret


class InputLinkAnswer(InputAnswer, kw_only=True):
    """The code from the letter, and the answer: at least one part of it, an abstention alone."""

    link: Secret


class InputLink(Reply):
    """A link that is on its way to a member. Its code is in the letter and nowhere else."""

    id: UUID
    ask_id: UUID
    member_id: UUID
    expires_at: Instant
    created_at: Instant


class InputLinks(Reply):
    """The links that were sent just now."""

    items: list[InputLink]


class LinkedTouchpoint(Reply):
    """Something that can be rated."""

    id: UUID
    name: str
    description: str
    stage_name: str
    rated_by_me: bool


class LinkedRequest(Reply):
    """What a link opens: who asks `member_name` what, about what, and what became of it."""

    organization: str
    asked_by: str
    member_name: str
    journey_title: str
    subject_id: UUID
    subject_kind: SubjectKind
    path: str
    message: str
    questions: list[str]
    due_at: Instant
    request_status: InputRequestStatus
    status: InputAskStatus
    touchpoints: list[LinkedTouchpoint]


def input_links(sent: Sequence[Sent]) -> InputLinks:
    """What was sent, without the secrets."""
    items = [present(InputLink, one.link, member_id=one.member_id) for one in sent]
    return InputLinks(items=items)


def linked_request(opened: Opened) -> LinkedRequest:
    """What somebody reads who came by a link."""
    return present(
        LinkedRequest,
        opened.asked,
        member_name=opened.name,
        request_status=opened.asked["status"],
        status=opened.ask["status"],
        touchpoints=[present(LinkedTouchpoint, row) for row in opened.touchpoints],
    )
