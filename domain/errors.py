"""What may go wrong, in the language of the domain; which status that is, only the door knows."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong with what was sent, and where: a JSON pointer or a parameter name."""

    detail: str
    code: str = "invalid"
    pointer: str | None = None
    parameter: str | None = None


class DomainError(Exception):
    """A refusal: a stable code, one sentence that says what to do, and the places it is about."""

    code: str = "refused"
    detail: str = "This cannot be done."
    keeps_work: bool = False
    """True when the refusal itself must be remembered: what was written before it is committed."""

    def __init__(
        self,
        detail: str | None = None,
        *,
        code: str | None = None,
        errors: Iterable[FieldError] = (),
        keeps_work: bool | None = None,
    ) -> None:
        self.detail = type(self).detail if detail is None else detail
        self.code = type(self).code if code is None else code
        self.keeps_work = type(self).keeps_work if keeps_work is None else keeps_work
        self.errors: tuple[FieldError, ...] = tuple(errors)
        super().__init__(self.detail)


class NotFound(DomainError):
    """It does not exist, or the actor is not to know that it does."""

    code = "not_found"
    detail = "There is nothing here that you can see: check the identifier."


class Forbidden(DomainError):
    """The actor sees it and may not do this; the detail says who may."""

    code = "forbidden"
    detail = "You may not do this."

    def __init__(
        self,
        detail: str | None = None,
        *,
        may: str | None = None,
        errors: Iterable[FieldError] = (),
    ) -> None:
        super().__init__(detail, errors=errors)
        self.may = may


class ScopeMissing(Forbidden):
    """The access token was not made for this, whatever its member may; `scope` is what it lacks."""

    code = "scope_missing"

    def __init__(self, detail: str, *, may: str, scope: str) -> None:
        super().__init__(detail, may=may)
        self.scope = scope


class SessionOnly(Forbidden):
    """Only somebody who signed in does this: no access token may, whatever its scopes."""

    code = "session_only"
    detail = "No access token may do this: sign in, and send the session token instead."


class Unauthenticated(DomainError):
    """Nobody knows who is asking. The answer is the same whatever the reason."""

    code = "unauthenticated"
    detail = (
        "Send a good session token or access token as a Bearer token in the Authorization header."
    )


class Conflict(DomainError):
    """It contradicts the state things are in."""

    code = "conflict"
    detail = "This contradicts the present state: read it again and decide anew."


class Underway(Conflict):
    """The very same thing is being done at this moment; `retry_after` is in seconds."""

    code = "underway"
    retry_after = 1


class Invalid(DomainError):
    """It was understood and is impossible."""

    code = "invalid"
    detail = "This cannot be carried out as it stands: see errors."


class Malformed(DomainError):
    """It could not be understood."""

    code = "malformed"
    detail = "The request could not be understood: see errors."


class Stale(DomainError):
    """Somebody else was faster; `current_version` is what it is by now."""

    code = "stale"
    detail = "It has changed since you read it: read it again and repeat the change."

    def __init__(self, current_version: int, detail: str | None = None) -> None:
        super().__init__(detail)
        self.current_version = current_version


class PreconditionMissing(DomainError):
    """The change has to say which version it is based on."""

    code = "precondition_required"
    detail = 'Send If-Match with the ETag you read, such as If-Match: "3".'


class Throttled(DomainError):
    """Too many attempts; `retry_after` is in seconds."""

    code = "throttled"
    detail = "Too many attempts: wait as long as Retry-After says."

    def __init__(
        self, retry_after: int, detail: str | None = None, *, keeps_work: bool | None = None
    ) -> None:
        super().__init__(detail, keeps_work=keeps_work)
        self.retry_after = retry_after


class Unavailable(DomainError):
    """It cannot be done just now; `retry_after` is in seconds."""

    code = "unavailable"
    detail = "The service is busy: repeat the request after as long as Retry-After says."

    def __init__(self, retry_after: int = 1, detail: str | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
