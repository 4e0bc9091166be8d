"""The placement scale: the five steps, no claim, the question is wrong; one click places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from components.markup import Html, e
from components.turn_button import turn_button


class Option(NamedTuple):
    """One thing that a passage can be placed at.

    ``meaning`` says in one line what it stands for, ``address`` is the view in which the passage
    is placed there, ``key`` the key that picks it.
    """

    name: str
    meaning: str
    address: str
    key: str


def placement_scale(options: Sequence[Option], *, asked: str, apart: int, chosen: str = "") -> str:
    """Return the options as HTML, one beneath the other, each with the key that picks it.

    ``asked`` is the question that they answer; from number ``apart`` on they stand apart, since
    they are no steps of the axis. ``chosen`` is the name of the one picked before.
    """
    picks = [_pick(option, is_chosen=option.name == chosen) for option in options]
    return (
        f'<div class="placement-scale" role="group" aria-label="{e(asked)}">'
        f"<div>{''.join(picks[:apart])}</div><div>{''.join(picks[apart:])}</div></div>"
    )


def _pick(option: Option, *, is_chosen: bool) -> str:
    label = Html(
        f'<kbd aria-hidden="true">{e(option.key)}</kbd>'
        f"<span><b>{e(option.name)}</b> {e(option.meaning)}</span>"
    )
    name = "placing chosen" if is_chosen else "placing"
    return turn_button(label, option.address, name=name, key=option.key)
