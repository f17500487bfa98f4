"""Searching on stage."""

from tests.api.permissions.shapes import get

PROBES = {
    "search": get("/search?q=call"),
    "listSimilarAnnotations": get(
        "/annotations/similar?subject_id={touchpoint}&text=Long", "journey"
    ),
}
