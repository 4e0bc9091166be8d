"""The seminar: a plan is prepared, shown to a room slide by slide, and led from a window beside."""

from __future__ import annotations

from dashboard.open_debate import open_debate
from dashboard.seminar.presenting import presentation
from dashboard.seminar.seminar_page import page
from dashboard.view import current

opened = open_debate()
view = current(opened.known, "seminar")
if not presentation(opened, view):
    page(opened, view)
