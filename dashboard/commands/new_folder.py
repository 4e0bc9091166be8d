"""A folder that is there whole or not at all: made aside, and put in its place when it is sound."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.debate.text_source import unreadable


class PlaceError(Exception):
    """A folder cannot be made where it was asked for; the text says why."""


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; once the block ends it is what ``folder`` names.

    ``folder`` may not be there yet, or be empty. Whatever ends the block early, Ctrl-C too,
    leaves nothing behind. Raises `PlaceError` where the folder cannot be had, before the block
    or, where something was put there meanwhile, after it.
    """
    place = Path(os.path.realpath(folder))
    is_there = _look_at(place, folder)
    above = place if is_there else place.parent
    aside = above / f".{place.name[:40]}.{secrets.token_hex(6)}"
    try:
        _make(aside, folder)
        yield aside
        if is_there:
            _move_up(aside, place, folder)
        else:
            _put_in_place(aside, place, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _look_at(place: Path, folder: Path) -> bool:
    """Say whether an empty folder is there already; refuse whatever else is there."""
    try:
        if place.is_dir():
            if next(place.iterdir(), None) is not None:
                raise PlaceError(f"{folder} is not empty; nothing is ever overwritten")
            return True
        if os.path.lexists(place):
            raise PlaceError(f"{folder} is a file; a debate is a folder")
        if not place.parent.is_dir():
            raise PlaceError(f"{folder} cannot be made: there is no folder {folder.parent}")
    except OSError as error:
        raise PlaceError(f"{folder}: {unreadable(error, 'folder')}") from error
    return False


def _make(aside: Path, folder: Path) -> None:
    try:
        aside.mkdir()
    except OSError as error:
        raise PlaceError(f"{folder} cannot be made: {_reason(error)}") from error


def _put_in_place(aside: Path, place: Path, folder: Path) -> None:
    try:
        # What came to be there meanwhile is not overwritten: only an empty folder gives way.
        if os.path.lexists(place) and not place.is_dir():
            raise PlaceError(f"{folder} was made by somebody else meanwhile")
        aside.rename(place)
    except OSError as error:
        raise PlaceError(f"{folder} cannot be made: {_reason(error)}") from error


def _move_up(aside: Path, place: Path, folder: Path) -> None:
    """Move what was made into the empty folder that is there; on failure take it out again."""
    moved: list[Path] = []
    try:
        if [entry.name for entry in place.iterdir()] != [aside.name]:
            raise PlaceError(f"{folder} is no longer empty; nothing is ever overwritten")
        for entry in sorted(aside.iterdir()):
            entry.rename(place / entry.name)
            moved.append(place / entry.name)
        aside.rmdir()
    except BaseException as error:
        for entry in moved:
            entry.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise PlaceError(f"{folder} cannot be filled: {_reason(error)}") from error
        raise


def _reason(error: OSError) -> str:
    return (error.strerror or "no reason given").lower()
