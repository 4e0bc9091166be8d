"""The bibliography: each work as catalogued and as corrected, with all that is not certain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from components.markup import e, passage_links


class ListedWork(Protocol):
    """What the bibliography shows of a work."""

    @property
    def id(self) -> str:
        """Its id, by which the button that copies its reference names it."""

    @property
    def short(self) -> str:
        """Its short form."""

    @property
    def reference_label(self) -> str:
        """What is said of the reference: corrected, or not yet checked."""

    @property
    def reference(self) -> str:
        """The reference, set in a style; may be ``Html``."""

    @property
    def exports(self) -> str:
        """Links to files for reference managers; may be ``Html``. Empty: nothing can be taken."""

    @property
    def catalogued(self) -> str:
        """The citation as catalogued."""

    @property
    def flags(self) -> Sequence[tuple[str, str]]:
        """Each part of the reference with how certain it is."""

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """What else is known, as name and text."""

    @property
    def passages(self) -> Sequence[str]:
        """The ids of its passages, or of the first of them."""

    @property
    def more(self) -> int:
        """How many further passages it has."""


def bibliography(works: Sequence[ListedWork]) -> str:
    """Return the works as HTML, in the order given."""
    return f'<div class="works">{"".join(map(_work, works))}</div>'


def _work(work: ListedWork) -> str:
    flags = "".join(
        f'<li class="flag {e(certainty)}">{e(part)} <b>{e(certainty)}</b></li>'
        for part, certainty in work.flags
    )
    facts = "".join(f"<dt>{e(name)}</dt><dd>{e(text)}</dd>" for name, text in work.facts)
    more = f" and {work.more} more" if work.more else ""
    take = (
        f'<dt>Take it</dt><dd><button type="button" class="text-button" '
        f'data-copy="work {e(work.id)}">Copy reference</button>, {e(work.exports)}</dd>'
        if work.exports
        else ""
    )
    return (
        f'<article class="work" aria-label="{e(work.short)}"><h3>{e(work.short)}</h3><dl>'
        f"<dt>{e(work.reference_label)}</dt>"
        f'<dd class="reference"><bdi>{e(work.reference)}</bdi></dd>'
        f'{take}<dt>As catalogued</dt><dd class="catalogued"><bdi>{e(work.catalogued)}</bdi></dd>'
        f"{facts}<dt>Passages</dt><dd>{passage_links(work.passages)}{more}</dd>"
        f'<dt>How certain</dt><dd><ul class="flags">{flags}</ul></dd></dl></article>'
    )
