"""A view in words: how much it shows, and what was chosen."""

from __future__ import annotations

from dashboard.open_debate import OpenDebate
from dashboard.seen import Seen
from dashboard.view import View

READ_FROM = {
    "quote": "Read from the author’s words.",
    "gloss": "Read from the library’s gloss.",
}


def view_words(seen: Seen) -> str:
    """Return "7 of 23 passages, 4 of 11 authors: School Attachment." and what is read."""
    chosen = "; ".join(_chosen(seen))
    shown = f"{seen.count}: {chosen}." if chosen else f"{seen.count}."
    read = READ_FROM.get(seen.view.basis) if seen.opened.glosses_read else None
    return f"{shown} {read}" if read else shown


def filter_words(opened: OpenDebate, view: View) -> list[str]:
    """Return what a view's filters ask for, each in words: schools, roles, words; the set alone."""
    return [what for _, what in _asked(opened, view) if what]


def _chosen(seen: Seen) -> list[str]:
    view = seen.view
    author = seen.opened.authors[view.author].name if view.author else ""
    asked = (*_asked(seen.opened, view), ("Author", author))
    return [f"{name} {what}" for name, what in asked if what]


def _asked(opened: OpenDebate, view: View) -> tuple[tuple[str, str], ...]:
    debate = opened.debate
    return (
        ("School", ", ".join(each.label for each in debate.schools if each.id in view.school)),
        ("Role", ", ".join(each.label for each in debate.roles if each.id in view.role)),
        ("Words", f"“{view.q}”" if view.q else ""),
    )
