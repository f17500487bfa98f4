"""The same day in Python, with the client that openapi-python-client made of the document."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from io import BytesIO
from itertools import islice
from json import loads
from uuid import UUID, uuid4

import httpx
from story import NOWHERE, PASSWORD, equal, given, step, tone
from touchstone_client import AuthenticatedClient, Client
from touchstone_client.api.annotations import (
    annotate,
    edit_annotation,
    get_annotation,
    list_annotations,
)
from touchstone_client.api.attachments import add_attachment, get_attachment_content
from touchstone_client.api.events import list_journey_events
from touchstone_client.api.journeys import list_journeys
from touchstone_client.api.map_ import get_journey_map
from touchstone_client.api.ratings import rate_touchpoint
from touchstone_client.api.sessions import sign_in
from touchstone_client.api.streams import stream_journey
from touchstone_client.models import (
    Annotation,
    AnnotationKind,
    AnnotationNew,
    AnnotationPage,
    AnnotationPatch,
    Attachment,
    AttachmentNew,
    Event,
    EventPage,
    JourneyMap,
    JourneyPage,
    JourneyRow,
    Problem,
    Rating,
    RatingPut,
    SignedIn,
    SignIn,
    StreamJourneyPresence,
)
from touchstone_client.types import UNSET, File, Response, Unset

ADDRESS = os.environ["TOUCHSTONE_URL"]


class Day:
    """One member's day; every step has what those before it left."""

    client: AuthenticatedClient
    journey: JourneyRow
    touchpoint: UUID
    annotation: Annotation
    etag: str

    def sign_in(self) -> None:
        body = SignIn(email="nadia@demo.example", password=PASSWORD)
        answer = sign_in.sync(client=Client(base_url=ADDRESS), body=body)
        self.client = AuthenticatedClient(
            base_url=ADDRESS, token=given(SignedIn, answer).access_token, timeout=httpx.Timeout(20)
        )

    def find(self) -> None:
        found = given(JourneyPage, list_journeys.sync(client=self.client, q="outpatient"))
        self.journey = found.items[0]

    def read(self) -> None:
        answer = get_journey_map.sync_detailed(self.journey.id, client=self.client)
        self.touchpoint = given(JourneyMap, answer.parsed).touchpoints[0].id
        again = get_journey_map.sync_detailed(
            self.journey.id, client=self.client, if_none_match=answer.headers["ETag"]
        )
        equal(again.status_code, HTTPStatus.NOT_MODIFIED)

    def say(self, words: str, key: str | Unset = UNSET) -> Response[Annotation | Problem]:
        body = AnnotationNew(subject_id=self.touchpoint, kind=AnnotationKind.ISSUE, body=words)
        return annotate.sync_detailed(client=self.client, body=body, idempotency_key=key)

    def annotate(self) -> None:
        answer = self.say("Nobody greets us.")
        self.annotation, self.etag = given(Annotation, answer.parsed), answer.headers["ETag"]
        equal(answer.headers["Location"], f"/v1/annotations/{self.annotation.id}")

    def rating(self, emotional: int) -> Rating | Problem | None:
        body = RatingPut(emotional=emotional, business=4, importance=5, performance=None)
        return rate_touchpoint.sync(self.touchpoint, client=self.client, body=body)

    def rate(self) -> None:
        rating = given(Rating, self.rating(5))
        equal((rating.emotional, rating.performance), (5, None))

    def edit_stale(self) -> None:
        def edit() -> Response[Annotation | Problem]:
            return edit_annotation.sync_detailed(
                self.annotation.id,
                client=self.client,
                body=AnnotationPatch(body="Nobody greets us at the door."),
                if_match=self.etag,
            )

        now = given(Annotation, edit().parsed)
        answer = edit()
        problem = given(Problem, answer.parsed)
        equal((problem.status, problem.code), (412, "stale"))
        equal(answer.headers["ETag"], f'"{now.version}"')

    def be_refused(self) -> None:
        wrong = given(Problem, self.rating(9))
        equal((wrong.status, [one.pointer for one in wrong.errors]), (400, ["#/emotional"]))
        missing = get_annotation.sync_detailed(NOWHERE, client=self.client)
        equal(missing.status_code, HTTPStatus.NOT_FOUND)
        equal(given(Problem, missing.parsed).code, "not_found")

    def listed(self, limit: int, cursor: str | Unset = UNSET) -> AnnotationPage:
        page = list_annotations.sync(
            client=self.client, journey=self.journey.id, limit=limit, cursor=cursor
        )
        return given(AnnotationPage, page)

    def page(self) -> None:
        page, ids = self.listed(5), []
        while True:
            ids += [one.id for one in page.items]
            if page.next_cursor is None:
                break
            page = self.listed(5, page.next_cursor)
        equal(ids, [one.id for one in self.listed(100).items])

    @contextmanager
    def hearing(self, last: str | Unset = UNSET) -> Iterator[Iterator[dict[str, str]]]:
        """Open the stream; to leave closes it."""
        request = stream_journey._get_kwargs(
            self.journey.id, presence=StreamJourneyPresence.OFF, last_event_id=last
        )
        with self.client.get_httpx_client().stream(**request) as reply:
            equal(reply.status_code, HTTPStatus.OK)
            yield frames(reply.iter_lines())

    def write(self, often: int) -> list[UUID]:
        return [given(Annotation, self.say(f"No. {n}").parsed).id for n in range(often)]

    def listen(self) -> None:
        with self.hearing() as heard:
            since = next(heard)["id"]
            written = self.write(3)
            told = list(islice(heard, 2))  # it is cut here
        written += self.write(2)
        with self.hearing(told[-1]["id"]) as heard:
            next(heard)  # where it is
            told += islice(heard, 3)
        events = [Event.from_dict(loads(frame["data"])) for frame in told]
        feed = list_journey_events.sync(self.journey.id, client=self.client, after=int(since))
        equal(events, given(EventPage, feed).items)
        equal([event.subject_id for event in events], written)

    def attach(self) -> None:
        sound = tone()
        file = File(payload=BytesIO(sound), file_name="tone.wav", mime_type="audio/wav")
        body = AttachmentNew(subject_id=self.annotation.id, file=file)
        made = given(Attachment, add_attachment.sync(client=self.client, body=body))
        back = get_attachment_content.sync(made.id, client=self.client)
        equal(given(File, back).payload.read(), sound)

    def repeat(self) -> None:
        key = str(uuid4())
        first, again = self.say("Once.", key), self.say("Once.", key)
        equal(again.content, first.content)
        equal("Idempotent-Replayed" in first.headers, False)
        equal(again.headers["Idempotent-Replayed"], "true")
        equal(given(Problem, self.say("Twice.", key).parsed).status, 422)

    def repeat_at_once(self) -> None:
        key = str(uuid4())
        with ThreadPoolExecutor(10) as pool:
            said = [pool.submit(self.say, f"At once {key}", key) for _ in range(10)]
        answers = [one.result().parsed for one in said]
        equal(len({one.id for one in answers if isinstance(one, Annotation)}), 1)
        refused = {one.code for one in answers if isinstance(one, Problem)}
        equal(refused <= {"idempotency_key_in_flight"}, True)
        equal([one.body for one in self.listed(100).items].count(f"At once {key}"), 1)


def frames(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    """The fields of each event, comments left out."""
    frame: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if name:
            frame[name] = value
        elif frame.keys() & {"id", "data"}:
            yield frame
            frame = {}


day = Day()
step("signs in, and every later call carries the token", day.sign_in)
step("finds a journey", day.find)
step("reads its map, and hears 304 of the same ETag", day.read)
step("annotates a touchpoint", day.annotate)
step("rates it", day.rate)
step("is refused a stale write: 412 with the present ETag", day.edit_stale)
step("is told what is wrong: 400 with a pointer, and 404", day.be_refused)
step("pages a list to its end", day.page)
step("listens, and after a cut goes on where it was", day.listen)
step("attaches a sound and gets the same bytes back", day.attach)
step("repeats a call by its key: one effect, one answer; another body is 422", day.repeat)
step("sends ten duplicates at the same moment: one effect", day.repeat_at_once)
