"""What the handout of a seminar's plan holds: sheets without names, and the answers apart."""

from __future__ import annotations

from urllib.parse import urlencode

from components.plan_handout import PlanHandout, PlanSheet, plan_handout_file
from components.room_sheet import RoomSheet
from dashboard.debate.model import Plan
from dashboard.debate.plan import cleaned
from dashboard.open_debate import OpenDebate
from dashboard.reader.handout import NOTES, PASSAGES_AT_MOST, rules_of
from dashboard.reading import brief
from dashboard.seminar.seminar_plan import (
    LONGEST_TITLE,
    OWN_TITLE,
    PlannedStep,
    plan_of,
    planned_steps,
)
from dashboard.seminar.seminar_slides import QUESTIONS
from dashboard.view import Query, View, from_query, to_query

TITLE = "Handout of a seminar"
COLUMNS = ("Passage", "Whose words", "School", "Words", "Gloss")
PLACED_BY_HAND = ("place", "vote-twice", "quote-gloss")


def plan_handout_address(opened: OpenDebate, link: str, room: str = "", title: str = "") -> str:
    """Return where the handout of a plan is to be had; ``link`` is what holds it in the address.

    With the code of a ``room`` its presenter has the room's results in it. ``title`` is what one
    called a plan of one's own, which no link holds.
    """
    query = {**to_query(View(plan=link), "seminar"), **opened.asked_as}
    if title and title != OWN_TITLE:
        query["title"] = [title[:LONGEST_TITLE]]
    place = f"/rooms/{room}/handout.html" if room else "/take/plan.html"
    return f"{place}?{urlencode(query, doseq=True)}"


def plan_handout_asked(opened: OpenDebate, query: Query) -> str:
    """Return the handout that an address asks for, as an HTML file; what is unknown is ignored."""
    return plan_handout_file(handout_of(opened, _plan_asked(opened, query)))


def handout_with_results(opened: OpenDebate, query: Query, room: RoomSheet) -> str:
    """Return the handout that an address asks for with a room's results as its last page."""
    return plan_handout_file(handout_of(opened, _plan_asked(opened, query), room))


def _plan_asked(opened: OpenDebate, query: Query) -> Plan | None:
    view, _ = from_query(query, opened.known, "seminar")
    plan = plan_of(opened, view)
    title = cleaned((query.get("title") or [""])[-1][:LONGEST_TITLE])
    is_ready = view.plan in [one.id for one in opened.debate.plans]
    return Plan(title, plan.steps) if plan and title and not is_ready else plan


def handout_of(opened: OpenDebate, plan: Plan | None, room: RoomSheet | None = None) -> PlanHandout:
    """Return what the handout of a plan holds; without a plan it is empty but for a room."""
    debate = opened.debate
    steps = planned_steps(opened, plan) if plan else ()
    sheets = [sheet for one in steps for sheet in _sheets(opened, one) if sheet.passages]
    shown = dict.fromkeys(one.id for sheet in sheets for one in sheet.passages)
    kept = list(shown)[:PASSAGES_AT_MOST]
    return PlanHandout(
        debate.title,
        plan.title if plan else TITLE,
        debate.axis.title,
        sheets,
        rules_of(opened),
        COLUMNS if opened.glosses_read else COLUMNS[:-1],
        [_answer(opened, one) for one in kept],
        [*(debate.disclaimers[n] for n in NOTES if n in debate.disclaimers), debate.coders],
        room,
    )


def _sheets(opened: OpenDebate, one: PlannedStep) -> list[PlanSheet]:
    activity = one.activity
    if activity.kind == "sides":
        return [
            PlanSheet(
                f"{activity.title}: {side.label}",
                activity.motion or "",
                [brief(opened, passage) for passage in side.passages],
                placing=False,
            )
            for side in activity.sides
        ]
    passages = [brief(opened, passage) for passage in one.passages][:PASSAGES_AT_MOST]
    placing = activity.kind in PLACED_BY_HAND
    task = "" if placing else QUESTIONS.get(activity.kind or "", "")
    bins = activity.bins if activity.kind == "sort" else ()
    return [PlanSheet(activity.title, task, passages, placing, bins)]


def _answer(opened: OpenDebate, passage: str) -> tuple[str, ...]:
    reading = brief(opened, passage)
    return (
        reading.id,
        reading.whose_words,
        reading.school_label,
        reading.quote_words,
        *([reading.gloss_words] if opened.glosses_read else []),
    )
