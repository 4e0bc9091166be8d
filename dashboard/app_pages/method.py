"""The page of method: who coded, agreement, disagreements, codebook, changes."""

from __future__ import annotations

from dashboard.open_debate import open_debate
from dashboard.reader.masthead import text_page
from dashboard.reader.method_page import method

opened = open_debate()
text_page(opened, "method", method(opened))
