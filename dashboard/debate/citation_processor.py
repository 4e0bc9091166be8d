"""The CSL processor, with what citeproc-py leaves out of CSL that our styles rely on.

citeproc-py takes the last class of a name as the one for the element of that name; the classes
here stand in for its own. This module is imported only where a reference is formatted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any, TypeAlias

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, model
from citeproc.model import CitationStylesElement, ConditionFailed
from citeproc.source import VariableError
from citeproc.source.json import CiteProcJSON

Item: TypeAlias = Mapping[str, Any]
"""A work as CSL-JSON has it, without what no style prints."""
Foreign: TypeAlias = Any
"""What the processor hands around; it has no types."""

FOLDER = Path(__file__).parent / "styles"
ITALIC, UPRIGHT, OPEN, CLOSE, CLOSED, APART = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
"""Marks in what is rendered: italics, quotation marks, a text that ends its own sentence, and
what keeps the processor from reading markup in a text."""

_FULL_STOP = re.compile(f"{CLOSED}([{UPRIGHT}{CLOSE}]*)\\.")
_AFTER_QUOTE = re.compile(f"{CLOSE}([.,])")
_MARKS = re.compile(f"[{ITALIC}{UPRIGHT}{OPEN}{CLOSE}{CLOSED}{APART}]")

_one_at_a_time = RLock()
"""A style holds the state of what it renders."""


def entry(style: str, item: Item) -> str:
    """Render one entry of a bibliography; italics stand between ITALIC and UPRIGHT.

    ``style`` names a file of the folder of styles; the id of the item has no capitals.
    """
    with _one_at_a_time:
        return _finished(str(_bibliography(style, [item]).bibliography()[0]))


def cited(style: str, item: Item, prefix: str, suffix: str) -> str:
    """Render a citation in the text, "(prefix Flores, 2004 suffix)", with the same marks."""
    with _one_at_a_time:
        bibliography = _bibliography(style, [item])
        citation = Citation(
            [CitationItem(item["id"], prefix=without_marks(prefix), suffix=without_marks(suffix))]
        )
        bibliography.register(citation)
        return _finished(str(bibliography.cite(citation, None)))


def in_order(style: str, items: Sequence[Item]) -> list[str]:
    """Give the ids of the works in the order of a bibliography."""
    with _one_at_a_time:
        bibliography = _bibliography(style, items)
        bibliography.sort()
        return list(bibliography.keys)


def _bibliography(style: str, items: Sequence[Item]) -> CitationStylesBibliography:
    source = CiteProcJSON([_marked(item) for item in items])
    bibliography = CitationStylesBibliography(_style(style), source, Marks)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return bibliography


@cache
def _style(name: str) -> CitationStylesStyle:
    style = CitationStylesStyle(str(FOLDER / f"{name}.csl"), validate=False)
    style.root.macros = {macro.get("name"): macro for macro in style.root.iterfind("{*}macro")}
    style.root.calling = {}
    return style


def _marked(item: Item) -> dict[str, Any]:
    """Make each text one line without markup, and mark a title that ends its own sentence."""
    marked = {name: filled for name, value in item.items() if (filled := _one_line(value))}
    title = marked.get("title", "")
    return {**marked, "title": title + CLOSED if title.endswith((".", "?", "!", "…")) else title}


def _one_line(value: Foreign) -> Foreign:
    if isinstance(value, str):
        return " ".join(without_marks(value).split()).replace("<", f"<{APART}")
    if isinstance(value, list):
        return [_one_line(each) for each in value]
    if isinstance(value, dict):
        return {name: _one_line(each) for name, each in value.items()}
    return value


def _finished(text: str) -> str:
    text = _AFTER_QUOTE.sub(f"\\1{CLOSE}", _FULL_STOP.sub("\\1", text))
    text = text.replace(CLOSED, "").replace(APART, "")
    return text.replace(OPEN, "“").replace(CLOSE, "”")


def without_marks(text: str) -> str:
    """Give a text without the characters that are marks here."""
    return _MARKS.sub("", text)


class Marks:
    """How the processor sets what it renders: as it is, with italics marked."""

    @staticmethod
    def preformat(text: object) -> str:
        """Leave a text as it is."""
        return str(text)

    @staticmethod
    def Italic(text: object) -> str:  # noqa: N802 - its name there
        """Mark a text as italic."""
        return f"{ITALIC}{text}{UPRIGHT}"

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = preformat


class Text(model.Text, CitationStylesElement):  # type: ignore[misc]
    """A text that is printed once, and whose closing quotation mark takes the stop inside."""

    def process(self, item: Foreign, context: Foreign = None, **options: Foreign) -> Foreign:
        """Render the text; one that stands in for the author is remembered."""
        rendered = super().process(item, context, **options)
        layout = (self if context is None else context).get_layout()
        if self.get("variable") and rendered[0] and layout.__dict__.get("standing_in"):
            layout.repressed.setdefault(self.tag, []).append(self.get("variable"))
        return rendered

    def quote(self, string: Foreign) -> Foreign:
        """Put the text in quotation marks where the style says so."""
        return f"{OPEN}{string}{CLOSE}" if self.get("quotes") == "true" else string

    def _format_last_page(self, first: str, last: str) -> str:
        """Shorten the last page of a range only where it is as long as the first: 5–17."""
        if len(first) != len(last):
            return last
        return str(super()._format_last_page(first, last))

    def get_macro(self, name: str) -> Foreign:
        """Find a macro of the style without searching the whole of it each time."""
        return self.get_root().macros[name]

    def calls_variable(self) -> bool:
        """Say whether the text depends on the work; for a macro this is found out once."""
        macro = self.get("macro")
        if macro is None:
            return bool(super().calls_variable())
        calling: dict[str, bool] = self.get_root().calling
        if macro not in calling:
            calling[macro] = super().calls_variable()
        return calling[macro]


class Substitute(model.Substitute, CitationStylesElement):  # type: ignore[misc]
    """What stands in for an author: nothing of it is printed again."""

    def render(self, item: Foreign, context: Foreign = None, **options: Foreign) -> Foreign:
        """Render the first that the work has."""
        layout = context.get_layout()
        layout.standing_in = True
        try:
            return super().render(item, context=context, **options)
        finally:
            layout.standing_in = False


class Names(model.Names, CitationStylesElement):  # type: ignore[misc]
    """Names that are printed once: editors who stand in for the author are not repeated."""

    def process(
        self,
        item: Foreign,
        names_context: Foreign = None,
        context: Foreign = None,
        **options: Foreign,
    ) -> Foreign:
        """Render the names that have not stood in for the author before."""
        layout = (self if context is None else context).get_layout()
        stood_in = layout.repressed.setdefault(self.tag, [])
        variables = self.get("variable")
        left = [variable for variable in variables.split() if variable not in stood_in]
        if not left:
            raise VariableError
        if names_context is None and self.name is None:
            names_context = next(self.iterancestors(self.tag), None)
        self.set("variable", " ".join(left))
        try:
            text = super().process(item, names_context, context, **options)
        finally:
            self.set("variable", variables)
        if text and layout.__dict__.get("standing_in"):
            stood_in.extend(left)
        return text


class Name(model.Name, CitationStylesElement):  # type: ignore[misc]
    """A name that keeps its given names whole where the style says so."""

    def get_option(self, name: str, *context: Foreign) -> Foreign:
        """Give an option; ``initialize="false"`` leaves given names as they are."""
        if name == "initialize-with" and self.get("initialize") == "false":
            return None
        return super().get_option(name, *context)


class Label(model.Label, CitationStylesElement):  # type: ignore[misc]
    """A label such as "eds.", which is English whatever the language of the work is."""

    def case(self, text: Foreign, language: str = "en") -> Foreign:
        """Set the capitals of the label."""
        return super().case(text, language)


class If(model.If, CitationStylesElement):  # type: ignore[misc]
    """A condition; since each work is cited by itself, none is ambiguous."""

    def render(self, *item: Foreign, **options: Foreign) -> Foreign:
        """Render what the condition holds; raise ``ConditionFailed`` where it is not met."""
        if self.get("disambiguate") == "true":
            raise ConditionFailed
        return super().render(*item, **options)


class Else_If(If, CitationStylesElement):  # type: ignore[misc]  # noqa: N801 - its name there
    """A further condition."""
