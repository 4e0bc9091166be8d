"""The pages of a phone in a room, as HTML: to join, to wait, to vote, and what was sent.

They are read by hundreds of phones at once, so they are small, need no script, and ask for one
style file and one script file that never change. Every text goes through ``e``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from components.markup import Html, e
from dashboard.rooms.codes import spaced_code
from dashboard.rooms.tables import WORDS_LENGTH

if TYPE_CHECKING:
    from dashboard.rooms.rooms import Ballot, Question, Room, Seen
    from dashboard.seminar.room_questions import Asked

PRODUCT = "Vehicle or Cure?"
FILES = Path(__file__).with_name("room_files")
FILES_AT = "/room-files"
STORED = (
    "Stored are your answer, the words you add and the time, under a random number that only this "
    "browser knows: no name, no account, no network address. All of it is deleted after 24 hours."
)
CHANGE = "You can change it until the vote is closed."
CLOSED = "This vote is closed."
NOT_SENT = "You did not answer this one."
NOTHING_ASKED = "Nothing is being asked just now."
IN_THE_ROOM = "You are in the room. The question will stand here once it is asked."
STOPS_HERE = '<p class="stops">(the excerpt stops here)</p>\n'
BESIDE = ("n", "w")
"""The answers that stand apart from the steps of the axis."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone was about to send: shown again where it could not be taken."""

    number: str = ""
    value: str = ""
    words: str = ""


def state(seen: Seen) -> str:
    """Return what changes whenever a phone should show something else. It holds no count."""
    one = seen.question
    if one is None:
        return "0"
    voted = "voted" if seen.ballot else "waiting"
    return f"{one.number}-{'open' if one.is_open else 'closed'}-{voted}"


def join_page(told: str = "", typed: str = "") -> Html:
    """Return the page with a field for the code; ``told`` says what was wrong with ``typed``."""
    wrong = f'<p class="told" id="told" role="alert">{e(told)}</p>' if told else ""
    refers = ' aria-describedby="told" aria-invalid="true"' if told else ""
    return _page(
        "Join a room",
        f"""<main>
<h1>Join a room</h1>
{wrong}<form action="/join">
<label class="field" for="code">The code on the screen
<input id="code" name="code" value="{e(typed[:20])}" autocomplete="off" autocapitalize="characters"
spellcheck="false" maxlength="20" required{refers}></label>
<button>Join</button>
</form>
<p class="small">{STORED}</p>
</main>""",
    )


def ballot_page(
    seen: Seen, asked: Asked | None, told: str = "", draft: Draft | None = None
) -> Html:
    """Return the page of a room for one person; ``asked`` is there where a question is.

    ``told`` says why what they sent, ``draft``, was not taken.
    """
    room, one = seen.room, seen.question
    if one is None or asked is None:
        body = f"<h1>{NOTHING_ASKED}</h1>\n<p>{IN_THE_ROOM}</p>"
    else:
        body = _question_html(one, asked) + _answer_html(seen, one, asked, told, draft)
    warned = f'<p class="told" role="alert">{e(told)}</p>\n' if told else ""
    again = "" if one and one.is_open and not seen.ballot else _again(room.code)
    return _page(
        asked.title if asked else "Waiting",
        f"""<main data-room="{_place(room.code)}" data-state="{state(seen)}">
{warned}{body}
{again}<p class="small">{STORED}</p>
</main>""",
        room,
    )


def unavailable_page(code: str, told: str, draft: Draft | None = None) -> Html:
    """Return the page for while the rooms cannot be reached; what was to be sent is kept in it."""
    kept = _again(code, always=True)
    if draft:
        kept = f"""<form class="ballot" method="post" action="{_place(code)}">
{"".join(_hidden(name, getattr(draft, name)) for name in ("number", "value", "words"))}
<button>Send again</button>
</form>"""
    return _page(
        "Not just now",
        f"""<main data-room="{_place(code)}" data-state="unavailable">
<h1>Not just now</h1>
<p role="alert">{e(told)}</p>
{kept}
</main>""",
    )


def told_page(title: str, told: str, leads_to: str, leads: str) -> Html:
    """Return a page of one sentence and one link, called ``leads``."""
    return _page(
        title,
        f'<main>\n<h1>{e(title)}</h1>\n<p role="alert">{e(told)}</p>\n'
        f'<p><a class="again" href="{e(leads_to)}">{e(leads)}</a></p>\n</main>',
    )


