"""The page of method: who coded, agreement, disagreements, codebook, changes."""

from __future__ import annotations

from dashboard.masthead import text_page
from dashboard.method_page import method
from dashboard.open_debate import open_debate

opened = open_debate()
text_page(opened, "method", method(opened))
