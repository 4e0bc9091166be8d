"""The page that cites the view one came from."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urljoin

import streamlit as st

from dashboard.open_debate import open_debate
from dashboard.reader.cite_page import cite, cite_copies
from dashboard.reader.masthead import text_page
from dashboard.seen import seen
from dashboard.view import current

opened = open_debate()
shown = seen(opened, current(opened.known, "cite"))
base, today = urljoin(st.context.url or "", "."), datetime.now(UTC).date()
text_page(opened, "cite", cite(shown, base, today), cite_copies(shown, base, today))
