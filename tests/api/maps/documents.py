"""A document to import, small and with one of everything."""

from typing import Any

JOURNEY: dict[str, Any] = {
    "format": "touchstone-journey/1",
    "source": {"title": "A study", "publisher": "A university", "licence": "CC BY 4.0"},
    "journey": {
        "key": "ride",
        "title": "I ride to town",
        "department": "buses",
        "annotations": [{"key": "whole", "kind": "idea", "body": "Ask riders every month."}],
    },
    "departments": [
        {"key": "yard", "name": "Bus yard", "parent": "buses"},
        {"key": "buses", "name": "Buses"},
    ],
    "channels": [{"key": "bus_stop", "name": "Bus stop"}],
    "personas": [{"key": "ann", "name": "Ann", "goals": ["be on time"]}],
    "stages": [
        {
            "key": "before",
            "name": "Before",
            "touchpoints": [
                {
                    "key": "wait",
                    "name": "Wait at the stop",
                    "channels": ["bus_stop", "phone"],
                    "responsible_department": "yard",
                    "expectation": "It comes when it should.",
                    "emotions": [{"key": "doubt", "label": "doubt", "valence": -1, "intensity": 3}],
                    "annotations": [
                        {
                            "key": "late",
                            "kind": "issue",
                            "body": "Always late on Mondays.",
                            "attributed_to": "A rider",
                            "replies": [{"key": "why", "body": "The yard opens late."}],
                        }
                    ],
                },
                {"key": "board", "name": "Board"},
            ],
        },
        {"key": "after", "name": "After", "touchpoints": [{"key": "leave", "name": "Get off"}]},
    ],
    "lanes": [
        {
            "key": "better",
            "question": "How can we improve?",
            "kind": "custom",
            "cells": [
                {"stage": "before", "body": "Tell when it comes."},
                {"touchpoint": "leave", "body": "Announce the stop."},
            ],
        }
    ],
    "moments": [
        {
            "key": "m1",
            "touchpoint": "wait",
            "status": "confirmed",
            "stakes": "They take the car.",
            "likely_emotions": ["anger"],
        }
    ],
}
"""Twenty things; every kind once at least."""

# Kinds and how many of them the document makes in an organization that has none of it.
MAKES = {
    "department": 2,
    "persona": 1,
    "channel": 1,
    "journey": 1,
    "stage": 2,
    "lane": 1,
    "cell": 2,
    "touchpoint": 3,
    "emotion": 1,
    "annotation": 2,
    "reply": 1,
    "moment": 1,
}
