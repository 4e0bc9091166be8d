"""Where a seminar is prepared: ready plans, and one's own, step by step."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urljoin

import streamlit as st

from components.filter_bar import plain
from components.markup import e
from components.notices import link_notes, problem_list
from components.own_html import own_html
from components.page_actions import page_actions
from components.page_style import page_style
from components.path_step import path_head
from components.plan_list import plan_links, plan_list
from components.room_join import open_room
from components.seminar_windows import Presentation, seminar_windows
from dashboard.debate.model import Plan
from dashboard.debate.plan import (
    FILE,
    KILOBYTES,
    LONGEST_NOTES,
    MINUTES_AT_MOST,
    PASSAGES_AT_MOST,
    STEPS_AT_MOST,
    activities_of,
    cleaned,
    read_plan,
    to_link,
    write_plan,
)
from dashboard.debate.slides import slides_of
from dashboard.open_debate import OpenDebate
from dashboard.reader.masthead import masthead
from dashboard.reading import brief
from dashboard.rooms.codes import spaced_code
from dashboard.seminar.plan_handout import plan_handout_address
from dashboard.seminar.seminar_plan import (
    LONGEST_TITLE,
    OWN_TITLE,
    PlannedStep,
    changed_step,
    keep_plan,
    kept_plan,
    moved,
    plan_of,
    planned_steps,
    seminar_address,
    take_plan,
    with_step,
    without_step,
)
from dashboard.seminar.seminar_room import own_room, room_beside, room_place, slide_asked
from dashboard.view import JOIN_SHOWN, NOTES_SHOWN, View, dismiss_notes, notes

OFFERED_AT_MOST = 400
"""So many passages are offered in a list; in larger debates their ids are typed."""
BEGINNING = (
    "Choose what a room does, with which passages and in which order. It all works with a show of "
    "hands and one projector. Nothing is shown to the room before you reveal it."
)
LINK_HOLDS = (
    "The link holds the steps, passages and minutes. Your notes and the title are not in it; they "
    "are in the file."
)
GOES_ON = "You present room {room}: choose the plan to go on with."
BESIDE = (
    "Your room {room} is still open. What you present from here asks it nothing, unless you go on "
    "with it first."
)
KEYS = (("Tab", "from one thing to the next"), ("?", "this list"))
_PROBLEMS = "_plan_problems"


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan as a list shows it."""

    title: str
    length: str
    steps: tuple[tuple[str, str], ...]
    present: str
    notes: str
    room: str
    handout: str
    own: str


def page(opened: OpenDebate, view: View) -> None:
    """Draw the page."""
    page_style(seminar=True)
    masthead(opened, "seminar")
    problem_list(opened.problems)
    link_notes(notes(), on_dismiss=dismiss_notes)
    own_html(
        path_head("Seminar", "Prepare it, then show it to a room", BEGINNING), key="plan_heading"
    )
    plan = plan_of(opened, view, kept_plan())
    keep_plan(plan)
    if said := _room_said(opened, view, plan):
        own_html(said, key="plan_room")
    left, right = st.columns([0.4, 0.6], gap="large")
    with left:
        _ready(opened, view)
    with right, st.container(key="plan_own"):
        _own(opened, view, plan)
    _keep_in_browser(opened, plan)
    link = urljoin(st.context.url or "", seminar_address(View(), plan=_own_link(plan)))
    page_actions({"plan": link} if plan else {}, KEYS)


def _room_said(opened: OpenDebate, view: View, plan: Plan | None) -> str:
    """Return what is said of a room that this browser presents, empty where there is none."""
    code = own_room(opened, view)
    if not code:
        beside = room_beside(opened)
        if beside is None:
            return ""
        name = spaced_code(beside.code)
        goes_on = (seminar_address(view, room=beside.code), f"Go on with room {name}")
        return open_room(BESIDE.format(room=name), beside.code, room_place(opened, view), goes_on)
    told = GOES_ON.format(room=spaced_code(code))
    if plan is None or not (slides := slides_of(opened.debate, plan.steps)):
        return open_room(told, code, room_place(opened, view))
    there = seminar_address(view, slide=slide_asked(code, slides))
    return open_room(told, code, room_place(opened, view), (there, f"Go on with “{plan.title}”"))


def plan_shown(
    opened: OpenDebate, title: str, steps: tuple[PlannedStep, ...], link: str, view: View
) -> PlanShown:
    """Return what a list shows of a plan; ``link`` is what holds it in the address.

    Where it is the plan of ``view``, its hands stay counted. A room that this browser presents is
    gone on with whatever the plan, and no other is opened beside it.
    """
    own = to_link([one.step for one in steps])
    room = own_room(opened, view)
    held = View(debate=view.debate, room=room)
    if view.plan == link:
        held = replace(held, room=view.room, hands=view.hands)
    return PlanShown(
        title,
        total_words(steps),
        tuple((one.activity.title, _step_words(one)) for one in steps),
        seminar_address(held, plan=link, slide=1),
        seminar_address(held, plan=link, slide=1, show=NOTES_SHOWN),
        "" if room else room_place(opened, replace(held, plan=link, slide=1, show=JOIN_SHOWN)),
        plan_handout_address(opened, link, room, title if own == link else ""),
        "" if own == link else seminar_address(View(debate=view.debate, room=room), plan=own),
    )


