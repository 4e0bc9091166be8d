"""The page of sources: works, voices, discrepancies, who is missing, numbers, words."""

from __future__ import annotations

from dashboard.masthead import text_page
from dashboard.open_debate import open_debate
from dashboard.sources_page import sources

opened = open_debate()
text_page(opened, "sources", sources(opened))
