"""If-Match: which version a change is based on."""

import re
from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import HeaderParameter

from api.auth.actor import By
from domain.errors import FieldError, Malformed, PreconditionMissing

Expected = NamedDependency[int]

# What follows the version, if anything, tells of other things that the reply shows as well.
_VERSION = re.compile(r'(?:W/)?"(\d{1,10})(?:-[0-9a-f]{8})?"')


async def provide_expected(
    actor: By,  # noqa: ARG001  after the actor: Litestar runs what could go side by side in tasks
    if_match: Annotated[
        str | None,
        HeaderParameter(
            name="If-Match",
            description='The ETag of what the change is based on, such as `"3"`. Required.',
        ),
    ] = None,
) -> int:
    """The version in If-Match; 428 without one, 400 when it is not an ETag of ours."""
    if if_match is None:
        raise PreconditionMissing
    form = _VERSION.fullmatch(if_match.strip())
    if form is None:
        detail = 'Send one ETag as it was given, such as "3".'
        raise Malformed(errors=[FieldError(detail, "invalid_etag", parameter="If-Match")])
    return int(form[1])
