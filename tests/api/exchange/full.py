"""A small journey with what follows from it, as a document."""

from typing import Any

from tests.api.maps.documents import JOURNEY

FULL: dict[str, Any] = JOURNEY | {
    "findings": [
        {"key": "late", "kind": "pain_point", "touchpoint": "wait", "text": "It comes late.",
         "pain": "frustration", "side": "customer"},
    ],
    "opportunities": [{"key": "tell", "title": "Tell when it comes", "benefits": ["retention"]}],
    "actions": [{"key": "show", "title": "Show it", "kind": "technology", "status": "delivered",
                 "opportunity": "tell", "touchpoint": "wait"}],
    "outcomes": [{"action": "show", "measure": "Wait", "better": "lower", "unit": "min",
                  "baseline": "9", "baseline_from": "2026-01-01", "baseline_to": "2026-01-31",
                  "actual": "4", "actual_from": "2026-02-01", "actual_to": "2026-02-28"}],
    "metrics": [{"key": "riders", "name": "Riders", "kind": "nps", "better": "higher",
                 "links": [{"about": "touchpoint:wait"}],
                 "data_points": [{"from": "2026-01-01", "to": "2026-01-31", "promoters": 6,
                                  "passives": 3, "detractors": 1}]}],
    "relations": [{"of": "opportunity:tell", "follows": "finding:late"}],
}  # fmt: skip
