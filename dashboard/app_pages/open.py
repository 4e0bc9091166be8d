"""The page that opens a debate of one's own, for this visit."""

from __future__ import annotations

from dashboard.open_debate import open_debate
from dashboard.reader.open_page import page

page(open_debate())
