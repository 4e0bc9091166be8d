"""The page at ``/compare``."""

from __future__ import annotations

from components.sections import sections
from dashboard.masthead import text_page
from dashboard.open_debate import open_debate

text_page(open_debate(), "compare", sections("Compare", "", []))
