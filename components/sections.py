"""A page of prose and tables: its heading, its contents, its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from components.markup import Html, e


@dataclass(frozen=True, slots=True)
class Section:
    """One section: the name of its place in the page, its title, and its HTML."""

    place: str
    title: str
    body: str


def sections(title: str, lead: str, parts: Sequence[Section]) -> str:
    """Return a page with a heading, links to its sections, and the sections.

    Without a ``lead`` the sections follow the heading at once.
    """
    below = f"<p>{e(lead)}</p>" if lead else ""
    contents = "".join(f'<li><a href="#{e(part.place)}">{e(part.title)}</a></li>' for part in parts)
    body = "".join(
        f'<section id="{e(part.place)}" aria-labelledby="{e(part.place)}-title">'
        f'<h2 id="{e(part.place)}-title">{e(part.title)}</h2>{part.body}</section>'
        for part in parts
    )
    return (
        f'<div class="sections"><header class="question"><h1>{e(title)}</h1>{below}'
        f'</header><nav class="contents" aria-label="On this page"><ul>{contents}</ul></nav>'
        f'<div class="sections-body">{body}</div></div>'
    )


def paragraphs(texts: Sequence[str]) -> str:
    """Return each text as a paragraph."""
    return "".join(f"<p>{e(text)}</p>" for text in texts)


def definitions(pairs: Sequence[tuple[str, str]]) -> str:
    """Return a list of names with what is said of them; pairs without a text are left out."""
    items = "".join(f"<dt>{e(name)}</dt><dd>{e(text)}</dd>" for name, text in pairs if text)
    return f'<dl class="grounds">{items}</dl>' if items else ""


def prose(markdown: str) -> Html:
    """Return Markdown as HTML: headings two levels down, no HTML of its own, no pictures.

    Links lead where Markdown's own checks allow, which excludes scripts; those to other sites
    open in a new tab.
    """
    tokens = _MARKDOWN.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + 2)}"
        for part in token.children or []:
            if part.type == "link_open" and _ELSEWHERE.match(str(part.attrs["href"])):
                part.attrs |= {"target": "_blank", "rel": "noopener noreferrer"}
    return Html(
        f'<div class="prose">{_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})}</div>'
    )


_ELSEWHERE = re.compile(r"https?:|//", re.IGNORECASE)
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
