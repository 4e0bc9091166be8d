"""References for reference managers: BibTeX, RIS and CSL-JSON of any works of a debate."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.debate.citations import doubts
from dashboard.debate.csl import CslItem, described, headline_title, sentence_title
from dashboard.debate.model import Work
from dashboard.debate.years import year_words

BIBTEX_TYPES: Mapping[str, str] = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "document": "misc",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "misc",
}
RIS_TYPES: Mapping[str, str] = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "document": "GEN",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "%&#_$"},
    }
)
# Braces are spelled out, since BibTeX counts them even after a backslash.
_SPLITS_NAMES = re.compile(r",|\band\b", re.IGNORECASE)


def bibtex(works: Iterable[Work]) -> str:
    """Return works as a BibTeX file in UTF-8, which biblatex reads too, one entry a work.

    Titles stand in double braces, so that no style changes their capitals.
    """
    return "\n".join(_bibtex_entry(work) for work in works)


def ris(works: Iterable[Work]) -> str:
    """Return works as a RIS file, one value a line; an editor is never given as the author."""
    return "\n".join(_ris_entry(work) for work in works)


def csl_json(works: Iterable[Work]) -> str:
    """Return works as a CSL-JSON file, their titles with capitals as in a sentence."""
    return json.dumps([_csl_item(work) for work in works], ensure_ascii=False, indent=2) + "\n"


def note(work: Work) -> str:
    """Return what must be known of a reference: false attribution, missing year, doubts."""
    open_points = doubts(work)
    parts = [
        work.attribution or "",
        "" if work.year else "Year not given.",
        f"Not certain: {', '.join(open_points)}." if open_points else "",
    ]
    return " ".join(part for part in parts if part)


def _csl_item(work: Work) -> CslItem:
    item = described(work) | {"title": sentence_title(work)}
    return item | {"note": note(work)} if note(work) else item


def _bibtex_entry(work: Work) -> str:
    item = described(work)
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bibtex_fields(work, item))
    return f"@{BIBTEX_TYPES[item['type']]}{{{item['id']},\n{fields}}}\n"


def _bibtex_fields(work: Work, item: CslItem) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        if role in item:
            yield role, " and ".join(_bibtex_name(name) for name in item[role])
    yield "title", f"{{{_tex(headline_title(work))}}}"
    container = {"article-journal": "journal", "book": "maintitle"}.get(item["type"], "booktitle")
    pages = re.sub("[-–]+", "--", item.get("page", ""))
    values = {
        container: item.get("container-title"),
        "series": item.get("collection-title"),
        "volume": item.get("volume"),
        "number": item.get("issue"),
        "pages": pages,
        "edition": item.get("edition"),
        "publisher": item.get("publisher"),
        "address": item.get("publisher-place"),
        "year": None if work.year is None else year_words(work.year),
        "isbn": item.get("ISBN"),
        "doi": item.get("DOI"),
        "note": note(work),
    }
    yield from ((name, _tex(value)) for name, value in values.items() if value)


def _bibtex_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_tex(name['literal'])}}}"
    parts = [name[part] for part in ("non-dropping-particle", "family") if part in name]
    if "given" not in name and "suffix" not in name:
        # Without a comma the words before the last would be read as given names.
        return f"{{{_tex(' '.join(parts))}}}"
    family = " ".join(_name_part(part) for part in parts)
    rest = [_name_part(name[part]) for part in ("suffix", "given") if part in name]
    return ", ".join([family, *rest] if "given" in name else [family, *rest, "{}"])


def _name_part(part: str) -> str:
    return f"{{{_tex(part)}}}" if _SPLITS_NAMES.search(part) else _tex(part)


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX)


def _ris_entry(work: Work) -> str:
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in _ris_values(work) if value]
    return "\n".join([*lines, "ER  - ", ""])


def _ris_values(work: Work) -> Iterator[tuple[str, str]]:
    item = described(work)
    kind = RIS_TYPES[item["type"]]
    yield "TY", kind
    yield "ID", item["id"]
    editors = "A3" if kind == "BOOK" else "A2"
    for tag, role in (("AU", "author"), (editors, "editor"), ("A4", "translator")):
        yield from ((tag, _ris_name(name)) for name in item.get(role, ()))
    yield "TI", headline_title(work)
    titles = [item[title] for title in ("container-title", "collection-title") if title in item]
    yield from zip(("T2", "T3"), titles, strict=False)
    yield from _in_ris(item, (("VL", "volume"), ("IS", "issue")))
    yield from zip(("SP", "EP"), _first_and_last(item.get("page", "")), strict=False)
    yield from _in_ris(item, (("ET", "edition"), ("PB", "publisher"), ("CY", "publisher-place")))
    yield "PY", "" if work.year is None else year_words(work.year)
    yield from _in_ris(item, (("SN", "ISBN"), ("DO", "DOI"), ("LA", "language")))
    yield "N1", note(work)


def _in_ris(item: CslItem, tags: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield from ((tag, item[name]) for tag, name in tags if name in item)


def _first_and_last(pages: str) -> list[str]:
    return re.split("[-–]+", pages, maxsplit=1)


def _ris_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle")
    family = f"{particle} {name['family']}" if particle else name["family"]
    rest = [name[part] for part in ("given", "suffix") if part in name]
    return ", ".join([family, *rest])


def _one_line(text: str) -> str:
    """Put a text on one line, so that none of its lines is read as a line of the file."""
    return " ".join(text.split())
