"""Refusing what was understood and cannot be."""

from domain.errors import FieldError, Invalid


def impossible(detail: str, code: str, field: str) -> Invalid:
    """What is wrong with one field of the body."""
    return Invalid(detail, code=code, errors=[FieldError(detail, code, pointer=f"#/{field}")])
