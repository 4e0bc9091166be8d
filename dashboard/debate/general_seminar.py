"""Activities and plans that suit any debate, for one that has none of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from dashboard.debate.agreement import values_of
from dashboard.debate.model import Activity, Debate, ReadyPlan
from dashboard.debate.schema import shape_of

FILE = Path(__file__).with_name("general_activities.yaml")
_GLOSSES_SHOWN = 2


def general_ids() -> list[str]:
    """Return the ids of the activities that any debate can have."""
    return [str(one.id) for one in _general()["activities"]]


def with_general_seminar(debate: Debate) -> Debate:
    """Return a debate with activities to choose from and plans to begin with.

    One that has activities is returned as it is. Plans of its own and its own advice are kept.
    An activity that needs glosses is left out where none are shown.
    """
    if debate.activities:
        return debate
    general = _general()
    own = {one.id for one in debate.inputs} | {plan.id for plan in debate.plans}
    begin = _begin_with(debate)
    activities = tuple(
        replace(one, passages=begin.get(one.kind or "", ()))
        for one in general["activities"]
        if one.id not in own and (one.kind != "quote-gloss" or begin["quote-gloss"])
    )
    return replace(
        debate,
        activities=activities,
        plans=debate.plans or _possible(general["plans"], activities, own),
        facilitator=debate.facilitator or general["facilitator"],
    )


@cache
def _general() -> dict[str, Any]:
    held = yaml.safe_load(FILE.read_text("utf-8"))
    return dict(shape_of("activities.yaml").validate_json(json.dumps(held)))


def _possible(
    plans: tuple[ReadyPlan, ...], activities: tuple[Activity, ...], taken: set[str]
) -> tuple[ReadyPlan, ...]:
    """Return the plans whose ids are free, without the steps that this debate cannot take."""
    known = {one.id for one in activities}
    return tuple(
        replace(plan, steps=tuple(step for step in plan.steps if step.activity in known))
        for plan in plans
        if plan.id not in taken and any(step.activity in known for step in plan.steps)
    )


def _begin_with(debate: Debate) -> dict[str, tuple[str, ...]]:
    """Return the passages that each kind begins with.

    Those on which the readings of the quote lie farthest apart come first, as there is most to
    talk about; without readings, and among equals, those that stand first in the debate.
    """
    disputed = _disputed(debate)
    return {
        "place": disputed[:1],
        # Another passage than the one just placed, where there is another.
        "vote-twice": disputed[1:2] or disputed[:1],
        "quote-gloss": _glossed(debate, disputed),
        "pair": _farthest_apart(debate),
    }


def _disputed(debate: Debate) -> tuple[str, ...]:
    names = np.array([passage.id for passage in debate.passages], dtype=object)
    values = values_of(debate.readings, "quote", "position")
    spread = (values.max(axis=1) - values.min(axis=1)).reindex(names).fillna(0).to_numpy()
    return tuple(names[np.argsort(-spread, kind="stable")])


def _glossed(debate: Debate, disputed: tuple[str, ...]) -> tuple[str, ...]:
    if not debate.show_glosses:
        return ()
    glossed = {passage.id for passage in debate.passages if passage.gloss is not None}
    return tuple(one for one in disputed if one in glossed)[:_GLOSSES_SHOWN]


def _farthest_apart(debate: Debate) -> tuple[str, ...]:
    """Return the passages read lowest and highest; the first two where none are apart."""
    means = values_of(debate.readings, "quote", "position").mean(axis=1).dropna()
    if len(means) and means.max() > means.min():
        return str(means.idxmin()), str(means.idxmax())
    return tuple(passage.id for passage in debate.passages[:2])
