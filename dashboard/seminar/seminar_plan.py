"""The plan of a seminar that a view holds, and how its steps are changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import streamlit as st

from dashboard.debate.model import Activity, Plan, PlanStep
from dashboard.debate.plan import (
    STEPS_AT_MOST,
    activities_of,
    cleaned,
    from_link,
    minutes_of,
    passages_of,
    to_link,
    with_notes,
)
from dashboard.open_debate import OpenDebate
from dashboard.view import View, choose, to_query

OWN_TITLE = "My seminar"
LONGEST_TITLE = 120
_KEPT = "_seminar_plan"


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a plan with what it comes to: its activity, passages and minutes."""

    step: PlanStep
    activity: Activity
    passages: tuple[str, ...]
    minutes: int


def plan_of(opened: OpenDebate, view: View, kept: Plan | None = None) -> Plan | None:
    """Return the plan that a view holds, ``None`` where it holds none.

    A link holds no notes and no title: those of ``kept`` are taken where its steps do the same.
    """
    for ready in opened.debate.plans:
        if ready.id == view.plan:
            return Plan(ready.title, ready.steps)
    steps, _ = from_link(view.plan, opened.known.activities, opened.known.author_of)
    if not steps:
        return None
    return Plan(kept.title if kept else OWN_TITLE, with_notes(steps, kept.steps if kept else ()))


def planned_steps(opened: OpenDebate, plan: Plan) -> tuple[PlannedStep, ...]:
    """Return the steps of a plan with what they come to."""
    activities = activities_of(opened.debate)
    return tuple(
        PlannedStep(step, activity, passages_of(step, activity), minutes_of(step, activity))
        for step in plan.steps
        if (activity := activities.get(step.activity)) is not None
    )


def seminar_address(view: View, **changes: object) -> str:
    """Return the address of the seminar of a view with some fields changed, not escaped."""
    query = to_query(replace(view, **changes), "seminar")  # type: ignore[arg-type]
    return f"./seminar?{urlencode(query, doseq=True)}" if query else "./seminar"


# What follows talks to Streamlit: the plan in work is kept for the visit, with notes and title.


def kept_plan() -> Plan | None:
    """Return the plan that was in work last, with its notes."""
    plan = st.session_state.get(_KEPT)
    return plan if isinstance(plan, Plan) else None


def keep_plan(plan: Plan | None) -> None:
    """Keep the plan that is in work."""
    st.session_state[_KEPT] = plan


def take_plan(plan: Plan | None) -> None:
    """Go on with another plan, in the link and for the visit.

    Hands counted on other slides are gone; where the steps stay as they are, so do the hands.
    """
    before, link = kept_plan(), to_link(plan.steps) if plan else ""
    keep_plan(plan)
    if before is not None and to_link(before.steps) == link:
        choose(plan=link, slide=0, stage=0)
    else:
        choose(plan=link, slide=0, stage=0, hands="")


def with_step(plan: Plan | None, activity: str) -> Plan:
    """Return a plan with one more step at its end, if there is room."""
    steps = plan.steps if plan else ()
    title = plan.title if plan else OWN_TITLE
    return Plan(title, (*steps, PlanStep(activity))[:STEPS_AT_MOST])


def without_step(plan: Plan, at: int) -> Plan | None:
    """Return a plan without one step, ``None`` where none is left."""
    left = (*plan.steps[:at], *plan.steps[at + 1 :])
    return Plan(plan.title, left) if left else None


def moved(plan: Plan, at: int, by: int) -> Plan:
    """Return a plan in which a step stands ``by`` places later; at the ends it stays."""
    to = at + by
    if not 0 <= to < len(plan.steps):
        return plan
    steps = list(plan.steps)
    steps.insert(to, steps.pop(at))
    return Plan(plan.title, tuple(steps))


def changed_step(
    plan: Plan,
    at: int,
    *,
    passages: Sequence[str] | None = None,
    minutes: int | None = None,
    notes: str | None = None,
) -> Plan:
    """Return a plan with one step changed; what is not given stays, 0 minutes are none planned."""
    step = plan.steps[at]
    step = PlanStep(
        step.activity,
        step.passages if passages is None else tuple(passages),
        step.minutes if minutes is None else (minutes or None),
        step.notes if notes is None else cleaned(notes),
    )
    return Plan(plan.title, (*plan.steps[:at], step, *plan.steps[at + 1 :]))
