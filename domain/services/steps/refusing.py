"""Refusing what was understood and cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from domain.errors import FieldError, Invalid


def impossible(detail: str, code: str, field: str) -> Invalid:
    """What is wrong with one field of the body."""
    return Invalid(detail, code=code, errors=[FieldError(detail, code, pointer=f"#/{field}")])


@contextmanager
def inside(place: str) -> Iterator[None]:
    """Point at what is wrong where it stands in a larger body, such as `ratings/0`."""
    try:
        yield
    except Invalid as error:
        errors = [
            replace(one, pointer=f"#/{place}{one.pointer.removeprefix('#')}")
            if one.pointer
            else one
            for one in error.errors
        ]
        raise Invalid(error.detail, code=error.code, errors=errors) from None
