"""Documents of journeymap/1 for tests: one with every part, and any at all."""

from typing import Any

from hypothesis import strategies as st

from domain.duties import RecoveryKind
from domain.results import ActionKind, EvidenceKind, MetricKind
from domain.rules.point_faults import REQUIRED
from domain.words import AnnotationKind, EmotionSource, Resolution, Visibility

Document = dict[str, Any]
TOLD = ("exported", "observed")
TIMES = ("said_at",)

words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=30
)
spoken = words.filter(str.strip)
names = spoken.map(lambda text: text[:30])
values = st.none() | st.integers(1, 5)
days = st.dates().filter(lambda day: 1900 < day.year < 2999).map(str)
decimals = st.decimals(-(10**12) + 1, 10**12 - 1, places=6).map(lambda n: format(n, "f"))
figures = st.decimals(-(10**9) + 1, 10**9 - 1, places=6).map(lambda n: format(n, "f"))


def among(kinds: Any) -> Any:
    return st.sampled_from(list(kinds)).map(str)


def said(key: str) -> Any:
    reply = st.fixed_dictionaries({"body": spoken, "attributed_to": names})
    return st.fixed_dictionaries(
        {
            "kind": among(AnnotationKind),
            "body": spoken,
            "attributed_to": names,
            "visibility": among(Visibility),
            "resolution": st.none() | among(Resolution),
            "replies": st.lists(reply, max_size=2),
        }
    ).map(lambda one: keyed(key, one))


def keyed(key: str, one: Document) -> Document:
    replies = [{"key": f"r{n}", **reply} for n, reply in enumerate(one["replies"])]
    note = "So." if one["resolution"] else ""
    return {"key": key, **one, "resolution_note": note, "replies": replies}


@st.composite
def touchpoint(draw: Any, number: int) -> Document:
    emotion = {"key": "e", "label": draw(names), "valence": draw(st.integers(-2, 2))}
    emotion |= {"intensity": draw(st.integers(1, 5)), "source": draw(among(EmotionSource))}
    return {
        "key": f"t{number}",
        "name": draw(names),
        "quote": draw(words),
        "evidence": draw(st.lists(spoken, max_size=2)),
        "monthly_volume": draw(st.none() | st.integers(0, 2_000_000_000)),
        "channels": draw(st.lists(st.sampled_from(["fax", "till"]), unique=True)),
        "responsible_department": draw(st.sampled_from([None, "a", "b"])),
        "emotions": draw(st.sampled_from([[], [emotion], [emotion | {"persona": "p"}]])),
        "annotations": [draw(said(f"n{n}")) for n in range(draw(st.integers(0, 2)))],
    }


@st.composite
def documents(draw: Any) -> Document:
    """Any journey, with parts of every kind or none."""
    keys = [f"t{n}" for n in range(draw(st.integers(1, 4)))]
    placed = [draw(touchpoint(n)) for n in range(len(keys))]
    cut = draw(st.integers(0, len(placed)))
    stages = [
        {"key": "s0", "name": draw(names), "touchpoints": placed[:cut]},
        {"key": "s1", "name": draw(names), "touchpoints": placed[cut:]},
    ]
    at = st.sampled_from(keys)
    found = draw(followed(at)) | draw(measured()) if draw(st.booleans()) else {}
    return draw(ground(keys[0])) | {"stages": stages} | found


@st.composite
def ground(draw: Any, first: str) -> Document:
    """The map that all of it stands on."""
    cells = [{"stage": "s1", "body": draw(spoken)}, {"touchpoint": first, "body": "x"}]
    return {
        "format": "journeymap/1",
        "journey": {
            "key": "any",
            "title": draw(names),
            "attribution": draw(words),
            "department": draw(st.sampled_from([None, "b"])),
            "success_criteria": draw(st.lists(spoken, max_size=2)),
            "annotations": [draw(said("whole"))],
        },
        "personas": [{"key": "p", "name": draw(names), "goals": draw(st.lists(spoken))}],
        "departments": [{"key": "a", "name": "Yard", "parent": "b"}, {"key": "b", "name": "Élan"}],
        "channels": [{"key": "fax", "name": "Fax"}, {"key": "till", "name": draw(names)}],
        "lanes": [{"key": "l", "question": draw(names), "kind": "custom", "cells": cells}],
        "moments": [
            {"key": "m", "touchpoint": first, "stakes": draw(words), "status": "confirmed"}
        ],
    }


