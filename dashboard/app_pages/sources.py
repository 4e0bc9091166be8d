"""The page of sources: works, voices, discrepancies, who is missing, numbers, words."""

from __future__ import annotations

from typing import cast

from dashboard.debate.reference_styles import StyleName
from dashboard.open_debate import open_debate
from dashboard.reader.masthead import text_page
from dashboard.reader.sources_page import reference_copies, sources
from dashboard.view import current

opened = open_debate()
view = current(opened.known, "sources")
copies = reference_copies(opened, cast(StyleName, view.style))
text_page(opened, "sources", sources(opened, view), copies)
