"""Fuzz what tried.py names with inputs drawn by Hypothesis, mutated from sound ones.

Run: python tests/fuzz/random_fuzz.py {page,folder,zip,packed,files,merge,plan} --seconds 300

Prints how many inputs were tried; an input that fails is shrunk and shown.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fuzz.tried import TRIED, seeds
from tests.pages import pages

PIECES = (
    *(b"\r", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xc2\xa0", b"\xe2\x80\xa8", b"\xff", b"\x00"),
    *(
        b'"',
        b"'",
        b": ",
        b"- ",
        b"&a ",
        b"*a",
        b"!!x ",
        b"? ",
        b"{",
        b"[",
        b"|\n",
        b"%",
        b"\t",
        b",",
    ),
    *(b"thesis", b"aside", b"supporting", b"In the library", b"3 passages", b" and ", b", Jr., "),
    *(b"(", b")", b", 1999", b"n.d.", b"nan", b"1e999", b"9" * 30, b"-3", b"null", b"yes", b" | "),
    *(b"p01", b"quote", b"position", b"\xf0\x9f\x92\x94", b"\xe2\x80\xae", b"=1+1", b"  ", b"~"),
)


@st.composite
def mutated(draw: st.DrawFn, name: str) -> bytes:
    """Draw a sound input with pieces put in, taken out, doubled or moved."""
    data = draw(st.sampled_from(seeds(name)))
    if name == "page" and draw(st.booleans()):
        data = draw(pages())[0].encode()
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 40)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)))
        data = data[:at] + piece * draw(st.sampled_from([0, 1, 1, 1, 2, 50])) + data[to:]
    return data


def main() -> None:
    """Draw and try inputs until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=TRIED)
    parser.add_argument("--seconds", type=float, default=300)
    asked = parser.parse_args()
    end = time.monotonic() + asked.seconds
    tried = 0

    @settings(max_examples=500, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(mutated(asked.name))
    def once(data: bytes) -> None:
        nonlocal tried
        tried += 1
        begun = time.monotonic()
        TRIED[asked.name](data)
        assert time.monotonic() - begun < 20, "this took too long"

    while time.monotonic() < end:
        once()
    print(f"{asked.name}: {tried:,} inputs tried, nothing found")


if __name__ == "__main__":
    main()
