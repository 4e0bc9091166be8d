"""A debate in which every text and every id holds what could break a page.

It is valid: it passes the check. Files are written as JSON, which is YAML too.
"""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

MARKS = (
    "$x$ *a* _b_ <script>alert(1)</script> <img src=x onerror=alert(1)> :red[x] :smile: "
    "[l](javascript:alert(1)) ![i](http://example.com/x.png) `code` ```fence``` </blockquote> "
    "</style> %{x} &amp; &lt;b&gt; {{x}} ${x} \\n \\\\ -- -> >= http://example.com a@example.com"
)
RIGHT_TO_LEFT = "הברית הטיפולית היא الرابطة العلاجية <b>"
COMBINING = "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ é e\u0301 ñ n\u0303 ﬁ 👩‍👩‍👧 🜍"
LONG_NAME = ("Maximiliana$x$*a*<b>" * 15)[:300]
LONG_WORD = "Übertragungsneurosenbehandlung" * 40
LONG_QUOTE = ("<i>bond</i> & *cure* $x$ — " * 1000)[:20_000]
LINES = "first line\n\n# a heading\n1. a list\n> a quote\n| a | b |\n\n    code\nlast line"

QUOTES: dict[str, str] = {
    "<script>alert(1)</script>": MARKS,
    "p&amp;1=2&author=x#y?z": "# not a heading " + MARKS,
    "p%{x} %00 + plus": "1. not a list " + MARKS,
    ":smile: $x$ *a* _b_": RIGHT_TO_LEFT,
    "\"double\" 'single' `back`": COMBINING,
    "../..\\p</style>": LINES,
    "פ־1 שלום": LONG_WORD,
    "é e\u0301 🜍": LONG_QUOTE,
    "![i](http://example.com/x.png)": "%{x} %{customdata} <extra></extra> <br> <b>bold</b> " * 3,
    "<img src=x onerror=alert(1)>": "</blockquote></article></div><script>alert(1)</script>",
    "javascript:alert(1)": '" onmouseover="alert(1)" x="',
    "constructor __proto__": "> quoted | piped ~~struck~~ ^up^ :material/home: :red-background[x]",
}
"""Each passage's id and its quote."""

GLOSSES: dict[str, str] = {passage: f"{LINES}\n{passage} {MARKS}" for passage in QUOTES}
SCHOOLS = {
    "s$x$ *a*": f"School one $x$ *a* _b_ :red[x] {RIGHT_TO_LEFT[:12]}",
    "<b>s</b>&x=1": "School -- two -> <script>alert(1)</script> [l](javascript:alert(1)) `c`",
    "# 1. s": "1. School three ![i](http://example.com/x.png) &amp; :smile: %{x}",
}
ROLES = {
    "r:smile:": ":smile: role *a* <b>",
    "r&amp;": "# role &amp; $x$ :material/home:",
}
AUTHORS = {
    "<script>a</script>": f"Ann <script>alert(1)</script> $x$ *a* {COMBINING[:8]}",
    "b&author=c#d": "Ben [l](javascript:alert(1)) :smile: &amp; %{x} `c`",
    "אב": RIGHT_TO_LEFT,
    "long %00": LONG_NAME,
}
PATHS = {"<b>&path=x#y": f"Path {MARKS}", "%00 + :smile:": RIGHT_TO_LEFT, "פ": LONG_WORD}
KINDS = (
    *("place", "vote-twice", "quote-gloss", "pair", "sides", "write", "endings", "voices", "sort"),
    *("axis", "vignettes", "self", "findings"),
)
ACTIVITIES = {kind: f"{kind} <b>&-_.x=1 {at}" for at, kind in enumerate(KINDS)}
"""Each kind of activity and the id of the one that is of it."""
BINS = (MARKS, RIGHT_TO_LEFT, LONG_WORD, "Bin *a* <b> $x$")
PLAN = "plan <b>&x=1"
_STEPS = ((-2, "Vehicle"), (-1, "Mostly vehicle"), (0, "Both"), (1, "Mostly cure"), (2, "Cure"))


def _axis(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "low": "Low <b>",
        "high": "High $x$",
        "ticks": [
            {"value": v, "label": f"{label} <b> $x$", "help": MARKS[:90], "rule": MARKS}
            for v, label in _STEPS
        ],
        "caveat": MARKS,
    }


def _debate() -> dict[str, Any]:
    return {
        "title": f"Title {MARKS}",
        "question": f"Question {MARKS}",
        "subline": f"# Subline {MARKS}",
        "version": "1.0 <b>",
        "axis": {
            **_axis("# What $x$ *does* <script>alert(1)</script> it do?"),
            "no_claim": {"label": "No claim <i>", "help": MARKS, "rule": MARKS},
        },
        "medium": _axis("1. What is it made of <b>?"),
        "schools": [{"id": i, "label": n, "ground": MARKS} for i, n in SCHOOLS.items()],
        "schools_help": f"# Help {MARKS}",
        "roles": [{"id": i, "label": n} for i, n in ROLES.items()],
        "constructs": [MARKS],
        "mechanisms": [{"id": "m<b>", "label": MARKS}],
        "library": {"name": MARKS, "essay": MARKS, "gloss_label": f"Label {MARKS}"},
        "disclaimers": {"map": MARKS, "first_visit": LINES, "clinical": MARKS},
        "coders": MARKS,
    }


