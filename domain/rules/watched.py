"""What is news to nobody but those who watch."""

from typing import Final

from domain.facts import Verb

WATCHED: Final = (
    Verb.ANNOTATION_PROGRESSED,
    Verb.ANNOTATION_REANCHORED,
    Verb.JOURNEY_UPDATED,
    Verb.JOURNEY_MOVED,
    Verb.JOURNEY_OVERRIDDEN,
    Verb.JOURNEY_LOCKED,
    Verb.JOURNEY_UNLOCKED,
    Verb.STAGE_ADDED,
    Verb.STAGE_UPDATED,
    Verb.STAGE_REMOVED,
    Verb.STAGE_RESTORED,
    Verb.LANE_ADDED,
    Verb.LANE_UPDATED,
    Verb.LANE_REMOVED,
    Verb.LANE_RESTORED,
    Verb.CELL_WRITTEN,
    Verb.TOUCHPOINT_ADDED,
    Verb.TOUCHPOINT_UPDATED,
    Verb.TOUCHPOINT_REMOVED,
    Verb.TOUCHPOINT_RESTORED,
    Verb.EMOTION_ADDED,
    Verb.EMOTION_UPDATED,
    Verb.EMOTION_REMOVED,
    Verb.EMOTION_RESTORED,
    Verb.MOMENT_NOMINATED,
    Verb.MOMENT_UPDATED,
    Verb.MOMENT_CONFIRMED,
    Verb.MOMENT_RETIRED,
    Verb.PLAYBOOK_APPROVED,
    Verb.EDITION_PUBLISHED,
    Verb.EDITION_RESTORED,
    Verb.JOURNEY_REVISITED,
    Verb.FINDING_ADDED,
    Verb.FINDING_UPDATED,
    Verb.FINDING_REOPENED,
    Verb.FINDING_REMOVED,
    Verb.FINDING_RESTORED,
)
"""What only those hear who watch the journey, or the subject."""
