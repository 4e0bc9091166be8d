"""The page of paths: guided ones and one's own, a passage at a time, placed before it is read."""

from __future__ import annotations

from dashboard.open_debate import open_debate
from dashboard.reader.path_taken import path_taken
from dashboard.reader.paths_page import page
from dashboard.view import current

opened = open_debate()
view = current(opened.known, "paths")
page(opened, view, path_taken(opened, view))
