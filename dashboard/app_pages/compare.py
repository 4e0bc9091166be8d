"""The page of comparisons: authors and passages side by side; the opposed pairs."""

from __future__ import annotations

from dashboard.open_debate import open_debate
from dashboard.reader.compare_page import page
from dashboard.view import current

opened = open_debate()
page(opened, current(opened.known, "compare"))
