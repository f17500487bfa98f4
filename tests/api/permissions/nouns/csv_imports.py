"""CSV imports on stage: whoever edits the journey brings touchpoints in."""

from tests.api.permissions.shapes import make

ROWS = {"table": "touchpoints", "csv": "name,description\n", "dry_run": True}

PROBES = {"importCsv": make("/journeys/{journey}/csv-imports", ROWS, "journey")}
