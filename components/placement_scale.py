"""The placement scale: the five steps, no claim, the question is wrong; one click places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from components.filter_bar import plain

Option = tuple[str, str, str]
"""What is reported when it is picked, its name, and what it means in one line."""
KEY = "placement_scale"


def placement_scale(
    options: Sequence[Option],
    shortcuts: Sequence[str],
    *,
    chosen: str,
    on_place: Callable[[str], None],
    key: str = KEY,
) -> None:
    """Draw the options, one beneath the other, each with the key that picks it.

    ``chosen`` is the option picked before, empty for none. ``on_place`` is called with the option
    that is picked, before the next run.
    """
    with st.container(key=key):
        for (sign, name, meaning), shortcut in zip(options, shortcuts, strict=True):
            st.button(
                f"**{plain(name)}** {plain(meaning)}",
                key=f"{key}_{sign}",
                shortcut=shortcut or None,
                type="primary" if sign == chosen else "secondary",
                on_click=on_place,
                args=(sign,),
                width="stretch",
            )
