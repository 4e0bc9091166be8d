"""Progress on a terminal: shown when work lasts, taken away at its end, and nowhere else."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from dashboard.commands import notice as notices
from dashboard.commands.command_line import main
from dashboard.commands.notice import Notice
from dashboard.debate import yaml_source


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_progress_is_shown_on_a_terminal_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a second the work is told on one line, which is gone at the end; else nothing is."""
    clock = iter([0.0, 0.5, 1.5, 1.6, 2.0])
    monkeypatch.setattr(notices.time, "monotonic", lambda: next(clock))
    terminal = Terminal()
    notice = Notice(terminal)
    for done in (1_000, 2_000, 3_000, 4_000):
        notice.progress("passages read", done)
    notice.clear()
    assert terminal.getvalue() == (
        "\r\x1b[K2,000 passages read …\r\x1b[K4,000 passages read …\r\x1b[K"
    )
    monkeypatch.undo()
    file = io.StringIO()
    Notice(file).clear()
    assert file.getvalue() == ""


def test_check_says_how_far_it_is(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal a long check tells of values, and leaves the answer alone on stdout."""
    monkeypatch.setattr(notices, "_PATIENCE", 0.0)
    monkeypatch.setattr(notices, "_REFRESH", 0.0)
    monkeypatch.setattr(yaml_source, "_ROUND", 1)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert main(["check", str(tiny_debate)]) == 0
    assert "values read of works.yaml …" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
    assert capsys.readouterr().out.count("\n") == 1
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    (tiny_debate / "works.yaml").write_text("[]\n", encoding="utf-8")
    assert main(["check", str(tiny_debate)]) == 1
    assert terminal.getvalue().endswith("\r\x1b[K")
