"""What may stand in a list only once."""

from collections.abc import Iterator, Sequence

from domain.errors import FieldError, Invalid


def repeats(values: Sequence[str], name: str) -> Iterator[FieldError]:
    """A fault for each value of the list `name` that stands there before."""
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield FieldError(f"{value} stands here twice.", "repeated", f"#/{name}/{place}")
        seen.add(value)


def check_repeats(values: Sequence[str], name: str) -> None:
    """Invalid, with a pointer to each value that stands in a list before."""
    faults = list(repeats(values, name))
    if faults:
        raise Invalid(faults[0].detail, code="repeated", errors=faults)
