"""Giving what was said another subject."""

from tests.api.permissions.shapes import change

PROBES = {
    "reanchorAnnotation": change(
        "POST",
        "/annotations/{annotation}/reanchor",
        lambda cast: {"subject_id": cast.things["stage"]},
        "annotation",
    ),
}
