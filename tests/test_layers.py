"""The layers: import-linter's contracts hold, and the debate needs no user interface."""

import pkgutil
import subprocess
import sys
from pathlib import Path

import dashboard.debate
import dashboard.rooms

ROOT = Path(__file__).resolve().parents[1]
LINT = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(no_cache=True))
"""
IMPORT = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
unwanted = {"streamlit", "plotly", "components", "starlette"}
print(*sorted(unwanted & set(sys.modules)))
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the repository and give what it said."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_contracts_hold():
    """No layer imports what its contract forbids."""
    done = run("-c", LINT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_debate_needs_no_user_interface():
    """Every module of the debate can be imported without Streamlit, Plotly or a component."""
    modules = [module.name for module in pkgutil.iter_modules(dashboard.debate.__path__)]
    assert {"model", "loading", "table", "filters", "marks", "positions"} <= set(modules)
    done = run("-c", IMPORT, *(f"dashboard.debate.{name}" for name in modules))
    assert (done.returncode, done.stdout, done.stderr) == (0, "\n", "")


def test_rooms_need_neither_the_app_nor_the_debate():
    """Every module of the rooms can be imported without the app's and the debate's packages."""
    modules = [module.name for module in pkgutil.iter_modules(dashboard.rooms.__path__)]
    assert {"rooms", "storage", "tables", "ballots", "codes"} <= set(modules)
    done = run("-c", IMPORT, *(f"dashboard.rooms.{name}" for name in modules))
    assert (done.returncode, done.stdout, done.stderr) == (0, "\n", "")
