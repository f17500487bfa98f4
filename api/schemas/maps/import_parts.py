"""The small parts of an import's document."""

from typing import Annotated

from msgspec import Meta, field

from api.schemas.base import Body, Instant, Line, Name, Text
from api.schemas.maps.channels import Key as ChannelKey
from api.schemas.maps.emotions import Intensity, Valence
from api.schemas.maps.personas import PersonaNew
from api.schemas.voices.annotations import Words
from domain.words import AnnotationKind, ContactContext, EmotionSource, Resolution, Visibility

Key = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9_.-]*$(?!\n)",
        max_length=80,
        description="A name that stays the same from one import to the next.",
    ),
]

Ref = Annotated[
    str,
    Meta(
        pattern=r"^[a-z_]+:[a-z0-9][a-z0-9_./:-]*$(?!\n)",
        max_length=500,
        description="A part of the document: its kind and its key, such as `touchpoint:wait`. The "
        "key of an emotion, an annotation or a reply begins with that of what it stands at: "
        "`emotion:touchpoint:wait/doubt`, `annotation:touchpoint:wait/late`.",
    ),
]


class ImportSource(Body):
    """Where the facts come from: it becomes the journey's attribution."""

    title: Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
    publisher: Line
    licence: Annotated[str, Meta(max_length=1_000)]
    """On which terms, and what has to be said when it is shown."""
    urls: Annotated[list[Annotated[str, Meta(max_length=1_000)]], Meta(max_length=20)] = field(
        default_factory=list
    )


class ImportDepartment(Body):
    """A unit of the organization; found there by its name, whatever the case."""

    key: Key
    name: Name
    external: bool = False
    """Only for one that is made by this import."""
    parent: Key | None = None
    """The key of another department of the document; only for one that is made by this import."""


class ImportChannel(Body):
    """A way to meet customers; found in the organization by its key."""

    key: ChannelKey
    name: Name


class ImportPersona(PersonaNew, kw_only=True):
    """Whose journey it is."""

    key: Key


class ImportReply(Body):
    """An answer in a thread; once written it cannot be changed."""

    key: Key
    body: Words
    attributed_to: Line = ""
    said_at: Instant | None = None
    """When it was said: told, and not imported."""


class ImportAnnotation(Body):
    """What somebody said. The importer is its author; `attributed_to` says whose words they are."""

    key: Key
    """Unique where it is said: on this journey, stage or touchpoint."""
    kind: AnnotationKind
    body: Words
    visibility: Visibility = Visibility.EVERYONE
    attributed_to: Line = ""
    """Without it, the title of the source."""
    said_at: Instant | None = None
    """When it was said: told, and not imported."""
    resolution: Resolution | None = None
    """How the thread was closed: for one that is new; the importer closes it."""
    resolution_note: Text = ""
    replies: Annotated[list[ImportReply], Meta(max_length=1_000)] = field(default_factory=list)


Annotations = Annotated[list[ImportAnnotation], Meta(max_length=5_000)]


class ImportElsewhere(ImportAnnotation, kw_only=True):
    """What was said of a part that has no place for it inside: a lane, a moment, a finding, ..."""

    about: Ref


class ImportEmotion(Body):
    """What the customer feels there: valence -2 (very negative) to 2, intensity 1 to 5."""

    key: Key
    """Unique at its touchpoint."""
    label: Name
    valence: Valence
    intensity: Intensity
    trigger: Text = ""
    persona: Key | None = None
    """The key of a persona of the document; without it, all of them."""
    contact_context: ContactContext = ContactContext.ANY
    source: EmotionSource = EmotionSource.ASSUMED