def total_words(steps: tuple[PlannedStep, ...]) -> str:
    """Return how long a plan takes, in words."""
    total = sum(one.minutes for one in steps)
    count = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
    open_ = sum(1 for one in steps if not one.minutes)
    unplanned = f", {open_} without a time" if open_ else ""
    return f"{total} min in {count}{unplanned}"


def _step_words(one: PlannedStep) -> str:
    parts = [", ".join(one.passages), f"{one.minutes} min" if one.minutes else ""]
    return " · ".join(part for part in parts if part)


def _own_link(plan: Plan | None) -> str:
    return to_link(plan.steps) if plan else ""


def _ready(opened: OpenDebate, view: View) -> None:
    ready = [
        plan_shown(
            opened, one.title, planned_steps(opened, Plan(one.title, one.steps)), one.id, view
        )
        for one in opened.debate.plans
    ]
    nothing = "<p>This debate has no ready plans.</p>"
    own_html(
        f'<section><h2 class="label">Ready plans</h2>{plan_list(ready) if ready else nothing}'
        "</section>",
        key="plan_list",
    )


# One's own plan.


def _own(opened: OpenDebate, view: View, plan: Plan | None) -> None:
    st.html('<h2 class="label">Your own plan</h2>')
    if plan is None:
        st.html("<p>It has no steps yet. Add an activity, open a file, or take a ready plan.</p>")
    else:
        _head(opened, view, plan)
        for at, one in enumerate(planned_steps(opened, plan)):
            _step(opened, plan, at, one)
    _add(opened, plan)
    if plan is not None:
        _take(plan)
    _open_file(opened)


def _head(opened: OpenDebate, view: View, plan: Plan) -> None:
    steps = planned_steps(opened, plan)
    _fill("plan_title", plan.title)
    st.text_input(
        "Title",
        key="plan_title",
        max_chars=LONGEST_TITLE,
        on_change=lambda: take_plan(
            Plan(cleaned(st.session_state["plan_title"]) or plan.title, plan.steps)
        ),
    )
    shown = plan_shown(opened, plan.title, steps, to_link(plan.steps), view)
    own_html(
        f'<p class="plan-total" role="status"><b>{e(shown.length)}</b></p>{plan_links(shown)}',
        key="plan_total",
    )


