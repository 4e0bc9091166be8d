"""The page for reading: the essay, the passages in an order of one's choice, search, notes."""

from __future__ import annotations

from components import filter_bar as bar
from components.notices import link_notes, problem_list
from components.page_actions import page_actions
from components.page_style import page_style
from dashboard.open_debate import open_debate
from dashboard.reader.masthead import masthead
from dashboard.reader.read_page import KEYS, read
from dashboard.view import current, dismiss_notes, notes

opened = open_debate()
view = current(opened.known, "read")
page_style()
masthead(opened, "read")
problem_list(opened.problems)
link_notes(notes(), on_dismiss=dismiss_notes)
read(opened, view)
page_actions({}, KEYS, search=bar.WORDS)
