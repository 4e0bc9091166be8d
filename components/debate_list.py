"""The name of the debate above each page, and, where there are several, the way to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from components.markup import Html, e


@dataclass(frozen=True, slots=True)
class Choice:
    """A debate that can be turned to: what links to it hold, its title, whether it is one's own."""

    id: str
    title: str
    own: bool = False


def debate_list(title: str, here: str, choices: Sequence[Choice], open_page: str) -> Html:
    """Return the name of the debate as HTML, with a list of all debates if there are others.

    ``here`` is the id of the debate that is read; links of the page that name no debate lead to
    this one. ``open_page`` is the place where one's own is opened.
    """
    if len(choices) < 2:
        return Html(f'<p class="brand" data-debate="{e(here)}">{e(title)}</p>')
    items = "".join(_choice(choice, is_here=choice.id == here) for choice in choices)
    return Html(
        f'<details class="debates"><summary class="brand" data-debate="{e(here)}">'
        f'<span>{e(title)}</span><span class="unseen">, other debates</span></summary>'
        f'<nav class="debate-list" aria-label="Debates"><ul>{items}</ul>'
        f'<p><a data-in-app="yes" href="./{e(open_page)}">Open a debate of your own</a></p>'
        "</nav></details>"
    )


def _choice(choice: Choice, *, is_here: bool) -> str:
    query = f"?{urlencode({'debate': choice.id})}" if choice.id else ""
    current = ' aria-current="true"' if is_here else ""
    own = "<small>opened for this visit</small>" if choice.own else ""
    return (
        f'<li><a data-in-app="yes" data-to-debate="yes" href="./{e(query)}"{current}>'
        f"{e(choice.title)}{own}</a></li>"
    )
