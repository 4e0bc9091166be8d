"""What the fuzzers begin with and what they came upon stays tried: see tests/fuzz/."""

from pathlib import Path

import pytest
from hypothesis import given

from tests.fuzz.random_fuzz import mutated
from tests.fuzz.tried import TRIED, seeds
from tests.strategies import quick

KEPT = Path(__file__).parent / "fuzz" / "seeds"


@pytest.mark.parametrize("name", TRIED)
def test_kept_inputs_are_imported_or_refused_with_lines(name: str) -> None:
    """Each kept input is read back as it was written, or refused with lines, and nothing else."""
    kept = sorted((KEPT / name).iterdir())
    assert len(kept) >= 20
    for data in [*seeds(name), *(path.read_bytes() for path in kept)]:
        TRIED[name](data)


@pytest.mark.parametrize("name", TRIED)
def test_mutated_inputs_are_imported_or_refused_with_lines(name: str) -> None:
    """Sound inputs with pieces put in, taken out or doubled do no other harm either."""

    @quick
    @given(mutated(name))
    def tried(data: bytes) -> None:
        TRIED[name](data)

    tried()
