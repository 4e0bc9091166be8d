"""An imported page as the files of a debate folder, with places left open for its editor."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TextIO

from dashboard.debate.codings import COLUMNS as CODINGS_COLUMNS
from dashboard.debate.imported import TO_BE_DONE, UNSORTED, Imported, Remark
from dashboard.debate.model import Author, CitedName, Csl, Passage, Work
from dashboard.debate.page_reader import ROLES
from dashboard.debate.passages_csv import NEEDED_COLUMNS
from dashboard.debate.schema import SCHEMA_FILES, SCHEMAS, editor_line

MOST_IN_YAML = 2_000
"""Passages up to which they are written as passages.yaml, and not as a table."""

LONGEST_IN_YAML = 8_000_000
MOST_REMARKS = 5_000
UNTITLED = "A debate without a title yet"
TO_DO = "to-do.md"

_SAFE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_YAML_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_ESCAPED = re.compile('[\\\\"\\t\\n\\u2028\\u2029\\ufeff\\ufffe\\uffff]')
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"}
_TABLE_COLUMNS = [*NEEDED_COLUMNS, "gloss"]
_STEPS = {-2: "Step −2", -1: "Step −1", 0: "Step 0", 1: "Step +1", 2: "Step +2"}


def write_files(
    folder: Path, found: Imported, roles: Sequence[str] = ROLES, title: str = UNTITLED
) -> None:
    """Write all files of a debate into an empty folder; raises `OSError` where that fails.

    They pass the check at once. What the page cannot say (the axis, the schools) holds
    "To be done by you", and the readings are an empty table.
    """
    _write(folder / "debate.yaml", _debate(found, roles, title))
    _write(folder / "authors.yaml", _listed(_AUTHORS, found.authors))
    _write(folder / "works.yaml", _listed(_WORKS, found.works))
    if _is_small(found):
        _write(folder / "passages.yaml", _listed(_PASSAGES, found.passages))
    else:
        with _opened(folder / "passages.csv") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(_TABLE_COLUMNS)
            table.writerows([getattr(one, n) for n in _TABLE_COLUMNS] for one in found.passages)
    _write(folder / "codings.csv", [",".join(CODINGS_COLUMNS), "\n"])
    _write(folder / TO_DO, _to_do(found))


def quoted_yaml(text: str) -> str:
    """Give a text as YAML that is read back character for character."""
    if _SAFE.fullmatch(text) and text not in _YAML_WORDS:
        return text
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(sign: re.Match[str]) -> str:
    return _SHORT_ESCAPES.get(sign[0]) or f"\\u{ord(sign[0]):04x}"


def _is_small(found: Imported) -> bool:
    length = sum(len(one.quote) + len(one.gloss or "") for one in found.passages)
    return len(found.passages) <= MOST_IN_YAML and length <= LONGEST_IN_YAML


def _opened(path: Path) -> TextIO:
    return path.open("x", encoding="utf-8", newline="")


def _write(path: Path, parts: Iterable[str]) -> None:
    with _opened(path) as file:
        if path.name in SCHEMA_FILES:
            file.write(f"{editor_line(path.name, f'{SCHEMAS}/')}\n")
        file.writelines(parts)


def _listed(head: str, entries: Iterable[Author | Work | Passage]) -> Iterator[str]:
    yield head
    for entry in entries:
        lines = [line for name, value in _held(entry) for line in _lines(name, value)]
        yield "\n- " + "\n  ".join(lines) + "\n"


def _held(entry: Author | Work | Passage | Csl | CitedName) -> Iterator[tuple[str, Any]]:
    """Yield the fields that hold something, by name."""
    for one in fields(entry):
        value = getattr(entry, one.name)
        if value not in (None, (), one.default):
            yield one.name, value


def _lines(name: str, value: object) -> Iterator[str]:
    if isinstance(value, Csl):
        yield f"{name}:"
        for inner, held in _held(value):
            yield from (f"  {line}" for line in _lines(inner, held))
    elif isinstance(value, tuple):
        yield f"{name}:"
        yield from (f"  - {_flow(dict(_held(one)))}" for one in value)
    elif isinstance(value, dict):
        yield f"{name}: {_flow(value)}"
    else:
        yield f"{name}: {_plain(value)}"


def _flow(held: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_plain(value)}" for key, value in held.items()) + "}"


def _plain(value: object) -> str:
    return quoted_yaml(value) if isinstance(value, str) else str(value)


def _debate(found: Imported, roles: Sequence[str], title: str) -> Iterator[str]:
    page = found.page
    yield _HEAD.format(title=quoted_yaml(title), count=f"{len(page.passages):,}")
    for value, label in _STEPS.items():
        yield f'    - value: {value}\n      label: "{label}"\n'
        yield f'      help: "{TO_BE_DONE}."\n      rule: "{TO_BE_DONE}."\n'
    yield _MIDDLE
    for role in roles:
        label = role[0].upper() + role[1:]
        yield f"  - id: {quoted_yaml(role)}\n    label: {quoted_yaml(label)}\n"
    yield _LIBRARY.format(essay=quoted_yaml(page.introduction))


def _to_do(found: Imported) -> Iterator[str]:
    yield _TO_DO
    for kind, head in _KINDS.items():
        remarks = [remark for remark in found.remarks if remark.kind == kind]
        yield f"\n## {head}\n\n"
        yield from map(_item, remarks[:MOST_REMARKS])
        if len(remarks) > MOST_REMARKS:
            yield f"- and {len(remarks) - MOST_REMARKS:,} more\n"
        if not remarks:
            yield "Nothing.\n"


def _item(remark: Remark) -> str:
    return f"- line {remark.line}: {remark.text}\n"


_KINDS = {"same": "Taken for one, to be checked", "unsure": "Uncertain"}

_TO_DO = f"""\
# To be done

