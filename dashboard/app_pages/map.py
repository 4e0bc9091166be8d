"""The map page: question, filters, map, reading pane; and the same as a projector view."""

from __future__ import annotations

from components.page_style import page_style
from dashboard.open_debate import open_debate
from dashboard.reader.map_page import page
from dashboard.reader.projector import projector
from dashboard.seen import seen
from dashboard.view import current

opened = open_debate()
view = current(opened.known)
shown = seen(opened, view)
page_style(projected=bool(view.show))
if view.show:
    projector(shown)
else:
    page(shown)