def _authors() -> list[dict[str, str]]:
    return [
        {
            "id": key,
            "name": name,
            "label": name,
            "sort_name": name,
            "home_school": list(SCHOOLS)[at % len(SCHOOLS)],
            "home_tradition": MARKS,
            "note": MARKS,
        }
        for at, (key, name) in enumerate(AUTHORS.items())
    ]


def _works() -> list[dict[str, Any]]:
    return [
        {
            "id": f"w{at} <b>&",
            "author": key,
            "catalogued": f"Catalogued {MARKS}",
            "short": f"{name} 19{at}0",
            "authors": name,
            "title": MARKS,
            "certainty": {"title": "unsure"},
            "year": 1900 + 10 * at,
            "idea_year": 1900 + 10 * at,
            "attribution": MARKS,
            "notes": LINES,
        }
        for at, (key, name) in enumerate(AUTHORS.items())
    ]


def author_of(passage: str) -> str:
    """Return the id of the author of a passage."""
    return list(AUTHORS)[list(QUOTES).index(passage) % len(AUTHORS)]


def _passages() -> list[dict[str, Any]]:
    return [
        {
            "id": key,
            "work": f"w{at % len(AUTHORS)} <b>&",
            "role": list(ROLES)[at % len(ROLES)],
            "quote": quote,
            "school": list(SCHOOLS)[at % len(SCHOOLS)],
            "gloss": GLOSSES[key],
            "second_school": list(SCHOOLS)[(at + 1) % len(SCHOOLS)],
            "confidence": 1 + at % 3,
            "constructs": [MARKS],
            "mechanisms": ["m<b>"],
            "voices": [{"name": f"Voice {MARKS}"}],
            "voicing": "quoting",
            "decisive": [quote[2:10], quote[4:14]],
            "rationale": MARKS,
            "note": {"voice": MARKS, "cut": MARKS, "drift": LINES, "beyond": MARKS},
        }
        for at, (key, quote) in enumerate(QUOTES.items())
    ]


def _paths() -> list[dict[str, Any]]:
    return [
        {
            "id": path,
            "title": title,
            "question": f"# {MARKS}",
            "order": MARKS,
            "steps": [{"passage": passage, "bridge": f"1. {MARKS}"} for passage in QUOTES],
            "closing": LINES,
            "leaves_out": f"{LONG_WORD} {MARKS}",
        }
        for path, title in PATHS.items()
    ]


def _activities() -> dict[str, Any]:
    return {
        "activities": [_activity(kind, key) for kind, key in ACTIVITIES.items()],
        "inputs": [{"id": "i<b>", "title": LONG_WORD, "how": f"{LINES}\n\n{MARKS}"}],
        "plans": [
            {
                "id": PLAN,
                "title": f"Plan {MARKS}",
                "steps": [{"activity": key, "notes": LINES} for key in ACTIVITIES.values()],
            }
        ],
        "facilitator": [MARKS, RIGHT_TO_LEFT],
        "pairs": [{"a": a, "b": b, "point": MARKS} for a, b in pairwise(list(QUOTES)[:4])],
        "questions": {"general": [MARKS], **{passage: [MARKS, LINES] for passage in QUOTES}},
    }


def _activity(kind: str, key: str) -> dict[str, Any]:
    first = list(QUOTES)[:4]
    return {
        "id": key,
        "title": f"{kind} {MARKS}",
        "how": f"{LINES}\n\n{MARKS}",
        "minutes": "5",
        "kind": kind,
        "passages": first,
        "bins": list(BINS),
        "motion": MARKS,
        "sides": [{"label": MARKS, "passages": first}, {"label": LONG_WORD, "passages": first}],
        "stages": [{"title": MARKS}, {"title": LONG_WORD, "swapped": True, "write": MARKS}],
        "scenes": [MARKS, LONG_WORD],
    }


def write_hostile_debate(folder: Path) -> Path:
    """Write the debate into a folder that is made for it, and give that folder."""
    folder.mkdir(parents=True)
    files = {
        "debate": _debate(),
        "authors": _authors(),
        "works": _works(),
        "passages": _passages(),
        "paths": _paths(),
        "activities": _activities(),
        "glossary": {
            "findings": [{"finding": MARKS, "figures": LONG_WORD, "caution": RIGHT_TO_LEFT}]
        },
    }
    for name, held in files.items():
        text = json.dumps(held, ensure_ascii=False, indent=1)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="")
    with (folder / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["passage", "reading", "text", "question", "value"])
        for at, key in enumerate(QUOTES):
            for reading in "ABCD":
                rows.writerow([key, reading, "quote", "position", at % 5 - 2 if at % 6 else ""])
                rows.writerow([key, reading, "gloss", "position", (at + 1) % 5 - 2])
                rows.writerow([key, reading, "both", "medium", at % 5 - 2])
    (folder / "codebook.md").write_text(f"# {MARKS}\n", encoding="utf-8", newline="")
    return folder
