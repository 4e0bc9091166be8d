"""Fuzz importer, loader, merging, plans or what is sent, guided by coverage; `fuzz` extra.

Run: python tests/fuzz/coverage_fuzz.py NAME [CORPUS] -max_total_time=300

NAME is page, folder, zip, packed, files, merge or plan. Options after the folder of the corpus
are libFuzzer's. An input counts as a finding if it makes anything but `DebateError` be raised,
takes longer than 20 s, or needs more than 2 GB.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["dashboard.debate", "zipfile"]):
    from tests.fuzz.tried import TRIED, seeds

LIMITS = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=20000"]


def main() -> None:
    """Fuzz what the first argument names until libFuzzer has had enough."""
    name, *rest = sys.argv[1:]
    tried = TRIED[name]
    with tempfile.TemporaryDirectory() as own:
        corpus = Path(rest.pop(0)) if rest and not rest[0].startswith("-") else Path(own)
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds(name)):
            (corpus / f"seed-{number}").write_bytes(seed)
        atheris.Setup([sys.argv[0], *LIMITS, *rest, str(corpus)], tried)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
