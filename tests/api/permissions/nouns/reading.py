"""Read state: of the thread and the journey on stage."""

from tests.api.permissions.shapes import Probe

PROBES = {
    "markThreadRead": Probe("PUT", "/annotations/{annotation}/read", about="annotation"),
    "markThreadUnread": Probe("DELETE", "/annotations/{annotation}/read", about="annotation"),
    "markJourneyRead": Probe("PUT", "/journeys/{journey}/read", about="journey"),
}
