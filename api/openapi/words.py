"""The words of the document that no handler says."""

from api.openapi.operations import Operation
from domain.roles import Scope

DESCRIPTION = """\
Customer journey maps that a whole organization answers for.

A journey map shows, stage by stage, every touchpoint where a customer meets the organization.
Frontline staff, support staff, decision-makers and executives each say what they know about a
touchpoint; Touchstone keeps who said it and ranks the moments of truth by emotional impact.

**Guides** for the [frontend developer](/docs/guides/frontend), the
[reviewer](/docs/guides/reviewer), the [integrator](/docs/guides/integrator) and the
[operator](/docs/guides/operator) say how it is done, step by step.

**Signing in.** `POST /v1/sessions` gives a session token, `access_token` in its reply; send it as
`Authorization: Bearer ...`.

**Programs** show an access token in the same place (`createAccessToken`): made once, good for up to
a year, for some scopes only. Each operation says which scope it needs, or takes no access token.

**Webhooks** tell other programs what happens: [/docs/webhooks.json](/docs/webhooks.json) describes
what they are sent, as a document of its own.

**Limits.** Everything that comes as one member, with whatever token, counts together. `RateLimit`
says how much is left in the present minute, `RateLimit-Policy` how much there is; 429
`throttled` comes with `Retry-After`.

**Errors** are `application/problem+json` (RFC 9457) everywhere; `code` is for programs, `detail`
says what to do, `errors` points at each fault.

**Versions.** What others may edit too has an `ETag`. Send it back in `If-Match` to change that
version and no other: 428 without it, 412 when somebody was faster. `If-None-Match` saves reading
twice (304).

**Absent is not null.** In a `PATCH` an absent key keeps, `null` clears (RFC 7396). Replies always
carry every field.

**Lists** come in pages: `limit`, and `cursor` from `next_cursor` of the page before. Filters
repeat: `status=open&status=resolved`. A plus sign in a query is written `%2B`.

**Safe repeats.** Where the reference lists the header `Idempotency-Key`, a `POST` that carries one
is done once in a day, however often it is sent. Where it does not, the header is ignored: nothing
that tells or takes a secret is kept (access tokens, webhook secrets, identity providers, tickets),
and what is public knows nobody to keep it for. `HEAD` works wherever `GET` does.
"""

BEARER = """\
The session token: `access_token` in the reply of POST /v1/sessions. It lives 15 minutes, and is a
JWT that is checked as RFC8725 asks.
"""
ACCESS_TOKEN = """\
An access token from POST /v1/access-tokens, for programs: `Authorization: Bearer ts_token_...`.
Where an operation lists this scheme, it names the scope that the token must have; where it names
none, any token will do. A service member's token cannot have the scope `judge`.

| scope | to |
| --- | --- |
""" + "\n".join(f"| `{scope.value}` | {scope.says} |" for scope in Scope)
NOT_MODIFIED = "You have the present version already."

QUERY = {
    "about": "Only to these kinds of things.",
    "assignee": "Only what is assigned to this member.",
    "author": "Only what this member wrote.",
    "benefit": "Only what is good for this.",
    "cause": "Only what had one of these causes.",
    "contact_context": "Only of first contacts, of repeated ones, or of any.",
    "department": "Only of this department.",
    "focus": "Only with one of these focuses.",
    "grade": "Only of these grades: how far it rests on data.",
    "group": "Only of these groups.",
    "journey": "Only of this journey.",
    "kind": "Only of these kinds.",
    "moment": "Only of this moment of truth.",
    "opportunity": "Only what is to serve this opportunity.",
    "owner": "Only what this member owns.",
    "persona": "Only with this persona.",
    "quadrant": "Only in these quadrants of value against effort.",
    "role": "Only in one of these roles.",
    "side": "Only on these sides: the customer's or the organization's.",
    "stage": "Only at touchpoints of this stage.",
    "state": "Only journeys as they are, or only as they are to be.",
    "status": "Only with one of these statuses.",
    "subject": "Only on this subject, by its id.",
    "touchpoint": "Only at this touchpoint.",
    "work_status": "Only where the work has come so far: one of these.",
}
"""What filters of these names let through, where the handler does not say it of its own."""
PATH = {"from_id": "The id of what it follows from.", "kind": "Which reaction."}
REPLIES = {
    200: "Done.",
    201: "Created.",
    202: "Accepted; it goes on in the background.",
    204: "Done; there is nothing to say.",
}


def summary(text: str) -> str:
    """Give the first sentence of a docstring, without its full stop."""
    first = " ".join(text.split("\n\n")[0].split())
    return first.split(". ")[0].rstrip(".")


def details(text: str) -> str:
    """Give what a docstring says after its first sentence."""
    head, *paragraphs = text.split("\n\n")
    rest = " ".join(head.split()).removeprefix(summary(text)).lstrip(". ")
    return "\n\n".join(part for part in (rest, *paragraphs) if part)


def sentence(op: Operation) -> str:
    """Describe a good reply by what the struct it carries says of itself."""
    said = summary((getattr(op.reply, "__doc__", None) or "").strip())
    own = hasattr(op.reply, "__struct_fields__") and said
    return f"{said}." if own else REPLIES.get(op.handler.status_code, "Done.")


def parameter_words(name: str, place: str) -> str:
    """Describe a parameter that its handler does not describe."""
    words = QUERY if place == "query" else PATH
    if name in words:
        return words[name]
    noun = name.removesuffix("_id").replace("_", " ")
    return f"The id of the {noun}." if name.endswith("_id") else f"The {noun}."
