"""Plans of a seminar as a list: what each does, how long it takes, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from components.markup import e
from components.room_join import open_room_form


class PlanEntry(Protocol):
    """What a list says of a plan."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def length(self) -> str:
        """How long it takes, in words."""

    @property
    def steps(self) -> Sequence[tuple[str, str]]:
        """For each step what is done, and with which passages and how long."""

    @property
    def present(self) -> str:
        """Where it is presented."""

    @property
    def notes(self) -> str:
        """Where the presenter's window is."""

    @property
    def room(self) -> str:
        """The query at which one goes on with a room; empty where none can be opened."""

    @property
    def handout(self) -> str:
        """Where its handout is to be had."""

    @property
    def own(self) -> str:
        """Where it is made one's own; empty where it is already."""


def plan_list(plans: Sequence[PlanEntry]) -> str:
    """Return the plans as HTML."""
    return f'<ul class="plan-list">{"".join(map(_entry, plans))}</ul>'


def _entry(plan: PlanEntry) -> str:
    steps = "".join(
        f"<li>{e(done)}{f' <small>{e(more)}</small>' if more else ''}</li>"
        for done, more in plan.steps
    )
    return (
        f"<li><h3>{e(plan.title)}</h3><p>{e(plan.length)}</p>"
        f'<ol class="plan-steps">{steps}</ol>{plan_links(plan)}</li>'
    )


def plan_links(plan: PlanEntry) -> str:
    """Return the links that present a plan, or make it one's own, as HTML."""
    own = f'<a data-in-app="yes" href="{e(plan.own)}">Make it your own</a>' if plan.own else ""
    room = open_room_form(plan.room) if plan.room else ""
    return (
        f'<div class="plan-links"><a data-in-app="yes" href="{e(plan.present)}">Present</a>'
        f'<a href="{e(plan.notes)}" target="presenter">Presenter’s window</a>'
        f'<a href="{e(plan.handout)}" download>Handout</a>{own}{room}</div>'
    )
