"""The page on which a reader opens a debate of one's own, for this visit and nobody else."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.check_result import opened as opened_words
from components.check_result import refused
from components.markup import Html, e
from components.notices import link_notes, problem_list
from components.own_html import own_html
from components.page_actions import page_actions
from components.page_style import page_style
from dashboard.debate.loading import count_line
from dashboard.debate.problems import DebateError, Problem, on_one_line
from dashboard.debate.zip_source import (
    NAMELESS,
    PACKED_MEGABYTES,
    UNPACKED_MEGABYTES,
    folder_of_files,
    folder_of_zip,
)
from dashboard.open_debate import OpenDebate, open_folder
from dashboard.reader.masthead import KEYS, OPEN_PAGE, masthead
from dashboard.view import VISIT, current, debate_asked, dismiss_notes, notes, turn_to
from dashboard.visits import VISITS

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

TITLE = "Open a debate of your own"
LEAD = (
    "A debate is a folder of text files. Choose yours, as a zip or as it is: it is checked, and "
    "opens for this visit only. Nobody else sees it, and it is forgotten when you leave or load "
    "the page anew."
)
BOUNDS = (
    f"A zip of at most {PACKED_MEGABYTES} MB, {UNPACKED_MEGABYTES} MB unpacked. Only the files of "
    "a debate are read: debate.yaml, works.yaml, authors.yaml, passages.yaml or passages.csv, and, "
    "if you have them, codings.csv, codebook.md, paths.yaml, activities.yaml, glossary.yaml and "
    "changes.yaml."
)
NOT_READ = "the files could not be read; the log of the server says why"
BUSY = "another debate is being checked; try again in a while"
WAITED_FOR = 60
"""So many seconds one waits until others' files are checked: one debate is read at a time."""

_ROUND, _RESULT = "_open_round", "_open_result"
_TURN = threading.Semaphore(1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of what was chosen: the id it is open under, or its problems."""

    name: str
    id: str = ""
    counts: str = ""
    problems: Sequence[Problem] = ()

    def words(self) -> Html:
        """Return it as HTML."""
        if self.id:
            return opened_words(self.name, self.counts, f"./?{urlencode({'debate': self.id})}")
        return refused(self.name, self.problems)


def page(opened: OpenDebate) -> None:
    """Draw the page."""
    current(opened.known, OPEN_PAGE)
    page_style()
    masthead(opened, OPEN_PAGE)
    problem_list(opened.problems)
    link_notes(notes(), on_dismiss=dismiss_notes)
    st.html(f'<header class="question open-page"><h1>{TITLE}</h1><p>{LEAD}</p></header>')
    with st.container(key="open_files"):
        chosen, folder = _chosen()
        st.html(f'<p class="caveat">{BOUNDS}</p>')
    place = st.container(key="open_result")
    if chosen:
        with place, st.spinner("Reading and checking the files"):
            result = result_of(chosen, folder=folder)
        st.session_state[_RESULT] = result
        _forget(chosen)
        if result.id:
            turn_to(result.id)
        st.rerun()
    last: Result | None = st.session_state.get(_RESULT)
    with place:
        if last:
            own_html(last.words(), key="open_result_words")
        _own()
    page_actions({}, KEYS)


def _chosen() -> tuple[Sequence[UploadedFile], bool]:
    """Ask for files; return those that were chosen, and whether they are a folder's."""
    turn = st.session_state.get(_ROUND, 0)
    left, right = st.columns(2, gap="large")
    with left:
        packed = st.file_uploader(
            "A zip of the folder",
            type="zip",
            key=f"debate_zip_{turn}",
            max_upload_size=PACKED_MEGABYTES,
        )
    with right:
        files = st.file_uploader(
            "Or the folder itself",
            type=["yaml", "yml", "csv", "md", "txt"],
            accept_multiple_files="directory",
            key=f"debate_folder_{turn}",
            max_upload_size=PACKED_MEGABYTES,
        )
    return ([packed], False) if packed else (files, True)


def result_of(files: Sequence[UploadedFile], *, folder: bool) -> Result:
    """Check what was chosen and open it where it passes; whatever is wrong is in the result."""
    if folder:
        name = files[0].name.partition("/")[0]
        unpacked = partial(folder_of_files, [(one.name, one.getvalue()) for one in files])
    else:
        name = files[0].name
        unpacked = partial(folder_of_zip, files[0].getvalue())
    name = on_one_line(name)[:120]
    if not _TURN.acquire(timeout=WAITED_FOR):
        return Result(name, problems=(Problem(NAMELESS, 1, BUSY),))
    try:
        return _opened(unpacked)
    except DebateError as error:
        return Result(name, problems=error.problems)
    except Exception:
        log.exception("A debate that was sent could not be read.")
        return Result(name, problems=(Problem(NAMELESS, 1, NOT_READ),))
    finally:
        _TURN.release()


def _opened(unpacked: Callable[[], AbstractContextManager[Path]]) -> Result:
    with unpacked() as folder:
        opened = open_folder(folder, f"{VISIT}{secrets.token_hex(6)}", for_visit=True)
    VISITS.hold(opened)
    return Result(opened.debate.title, opened.id, count_line(opened.debate))


def _forget(files: Sequence[UploadedFile]) -> None:
    """Let go what was sent, and ask for files anew."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _own() -> None:
    """List what is open in this visit, each with a button that closes it."""
    held = VISITS.all_held()
    if not held:
        return
    st.html('<h2 class="own-open">Open in this visit</h2>')
    for id, title in held:
        with st.container(key=f"own_{id}", horizontal=True, vertical_alignment="center"):
            address = f"./?{urlencode({'debate': id})}"
            st.html(own_link(title, address))
            st.button("Close", key=f"close_{id}", on_click=_close, args=(id,))


def own_link(title: str, address: str) -> Html:
    """Return the way to a debate of one's own as HTML."""
    return Html(
        f'<p class="own-debate"><a data-in-app="yes" data-to-debate="yes" href="{e(address)}">'
        f"{e(title)}</a></p>"
    )


def _close(id: str) -> None:
    VISITS.close(id)
    if debate_asked() == id:
        turn_to("")
    result: Result | None = st.session_state.get(_RESULT)
    if result and result.id == id:
        del st.session_state[_RESULT]
