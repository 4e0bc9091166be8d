"""Streamlit's options and the page's colours: `.streamlit/config.toml`, the one place for both."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIGURATION_FILE = Path(__file__).parents[2] / ".streamlit" / "config.toml"


def configuration(host: str, port: int) -> dict[str, object]:
    """Return Streamlit's options by dotted name, as `App.run` takes them.

    The file decides, and the command line for host and port. Streamlit does not read its
    environment variables when started this way, so neither do we.
    """
    return {**flattened(_tables()), "server.address": host, "server.port": port}


def look_up_once() -> None:
    """Have Streamlit look up the options of a section once.

    It looks for the theme's through all options, six times in every run, which is a twentieth of
    what a run costs. From the start of the server on they stay as they are.
    """
    from streamlit import config  # noqa: PLC0415

    config.get_options_for_section = cache(config.get_options_for_section)


def colours(theme: str) -> dict[str, str]:
    """Return the colours of a theme, light or dark, by Streamlit's names for them."""
    return {name: str(value) for name, value in _tables()["theme"][theme].items()}


def flattened(tables: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Return nested tables as one, its names joined by dots; lists stay whole."""
    flat: dict[str, object] = {}
    for name, value in tables.items():
        if isinstance(value, dict):
            flat |= flattened(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(CONFIGURATION_FILE.read_text(encoding="utf-8"))
