"""A view in words: how much it shows, and what was chosen."""

from __future__ import annotations

from dashboard.seen import Seen

READ_FROM = {
    "quote": "Read from the author’s words.",
    "gloss": "Read from the library’s gloss.",
}


def view_words(seen: Seen) -> str:
    """Return "7 of 23 passages, 4 of 11 authors: School Attachment." and what is read."""
    chosen = "; ".join(_chosen(seen))
    shown = f"{seen.count}: {chosen}." if chosen else f"{seen.count}."
    read = READ_FROM.get(seen.view.basis) if seen.opened.debate.show_glosses else None
    return f"{shown} {read}" if read else shown


def _chosen(seen: Seen) -> list[str]:
    debate, view = seen.opened.debate, seen.view
    schools = ", ".join(school.label for school in debate.schools if school.id in view.school)
    roles = ", ".join(role.label for role in debate.roles if role.id in view.role)
    author = seen.opened.authors[view.author].name if view.author else ""
    asked = (
        ("School", schools),
        ("Role", roles),
        ("Words", f"“{view.q}”" if view.q else ""),
        ("Author", author),
    )
    return [f"{name} {what}" for name, what in asked if what]
