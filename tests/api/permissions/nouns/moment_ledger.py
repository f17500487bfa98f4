"""The story of a moment: everybody reads what they see of it."""

from tests.api.permissions.shapes import get

PROBES = {"getMomentLedger": get("/moments/{moment}/ledger", "journey")}