@st.composite
def followed(draw: Any, at: Any) -> Document:
    """What follows from a map with the moment m, the annotation `whole` and touchpoints `at`."""
    finding = {"touchpoint": draw(at), "text": draw(spoken)}
    return {
        "playbooks": [{"key": "b", "moment": "m", "title": draw(names), "steps": ["Go."],
                       "recovery_kind": draw(among(RecoveryKind))}],
        "findings": [
            {"key": "f1", "kind": "drop_off", "entered": 9, "left_count": 3, "caused_by": "f2",
             "measured_from": "2026-01-01", "measured_to": "2026-01-31", **finding},
            {"key": "f2", "kind": "pain_point", "pain": "struggle", "side": "customer",
             "severity": draw(values), **finding},
            {"key": "f3", "kind": "promise", "department": "a", "status": "merged",
             "merged_into": "f2", **finding},
        ],
        "opportunities": [{"key": "o", "title": draw(names), "benefits": ["cost", "loyalty"],
                           "effort": draw(values), "touchpoint": draw(st.none() | at)}],
        "actions": [{"key": "x", "title": draw(names), "kind": draw(among(ActionKind)),
                     "opportunity": "o", "moment": draw(st.sampled_from([None, "m"])),
                     "due_on": draw(st.none() | days), "status": "delivered"}],
        "relations": [{"of": "opportunity:o", "follows": "finding:f2"},
                      {"of": "finding:f2", "follows": "annotation:journey:any/whole"}],
    }  # fmt: skip


@st.composite
def measured(draw: Any) -> Document:
    """What is measured and said of it, about the parts above."""
    kind = draw(st.sampled_from(MetricKind))
    parts: Document = dict.fromkeys(REQUIRED[kind], 7)
    parts |= {"number": draw(decimals)} if kind == MetricKind.NUMBER else {}
    about = ("lane:l", "cell:lane:l/stage:s1", "moment:m", "persona:p", "finding:f1", "action:x")
    return {
        "metrics": [{"key": "queue", "name": "Queue", "kind": kind, "better": "lower",
                     "target": draw(st.none() | decimals),
                     "links": [{"about": "journey:any", "dimension": "shift", "value": "night"},
                               {"about": "action:x", "aspect": "importance"}],
                     "data_points": [{"from": "2026-01-01", "to": "2026-01-31",
                                      "dimensions": {"shift": draw(spoken)}, **parts}]}],
        "outcomes": [{"action": "x", "measure": draw(names), "better": "lower", "metric": "queue",
                      "baseline": draw(figures), "actual": draw(figures), "actual_n": 12,
                      "baseline_from": "2026-01-01", "baseline_to": "2026-01-31",
                      "actual_from": "2026-02-01", "actual_to": "2026-02-28"}],
        "annotations": [{"about": ref, **draw(said(f"z{n}"))} for n, ref in enumerate(about)],
        "evidence": [{"key": "v", "about": "annotation:journey:any/whole", "excerpt": draw(words),
                      "kind": draw(among(EvidenceKind))},
                     {"key": "w", "about": "finding:f1", "kind": "survey", "grade": "partial"}],
    }  # fmt: skip


def timeless(document: Any) -> Any:
    """The document without times, and without what is told and not imported."""
    if isinstance(document, list):
        return [timeless(one) for one in document]
    if isinstance(document, dict):
        gone = (*TOLD, *TIMES)
        return {name: timeless(one) for name, one in document.items() if name not in gone}
    return document
