"""Streams over HTTP: what happens, while it happens."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, HeaderParameter, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.live import EventStream, Live
from api.live.stream import MEDIA_TYPE
from api.replies import nothing
from api.schemas.live.streams import (
    StreamPresence,
    StreamReset,
    StreamRevoked,
)
from api.schemas.records.events import Event
from domain.actor import Actor
from domain.queries.live import heads
from domain.roles import May
from domain.rules.resuming import Beginning, beginning

Asking = Request[Any, Any, State]
Shown = Annotated[
    Literal["on", "off"],
    QueryParameter(description="Whether the others are shown that you are there."),
]
NOTHING_MORE = "The journey is archived and you have all of it: there is no more to wait for."
SAYS = {"revision": Event, "reset": StreamReset, "revoked": StreamRevoked}


class Heard:
    """What a client has already, by its header and by its address."""

    def __init__(self, last_event_id: str | None, after: int | None) -> None:
        self.last_event_id, self.after = last_event_id, after


async def provide_heard(
    actor: By,  # noqa: ARG001  after the actor: Litestar runs what could go side by side in tasks
    last_event_id: Annotated[
        str | None,
        HeaderParameter(
            name="Last-Event-ID",
            description="The `id` of the last event you have; browsers send it by themselves.",
        ),
    ] = None,
    after: Annotated[
        int | None,
        QueryParameter(
            ge=0,
            le=9_007_199_254_740_991,
            schema_extra={"minimum": 0},  # Litestar forgets a bound of 0 beside null
            description="The same, where no header can be sent.",
        ),
    ] = None,
    ticket: Annotated[  # noqa: ARG001  taken long before, by the middleware
        str | None,
        QueryParameter(
            min_length=1,
            max_length=200,
            description="A ticket from POST /v1/stream-tickets, in place of the Authorization "
            "header, for EventSource.",
        ),
    ] = None,
) -> Heard:
    """Where a stream goes on."""
    return Heard(last_event_id, after)


From = NamedDependency[SkipValidation[Heard]]


def opened(
    request: Asking, actor: Actor, stream_id: UUID, begin: Beginning, *, shown: bool
) -> EventStream:
    """The reply that does not end."""
    live: Live = request.app.state.live
    return live.open(actor, stream_id, begin, shown=shown)


class StreamController(Controller):
    """What happens, while it happens, as server-sent events."""

    tags = ["Live"]
    dependencies = {"heard": Provide(provide_heard)}

    @get(
        "/journeys/{journey_id:uuid}/stream",
        may=May.READ_JOURNEY,
        media_type=MEDIA_TYPE,
        ticket=True,
        also={204: NOTHING_MORE},
        says=SAYS | {"presence": StreamPresence},
    )
    async def stream_journey(
        self,
        request: Asking,
        tx: Db,
        actor: By,
        heard: From,
        journey_id: FromPath[UUID],
        presence: Shown = "on",
    ) -> Response[None]:
        """Hear what happens in a journey, as it happens, in order and without a gap.

        Every event has the revision as its `id`, the verb as its `event` (`revision` where you may
        not see what it was) and an Event as its `data`, the one that listJourneyEvents lists.
        Without a position it begins at the present. `reset` says that your position cannot be gone
        on from (it is unknown, ahead, or more than 10,000 behind): read the journey anew, events
        follow from there. `revoked` says that you may not listen any more, and is the last one.
        `presence`, without an id, says who has the journey open. Every 15 s of silence there is a
        comment. Who does not take what is sent for 30 s is dropped; come back with the last id.
        """
        head, archived = await heads.of_journey(tx, actor, journey_id)
        begin = beginning(head, heard.last_event_id, heard.after)
        if archived and begin.position == head and not begin.reset:
            return nothing()
        return opened(request, actor, journey_id, begin, shown=presence == "on")

    @get(
        "/organization/stream",
        may=May.READ_ORGANIZATION,
        media_type=MEDIA_TYPE,
        ticket=True,
        says=SAYS,
    )
    async def stream_organization(
        self, request: Asking, tx: Db, actor: By, heard: From
    ) -> Response[None]:
        """Hear what happens to the organization's members, departments and settings.

        Everybody hears that something happened, by its revision; what it was, only who may list the
        organization's events. In all else it is like streamJourney.
        """
        head = await heads.of_organization(tx, actor)
        begin = beginning(head, heard.last_event_id, heard.after)
        return opened(request, actor, actor.organization_id, begin, shown=False)
