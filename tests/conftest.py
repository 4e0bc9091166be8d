"""Debates to test with: the shipped one, and a tiny one in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.debate.loading import load_debate
from dashboard.debate.model import Debate
from tests.a_debate import write_debate

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "therapeutic-bond"


@pytest.fixture(scope="session", autouse=True)
def _rooms_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep rooms in a folder of the test run, and not where the user's own are kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(tmp_path_factory.mktemp("data")))
        patch.delenv("DASHBOARD_DATABASE_URL", raising=False)
        patch.delenv("DASHBOARD_ADDRESS", raising=False)
        yield


@pytest.fixture
def debate_folder() -> Path:
    """Give the folder of the shipped debate; read it, never write to it."""
    return SHIPPED


@pytest.fixture(scope="session")
def shipped_debate() -> Debate:
    """Give the shipped debate, loaded once."""
    return load_debate(SHIPPED)


@pytest.fixture
def tiny_debate(tmp_path: Path) -> Path:
    """Give the folder of a tiny valid debate, fresh for each test."""
    return write_debate(tmp_path / "tiny")