This folder was made from a page of quotes. It passes the check as it is; what a page cannot say
is still open. Take this file out when you are done.

1. `debate.yaml`: title, question and the axis with its five steps, the schools, who reads, and
   whose summary stands beside each quote (`gloss_label`, `gloss` under `disclaimers`).
2. `authors.yaml`: the home school and home tradition of each author, now "{UNSORTED}".
3. `passages.yaml` or `passages.csv`: the school of each passage, now "{UNSORTED}".
4. `works.yaml`: every reference was read from the citation alone; check it against the work.
5. `codings.csv`: one row for each text that a reading placed,
   `passage,reading,text,question,value`. None is made up here.
   A path of the app gives readings of quotes; those of glosses are rows written by hand.

Lines are those of the page.
"""

_HEAD = f"""\
# The debate. What stands between quotation marks as "{TO_BE_DONE}" no page can say: it is yours.
# To see a debate that is done, open data/therapeutic-bond/debate.yaml.

title: {{title}}
question: "{TO_BE_DONE}: the question in one sentence."
subline: "{{count}} excerpts from one page, not yet placed."
version: "0.1.0"

# To be done by you: one question with five ordered answers. For example: "In this passage, what
# does the bond do?", from -2, "Vehicle", to 2, "Cure". The rules are your codebook's words.
axis:
  title: "{TO_BE_DONE}: what the axis asks of each passage."
  low: "Left end"
  high: "Right end"
  ticks:
"""

_MIDDLE = f"""\
  no_claim:
    label: "No claim"
    help: "This passage does not answer the question."
    rule: "{TO_BE_DONE}."

# To be done by you: the schools on whose ground the passages argue. Add some, then give each
# author's home_school and each passage's school; take "{UNSORTED}" out at the end.
# schools:
#   - id: attachment
#     label: "Attachment"
#     ground: "Caregiver bond, working models, regulation."
schools:
  - id: {UNSORTED}
    label: "Not yet sorted"
    ground: "{TO_BE_DONE}."
schools_help: "The passages have not been sorted into schools yet."

# The roles as the page gives them.
roles:
"""

_LIBRARY = f"""
# The page itself; the essay is its introduction, character for character.
library:
  name: "{TO_BE_DONE}: the page"
  essay: {{essay}}
  # Stands above every gloss; say whose summary it is, as "The concordance's summary, not the ...".
  gloss_label: "Summary, not the author's words."

coders: "Nobody has read the passages for this question yet."

disclaimers:
  map: "Each mark is one reading of one short excerpt. It does not place an author or a book."
  gloss: "Summary, not the author's words."
"""

_AUTHORS = f"""\
# The authors as the page names them, one row of the map each. To be done by you: home_school
# and home_tradition. Where two spellings were taken for one person, the note says so.
# ({TO_BE_DONE} is only ever a place left open.)
"""

_WORKS = """\
# The works, read from their citations alone. catalogued: as the page has it, verbatim.
# certainty: likely is what the citation's form says; unsure allows another reading, and the
# notes say which. Nothing is certain before somebody has seen the work. To be done by you: say
# under csl what a document is (book, chapter, article-journal), so that references fit.
"""

_PASSAGES = f"""\
# The passages in the order of the page: quote and gloss character for character.
# To be done by you: the school of each, now "{UNSORTED}"; further fields are described in the
# README and can be seen in data/therapeutic-bond/passages.yaml.
"""
