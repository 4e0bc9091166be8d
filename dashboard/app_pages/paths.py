"""The page at ``/paths``."""

from __future__ import annotations

from components.sections import sections
from dashboard.masthead import text_page
from dashboard.open_debate import open_debate

text_page(open_debate(), "paths", sections("Paths", "", []))