def _question_html(one: Question, asked: Asked) -> str:
    again = f'<p class="round">{e(asked.round)}</p>\n' if one.round > 1 else ""
    text = ""
    if asked.text:
        text = f"""<figure>
<blockquote>{e(asked.text)}</blockquote>
{STOPS_HERE if asked.stops_here else ""}<figcaption>{e(asked.label)}</figcaption>
</figure>
"""
    elif asked.label:
        text = f"<p>{e(asked.label)}</p>\n"
    return f"{again}<h1>{e(asked.title)}</h1>\n{text}"


def _answer_html(seen: Seen, one: Question, asked: Asked, told: str, draft: Draft | None) -> str:
    ballot = seen.ballot
    if not one.is_open:
        sent = _sent_html(ballot, asked) if ballot else f"<p>{NOT_SENT}</p>"
        return f'<p class="closed">{CLOSED}</p>\n{sent}'
    if ballot is None or told:
        start = draft or Draft()
        return _form(seen.room.code, one, asked, start, "Send")
    held = Draft(value=ballot.value, words=ballot.words)
    return f"""{_sent_html(ballot, asked)}
<p>{CHANGE}</p>
<details><summary>Change my answer</summary>
{_form(seen.room.code, one, asked, held, "Send the change")}
</details>"""


def _sent_html(ballot: Ballot, asked: Asked) -> str:
    name, meaning = _names(asked)[ballot.value]
    words = f"\n<q>{e(ballot.words)}</q>" if ballot.words else ""
    more = f"\n<span>{e(meaning)}</span>" if meaning else ""
    return (
        f'<p class="sent" id="sent" tabindex="-1"><span>Sent: <b>{e(name)}</b></span>'
        f"{more}{words}</p>"
    )


def _form(code: str, one: Question, asked: Asked, held: Draft, send: str) -> str:
    on_axis = [_answer(*one, held.value) for one in asked.options if one[0] not in BESIDE]
    beside = [_answer(*one, held.value) for one in asked.options if one[0] in BESIDE]
    answers = "<hr>\n".join("".join(some) for some in (on_axis, beside) if some)
    return f"""<form class="ballot" method="post" action="{_place(code)}">
{_hidden("number", str(one.number))}
<fieldset><legend>Your answer</legend>
{answers}</fieldset>
<label class="field" for="words">{e(asked.words_asked)} <span>({e(asked.words_go)})</span>
<input id="words" name="words" value="{e(held.words)}" maxlength="{WORDS_LENGTH}"
autocomplete="off"></label>
<button>{send}</button>
</form>"""


def _answer(value: str, name: str, meaning: str, chosen: str) -> str:
    is_chosen = " checked" if value == chosen else ""
    return (
        f'<label><input type="radio" name="value" value="{value}" required{is_chosen}>'
        f"<span>{' '.join(filter(None, (f'<b>{e(name)}</b>', e(meaning))))}</span></label>\n"
    )


def _names(asked: Asked) -> dict[str, tuple[str, str]]:
    return {value: (name, meaning) for value, name, meaning in asked.options}


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{e(value)}">'


def _again(code: str, *, always: bool = False) -> str:
    link = f'<p><a class="again" href="{_place(code)}">Look again</a></p>'
    return link if always else f"<noscript>{link}</noscript>\n"


def _place(code: str) -> str:
    return f"/r/{e(code)}"


@cache
def file_address(name: str) -> str:
    """Return the address of the style or the script; another content has another address."""
    version = sha256((FILES / name).read_bytes()).hexdigest()[:12]
    return f"{FILES_AT}/{name}?v={version}"


def _page(title: str, body: str, room: Room | None = None) -> Html:
    where = f'<p class="room">Room <b>{spaced_code(room.code)}</b></p>' if room else ""
    return Html(f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{e(title)} – {PRODUCT}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{file_address("ballot.css")}">
<script src="{file_address("ballot.js")}" defer></script>
</head>
<body>
<header><p>{PRODUCT}</p>{where}</header>
<p id="said" role="status"></p>
{body}
</body>
</html>
""")