def _step(opened: OpenDebate, plan: Plan, at: int, one: PlannedStep) -> None:
    name = f"{at + 1}. {one.activity.title}"

    def change(**changes: object) -> None:
        take_plan(changed_step(plan, at, **changes))  # type: ignore[arg-type]

    with st.container(key=f"plan_step_{at}"):
        with st.container(key=f"plan_row_{at}", horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="plan-step-title">{e(name)}</p>')
            for label, by in (("Up", -1), ("Down", 1)):
                st.button(
                    label,
                    key=f"plan_{label.lower()}_{at}",
                    help=plain(f"{label}: {name}"),
                    on_click=lambda by=by: take_plan(moved(plan, at, by)),
                    disabled=not 0 <= at + by < len(plan.steps),
                )
            st.button(
                "Remove",
                key=f"plan_remove_{at}",
                help=plain(f"Remove: {name}"),
                on_click=lambda: take_plan(without_step(plan, at)),
            )
        left, right = st.columns([0.72, 0.28])
        with left:
            _passages(opened, at, one, change)
        with right:
            key = f"plan_minutes_{at}"
            _fill(key, one.minutes)
            st.number_input(
                "Minutes",
                0,
                MINUTES_AT_MOST,
                step=1,
                key=key,
                on_change=lambda: change(minutes=int(st.session_state[key] or 0)),
            )
        _notes(at, one, change)


Change = Callable[..., None]


def _passages(opened: OpenDebate, at: int, one: PlannedStep, change: Change) -> None:
    kind, key = one.activity.kind, f"plan_passages_{at}"
    if kind in ("self", "sides", "vignettes", "findings") or (kind is None and not one.passages):
        st.html(f'<p class="plan-link">{e(first_paragraph(one.activity.how))}</p>')
        return
    if kind == "pair":
        _pair(opened, at, change)
    known = [passage.id for passage in opened.debate.passages]
    if len(known) > OFFERED_AT_MOST:
        _fill(key, " ".join(one.passages))
        st.text_input(
            "Passages, by their ids",
            key=key,
            on_change=lambda: change(
                passages=[i for i in st.session_state[key].split() if i in opened.row_of]
            ),
        )
    else:
        _fill(key, list(one.passages))
        st.multiselect(
            "Passages",
            known,
            key=key,
            format_func=lambda i: f"{i}  {brief(opened, i).whose_words}",
            max_selections=PASSAGES_AT_MOST,
            on_change=lambda: change(passages=st.session_state[key]),
        )
    if kind == "write":
        st.button(
            "Draw one by lot",
            key=f"plan_draw_{at}",
            on_click=lambda: change(passages=(*one.step.passages, secrets.choice(known))),
            disabled=not known,
        )
    if kind == "quote-gloss":
        own_html(
            '<p class="plan-links"><a data-in-app="yes" href="./read?by=drift">'
            "All passages by how far the gloss drifts</a></p>",
            key=f"plan_drift_{at}",
        )


def _pair(opened: OpenDebate, at: int, change: Change) -> None:
    pairs = opened.debate.pairs
    key = f"plan_pair_{at}"
    if not pairs:
        return

    def picked() -> None:
        index = st.session_state[key]
        if index is not None:
            change(passages=(pairs[index].a, pairs[index].b))
        st.session_state[key] = None

    st.selectbox(
        "Take an opposed pair",
        range(len(pairs)),
        index=None,
        key=key,
        format_func=lambda i: f"{pairs[i].a}, {pairs[i].b}: {pairs[i].point}",
        on_change=picked,
    )


def _notes(at: int, one: PlannedStep, change: Change) -> None:
    key = f"plan_notes_{at}"
    _fill(key, one.step.notes or "")
    st.text_area(
        "Notes, for your own window alone",
        key=key,
        height=68,
        max_chars=LONGEST_NOTES,
        on_change=lambda: change(notes=st.session_state[key]),
    )


def first_paragraph(text: str) -> str:
    """Return the first paragraph of a text."""
    return text.split("\n\n", maxsplit=1)[0]


def _add(opened: OpenDebate, plan: Plan | None) -> None:
    activities = activities_of(opened.debate)
    full = plan is not None and len(plan.steps) >= STEPS_AT_MOST
    with st.container(key="plan_add_row", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Activity",
            list(activities),
            key="plan_activity",
            format_func=lambda i: _offered(activities[i].title, activities[i].minutes),
        )
        st.button(
            "Add",
            key="plan_add",
            on_click=lambda: take_plan(with_step(plan, st.session_state["plan_activity"])),
            disabled=not activities or full,
        )


def _offered(title: str, minutes: str | None) -> str:
    return f"{title} ({minutes} min)" if minutes else title


def _take(plan: Plan) -> None:
    with st.container(key="plan_take", horizontal=True):
        st.download_button(
            "Save as a file",
            lambda: write_plan(plan),
            FILE,
            "application/yaml",
            key="plan_save",
            on_click="ignore",
        )
        st.html(
            '<button type="button" class="plain-button" data-copy="plan">Copy the link</button>'
        )
    st.html(f'<p class="plan-link">{e(LINK_HOLDS)}</p>')


def _open_file(opened: OpenDebate) -> None:
    def opens() -> None:
        file = st.session_state.get("plan_file")
        if file is None:
            st.session_state[_PROBLEMS] = ()
            return
        plan, problems = read_plan(file.getvalue(), opened.debate)
        st.session_state[_PROBLEMS] = problems
        if plan is not None:
            take_plan(plan)

    st.file_uploader(
        f"Open a plan ({FILE}, {KILOBYTES} kB at most)",
        type=["yaml", "yml"],
        key="plan_file",
        max_upload_size=1,
        on_change=opens,
    )
    problems = st.session_state.get(_PROBLEMS, ())
    if problems:
        items = "".join(f"<li>{e(str(one))}</li>" for one in problems[:30])
        own_html(
            '<div class="notice problems" role="alert"><p>The file was not opened; your plan is as '
            f"it was.</p><ul>{items}</ul></div>",
            key="plan_problems",
        )


def _keep_in_browser(opened: OpenDebate, plan: Plan | None) -> None:
    """Hand title and notes to the browser, where the presenter's window finds them."""

    def kept(title: str, held: list[str]) -> None:
        if plan is None:
            return
        steps = Plan(cleaned(title[:LONGEST_TITLE]) or plan.title, plan.steps)
        for at, text in enumerate(held[: len(plan.steps)]):
            steps = changed_step(steps, at, notes=text)
        take_plan(steps)

    own = [one.notes or "" for one in plan.steps] if plan else []
    title = plan.title if plan and plan.title != OWN_TITLE else ""
    known = Presentation(_own_link(plan), (), "", (), ())
    seminar_windows(
        "prepare", known, debate=opened.debate.title, title=title, notes=own, on_kept=kept
    )


def _fill(key: str, value: object) -> None:
    if st.session_state.get(key) != value:
        st.session_state[key] = value
