"""A seminar as it is presented: the projector's page, and the presenter's own window beside it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.filter_bar import plain
from components.markup import e
from components.own_html import own_html
from components.page_actions import page_actions
from components.page_style import page_style
from components.seminar_windows import (
    Presentation,
    Role,
    own_note,
    presenter_clock,
    projector_shows,
    seminar_windows,
)
from dashboard.debate.hands import LEAST, MOST, read_hands, with_hands
from dashboard.debate.slides import gloss_names_author, nearest_place, places_of, slides_of
from dashboard.open_debate import OpenDebate
from dashboard.reading import on_words
from dashboard.rooms.errors import RoomError
from dashboard.seminar.seminar_desk import desk, take_typed, typed, typed_rows
from dashboard.seminar.seminar_plan import (
    PlannedStep,
    keep_plan,
    kept_plan,
    plan_of,
    planned_steps,
    seminar_address,
)
from dashboard.seminar.seminar_room import (
    InRoom,
    in_room,
    join_html,
    join_words,
    next_votes,
    panel,
    presenter_link,
    received,
    room_form,
    told,
    type_hands,
)
from dashboard.seminar.seminar_slides import Shown, answers_of, in_order, slide_html, typed_rounds
from dashboard.view import JOIN_SHOWN, NOTES_SHOWN, View, choose

KEYS = (
    ("→, PageDown, Space", "reveal the next thing, then the next slide"),
    ("←, PageUp", "one step back"),
    ("Home, End", "first and last slide"),
    ("B", "blank the projector, and show it again"),
    ("F", "full screen"),
    ("J", "show how to join the room, and go back to the slide"),
    ("Esc", "back to the plan"),
    ("?", "this list"),
)
PRESENTER_KEYS = tuple(
    (key, "close what is open") if key == "Esc" else (key, what) for key, what in KEYS
)


def presentation(opened: OpenDebate, view: View) -> bool:
    """Draw the slide that a view asks for; ``False`` where it asks for none."""
    plan = plan_of(opened, view, kept_plan()) if view.slide else None
    steps = planned_steps(opened, plan) if plan else ()
    slides = slides_of(opened.debate, [one.step for one in steps])
    if not slides:
        return False
    keep_plan(plan)
    number, stage = nearest_place(slides, view.slide, view.stage)
    shown = Shown(opened, slides, number, stage, read_hands(view.hands) or {}, typed(view.plan))
    found = in_room(opened, view, shown)
    join = join_words() if found.votes else ""
    shown = replace(shown, room=found.votes, join=join, away=found.state == "away")
    page_style(seminar=True)
    is_presenter = view.show == NOTES_SHOWN
    if is_presenter:
        _presenter(shown, view, steps, found)
    else:
        _projector(shown, view, found)
    known = Presentation(
        view.plan,
        places_of(slides),
        view.hands,
        [slide.step for slide in slides],
        [steps[slide.step].minutes for slide in slides],
        view.room,
        found.mark,
        next((one.title for one in opened.debate.plans if one.id == view.plan), ""),
    )
    role: Role = "notes" if is_presenter else "projector"
    seminar_windows(
        role,
        known,
        debate=opened.debate.title,
        typed=typed_rows(view.plan),
        on_typed=lambda rows: take_typed(view.plan, rows),
    )
    link = presenter_link(found, opened, view) if is_presenter else ""
    keys = PRESENTER_KEYS if is_presenter else KEYS
    page_actions({"presenter": link} if link else {}, keys)
    return True


def _projector(shown: Shown, view: View, found: InRoom) -> None:
    joins = view.show == JOIN_SHOWN and found.state == "presented"
    slide = join_html(found) if joins else slide_html(shown)
    own_html(f'<div class="room-stage">{slide}</div>', key="slide")
    # Each has a place of its own: what comes or goes between them would draw the foot anew.
    for_desk, for_number, for_notice = st.container(), st.container(), st.container()
    if not joins:
        with for_desk:
            desk(shown, view.plan)
        with for_number:
            received(found, key="slide_received")
    with for_notice:
        told(found)
    with st.container(key="slide_foot", horizontal=True):
        if not joins:
            _hands(shown, view, found)
        own_html(_buttons(shown, view, found, of_presenter=False), key="slide_buttons")


def _buttons(shown: Shown, view: View, found: InRoom, *, of_presenter: bool) -> str:
    other = "" if of_presenter else NOTES_SHOWN
    name = "The projector’s page" if of_presenter else "Presenter’s window"
    address = seminar_address(view, show=other)
    window = "projector" if of_presenter else "presenter"
    kind = "plain-button" if of_presenter else ""
    blank = (
        '<button type="button" class="plain-button" data-blank="yes" data-again="blank">'
        "Blank</button>"
        if of_presenter
        else ""
    )
    room = ""
    if found.state == "presented" and not of_presenter:
        room = (
            f'<button type="button" class="{kind}" data-join="yes" data-again="join">Join</button>'
        )
    elif found.state in ("none", "gone", "stranger"):
        opens = view if of_presenter else replace(view, show=JOIN_SHOWN)
        room = room_form(shown.opened, opens, plain=not of_presenter)
    return (
        '<div class="slide-buttons">'
        f'<button type="button" class="{kind}" data-step="-1" data-again="back">‹ Back</button>'
        f'<button type="button" class="{kind}" data-step="1" data-again="next">Next ›</button>'
        f"{_swap(shown, kind)}{blank}{room}"
        f'<button type="button" class="{kind}" data-show-keys="yes">Keys</button>'
        f'<a class="{kind}" href="{e(address)}" target="{window}">{name}</a></div>'
    )


def _swap(shown: Shown, kind: str) -> str:
    """Return the button that swaps the sides: to the first stage at which they stand otherwise."""
    stages = shown.slide.activity.stages if shown.slide.kind == "sides" else ()
    if not stages or stages[shown.stage].write:
        return ""
    now = stages[shown.stage].swapped
    other = next((i for i, stage in enumerate(stages) if stage.swapped != now), None)
    if other is None:
        return ""
    place = f"{shown.number}.{other}"
    return f'<button type="button" class="{kind}" data-place="{place}">Swap sides</button>'


def _hands(shown: Shown, view: View, found: InRoom) -> None:
    rounds = typed_rounds(shown.slide)
    if not rounds or found.state == "away":
        return
    kept = (
        "The room keeps the counts until it is forgotten"
        if found.state == "presented"
        else "The link holds the counts"
    )
    with st.popover("Show of hands"):
        st.html(
            f'<p class="plan-link">Count the hands for each answer. Of fewer than {LEAST} only the '
            f"number is shown. They count once you press “Count them”. {kept} and nothing of "
            "who raised a hand.</p>"
        )
        for round_, name in rounds:
            _hands_form(shown, view, found, round_, name)


def _hands_form(shown: Shown, view: View, found: InRoom, round_: int, name: str) -> None:
    slide, key = shown.slide, f"hands_{shown.number}_{round_}"
    answers = answers_of(shown.opened, slide)
    of_room = (slide.vote, round_) in (found.keys or {})
    typed_before = shown.hands.get((slide.vote, round_), ())
    if of_room and found.votes is not None:
        counts = found.votes.hands.get(round_, {})
        typed_before = tuple(counts.values())
    held = (*typed_before, *(0 for _ in answers))[: len(answers)]
    held_key = f"{key}_held"
    if st.session_state.get(held_key) != held:
        st.session_state[held_key] = held
        for i, count in enumerate(held):
            st.session_state[f"{key}_{i}"] = min(count, MOST)

    def typed_in() -> None:
        counts = tuple(int(st.session_state[f"{key}_{i}"]) for i in range(len(answers)))
        if not of_room:
            choose(hands=with_hands(view.hands, slide.vote, round_, counts))
            return
        try:
            type_hands(found, shown, round_, counts)
        except RoomError as error:
            st.session_state[f"{key}_told"] = str(error)

    with st.form(f"{key}_form"):
        st.html(f'<p class="plan-step-title">{e(name)}</p>')
        for i, answer in in_order(slide, answers):
            st.number_input(plain(answer.label), 0, MOST, step=1, key=f"{key}_{i}")
        st.form_submit_button("Count them", on_click=typed_in)
        if said := st.session_state.pop(f"{key}_told", ""):
            st.html(f'<p class="plan-link" role="alert">{e(said)}</p>')


# The presenter's own window.


def _presenter(shown: Shown, view: View, steps: tuple[PlannedStep, ...], found: InRoom) -> None:
    following = next_shown(shown)
    if following is not None:
        following = replace(following, room=next_votes(found, following), ahead=True)
    with st.container(key="presenter_window"):
        left, right = st.columns([0.57, 0.43], gap="medium")
        with left:
            after = (
                f'<div class="presenter-next">{slide_html(following)}</div>'
                if following
                else '<p class="slide-quiet">The end.</p>'
            )
            own_html(projector_shows(), key="projector_shows")
            own_html(f'<div class="presenter">{slide_html(shown)}</div>', key="presenter_slides")
            # What leads the room stands beside the next slide, so that the notes are in sight.
            next_, room = st.columns([0.53, 0.47], gap="small")
            with next_:
                own_html(f'<div class="presenter"><h2>Next</h2>{after}</div>', key="presenter_next")
            with room:
                panel(found, shown, view.plan)
                _hands(shown, view, found)
        with right:
            own_html(presenter_clock(), key="presenter_clock")
            own_html(_buttons(shown, view, found, of_presenter=True), key="presenter_buttons")
            told(found)
            own_html(notes_html(shown, steps[shown.slide.step]), key="presenter_notes")


def next_shown(shown: Shown) -> Shown | None:
    """Return the place that comes next, ``None`` at the end."""
    places = places_of(shown.slides)
    at = places.index((shown.number, shown.stage)) + 1
    if at == len(places):
        return None
    number, stage = places[at]
    return replace(shown, number=number, stage=stage, room=None)


def notes_html(shown: Shown, planned: PlannedStep) -> str:
    """Return what the presenter reads beside a slide: own notes, how it goes, questions, care."""
    opened, slide = shown.opened, shown.slide
    own = planned.step.notes
    written = f'<div class="presenter-written">{e(own)}</div>' if own else own_note(slide.step)
    how = on_words(slide.activity.how, opened)
    paragraphs = "".join(f"<p>{e(part)}</p>" for part in how.split("\n\n") if part.strip())
    parts = [
        "<h2>Your notes</h2>" + written,
        f"<h2>{e(slide.activity.title)}</h2>{paragraphs}",
        _stages(shown),
        *(_questions(opened, one) for one in dict.fromkeys(slide.passages)),
        "" if slide.passages else _questions(opened, "general"),
    ]
    care = "".join(f"<li>{e(one)}</li>" for one in opened.debate.facilitator)
    if care:
        parts.append(f"<h2>With any activity</h2><ul>{care}</ul>")
    return f'<div class="presenter presenter-notes">{"".join(parts)}</div>'


def _stages(shown: Shown) -> str:
    left = shown.slide.stages[shown.stage :]
    names = ", ".join(STAGE_NAMES.get(one, one) for one in left)
    said = f"<p>Still to reveal here: {e(names)}.</p>" if left else ""
    given_away = "gloss" in left and _gives_away(shown)
    return said + (f"<p><b>{NAMES_AUTHOR}</b></p>" if given_away else "")


def _gives_away(shown: Shown) -> bool:
    """Say whether the gloss of a slide's passage tells whose words they are before their stage."""
    passage = shown.opened.passage(shown.slide.passages[0])
    author = shown.opened.authors[shown.opened.works[passage.work].author]
    return gloss_names_author(passage, author)


NAMES_AUTHOR = "The gloss names its author."
STAGE_NAMES = {
    "room": "the room’s hands",
    "school": "the school",
    "readings": "where the readings stand",
    "gloss": "the gloss",
    "both": "where they stand",
    "author": "the author",
    "note": "the reading note",
    "point": "the point of difference",
    "voices": "the voices",
}


def _questions(opened: OpenDebate, name: str) -> str:
    questions = opened.debate.questions.get(name, ())
    items = "".join(f"<li>{e(on_words(one, opened))}</li>" for one in questions)
    title = "Questions" if name == "general" else f"Questions on {name}"
    return f"<h2>{e(title)}</h2><ul>{items}</ul>" if items else ""
