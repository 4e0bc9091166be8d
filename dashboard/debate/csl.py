"""A work as a CSL-JSON item, the form in which reference managers and styles read it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any, TypeAlias

from dashboard.debate.model import CitedName, Csl, Work

CslItem: TypeAlias = dict[str, Any]
"""One work by the variables of CSL-JSON, its id the key it has in all exports."""

_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)")
_KEY = re.compile(r"[a-z0-9][a-z0-9_:.-]*")


def described(work: Work) -> CslItem:
    """Return a work as a CSL-JSON item without its title; it has an author or an editor.

    What is not known is left out. A work without ``csl`` is described by its other fields, its
    authors as one literal name.
    """
    csl = work.csl or _plain(work)
    authors = csl.author or (() if csl.editor else (CitedName(literal=work.authors),))
    variables: CslItem = {
        "id": citation_key(work),
        "type": csl.type,
        "author": [_name(name) for name in authors],
        "editor": [_name(name) for name in csl.editor],
        "translator": [_name(name) for name in csl.translator],
        "container-title": csl.container_title,
        "collection-title": csl.collection_title,
        "volume": csl.volume,
        "issue": csl.issue,
        "page": csl.page,
        "edition": csl.edition,
        "publisher": csl.publisher,
        "publisher-place": csl.publisher_place,
        "ISBN": csl.isbn,
        "DOI": work.doi,
        "language": csl.language,
        "issued": None if work.year is None else {"date-parts": [[work.year]]},
    }
    return _filled(variables)


def sentence_title(work: Work) -> str:
    """Return the title with its capitals as in a sentence, where the work gives it so."""
    return (work.csl and work.csl.sentence_title) or work.title


def headline_title(work: Work) -> str:
    """Return the title with its capitals as in a headline, where the work gives it so."""
    return (work.csl and work.csl.headline_title) or work.title


def citation_key(work: Work) -> str:
    """Return the key of a work in exports: its id, or an ASCII form of it that is its own.

    Keys differ even where capitals do not count.
    """
    if _KEY.fullmatch(work.id):
        return work.id
    letters = "-".join(re.findall("[a-z0-9]+", work.id.lower()))
    return f"{letters or 'work'}-{sha256(work.id.encode()).hexdigest()[:12]}"


def _plain(work: Work) -> Csl:
    """Describe a work that has no ``csl``, as far as its other fields go."""
    number = _NUMBER.fullmatch(work.edition or "")
    return Csl(
        type="article-journal" if work.container else "book",
        container_title=work.container,
        edition=number.group(1) if number else work.edition,
        publisher=work.publisher,
    )


def _name(name: CitedName) -> dict[str, str]:
    if name.literal is not None:
        return {"literal": name.literal}
    return _filled(
        {
            "family": name.family,
            "given": name.given,
            "non-dropping-particle": name.particle,
            "suffix": name.suffix,
        }
    )


def _filled(variables: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in variables.items() if value}
