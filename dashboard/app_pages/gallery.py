"""The component gallery."""

from __future__ import annotations

from components.page_style import page_style

page_style()
