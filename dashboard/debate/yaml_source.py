"""YAML as a tree in which everything keeps its line.

Stands on the events of PyYAML's safe loader and never on its constructors: nothing in a file
can make an object or run code. What a debate does not need is refused with its line: tags,
anchors and aliases (so a small file cannot unfold into a huge one), a second document, repeated
keys, and nesting beyond what a debate has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, TypeGuard

import yaml

from dashboard.debate.directions import turning_words
from dashboard.debate.problems import quoted, shortened
from dashboard.debate.text_source import (
    CONTROL_CHARACTER,
    NOT_IN_YAML,
    Progress,
    Report,
    read_text,
    unheard,
)

YAML_MEGABYTES = 64
DEEPEST = 12
MOST_VALUES = 1_000_000
"""So many values a file may hold."""

Kind = Literal["text", "whole", "number", "bool", "null", "date", "merge", "refused"]
Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
Where: TypeAlias = tuple[str | int, ...]

# Stands for whatever was read as neither text, whole number nor true/false. No field of a
# debate takes a fraction, so the checks are certain to refuse it.
FITS_NOWHERE = 0.5

SAFE_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
)

_KINDS: dict[str, Kind] = {
    "tag:yaml.org,2002:int": "whole",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "bool",
    "tag:yaml.org,2002:null": "null",
    "tag:yaml.org,2002:timestamp": "date",
    "tag:yaml.org,2002:merge": "merge",
    "tag:yaml.org,2002:value": "merge",
}
_READ_AS: dict[Kind, str] = {
    "whole": "a number",
    "number": "a number",
    "bool": "true/false",
    "null": "nothing",
    "date": "a date",
    "merge": "a sign of YAML",
}
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_ROUND = 10_000
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_BACKSLASH = "after this backslash comes no known sign; to have a backslash, write two"
_TAB = "a tab stands where YAML wants spaces"
_NOT_CLOSED = "a quotation mark opened here is not closed"
_WITHIN = {
    '"': 'write \\" for a quotation mark within a text in quotation marks',
    "'": "write '' for an apostrophe within this text, or put it in double quotation marks",
}
"""What to do with a mark within a text that stands in such marks."""
_KEY_LINE = re.compile(r"\s*(?:- +)*(?P<key>[^\s\"'#:-][^\s\"'#:]*):(?=\s|$)")
_NO_SPACE = (
    (re.compile(r"\s*-(?P<key>[A-Za-z_][\w-]*):(?=\s|$)"), "-{key}:", "- {key}:", "the dash"),
    (
        re.compile(r"\s*(?:- +)*(?P<key>[A-Za-z_][\w-]*):(?!//)(?=\S)"),
        "{key}:",
        "{key}: ",
        "the colon",
    ),
)
"""How a line looks that lacks a space, what stands there, what should, and behind what."""
# What PyYAML says, with and without libyaml, in other words. Some of these faults are noticed
# only far below the place where they were made; the flag says to name that place.
_SYNTAX = (
    (r"nesting depth", False, f"nested deeper than {DEEPEST} levels"),
    (r"tab character|violates indentation", False, _TAB),
    (r"a tag|tag handle", False, "a value that begins with ! is a tag; put it in quotes"),
    (r"an (anchor|alias)", False, "a value that begins with & or * must stand in quotes"),
    (r"directive|incompatible", False, "a line that begins with % is a directive; take it out"),
    (r"cannot start any token", False, "no value can begin with this sign; put it in quotes"),
    (r"escape|hexa?decimal", False, _BACKSLASH),
    (r"quoted scalar", True, _NOT_CLOSED),
    (r"block scalar", False, "after | or > the text begins on the next line, indented"),
    (r"mapping values are not", False, "a colon stands where none can; put the text in quotes"),
    (r"not allowed", False, "a list item or key stands where none can; check the indentation"),
    (r"expected ',' or '[\]}]'", True, "a bracket opened here is not closed, or lacks a comma"),
    (r"node content", False, "a value is missing here, or a bracket is not closed"),
    (r"expected ':'", True, "a key without a colon, or text that belongs to no value"),
    (
        r"block end|expected key|'-' indicator",
        False,
        "this does not fit here; check the indentation",
    ),
    (r"document start", False, "what stands here belongs to nothing before it"),
)


@dataclass(slots=True)
class Scalar:
    """One value, with what YAML takes it for."""

    line: int
    text: str
    kind: Kind

    def plain(self) -> Plain:
        """Give the value itself; what no field can hold as ``FITS_NOWHERE``."""
        if self.kind == "text":
            return self.text
        if self.kind == "null":
            return None
        if self.kind == "bool":
            return self.text.lower() in {"yes", "true", "on"}
        if self.kind == "whole" and _DECIMAL.fullmatch(self.text):
            return int(self.text)
        return FITS_NOWHERE


@dataclass(slots=True)
class Sequence:
    """A list and the line it begins on."""

    line: int
    items: list[Node] = field(default_factory=list)

    def plain(self) -> Plain:
        """Give the list without its lines."""
        return [item.plain() for item in self.items]


@dataclass(slots=True)
class Mapping:
    """Keys with their values, the line it begins on and the line of each key."""

    line: int
    items: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Plain:
        """Give the mapping without its lines."""
        return {key: value.plain() for key, value in self.items.items()}


Node: TypeAlias = Scalar | Sequence | Mapping


def yaml_text(path: Path, report: Report) -> str | None:
    """Read the text of one YAML file.

    Calls ``report`` with the line and the words of each problem. Gives None where the file
    cannot be read, is too large, or is not clean UTF-8 text.
    """
    return read_text(path, YAML_MEGABYTES, NOT_IN_YAML, report)


@dataclass(slots=True)
class Allowed:
    """How many values may be read, in one file or in several together, and how many are left.

    ``of`` says in words that it is more than one file.
    """

    most: int
    of: str = ""
    left: int = field(init=False)

    def __post_init__(self) -> None:
        """Begin with all of them."""
        self.left = self.most


def compose(
    text: str,
    report: Report,
    allowed: Allowed | None = None,
    progress: Progress = unheard,
) -> Node | None:
    """Build the tree of one YAML document.

    ``allowed`` may be shared by several files; without it each may hold ``MOST_VALUES``.
    Calls ``report`` with the line and the words of each problem, and ``progress`` now and then.
    Gives None where the text is not YAML, or holds nothing.
    """
    tree = _Tree(report, allowed or Allowed(MOST_VALUES))
    try:
        for number, event in enumerate(yaml.parse(text, Loader=SAFE_LOADER), 1):
            tree.take(event)
            if number % _ROUND == 0:
                progress("values read", number)
    except _StopReadingError as stop:
        report(stop.line, stop.text)
        return None
    except yaml.MarkedYAMLError as error:
        report(*(_common_slip(error, text, tree.last) or _syntax_error(error, text)))
        return None
    if tree.root is None or _is_nothing(tree.root):
        report(1, "the file is empty")
        return None
    return tree.root


def find(node: Node, where: Where) -> Node | None:
    """Give the node at a place such as ``(3, "voices", 0)``, or None."""
    for step in where:
        found: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            found = node.items.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            found = node.items[step]
        if found is None:
            return None
        node = found
    return node


def line_of(node: Node, where: Where) -> int:
    """Give the line of a place, or of the nearest place around it that exists.

    What has a key lies where the key is.
    """
    line = node.line
    for end, step in enumerate(where):
        holder, found = find(node, where[:end]), find(node, where[: end + 1])
        if found is None:
            break
        line = holder.key_lines[str(step)] if isinstance(holder, Mapping) else found.line
    return line


def misread(node: Node) -> str:
    """Say what stands at a node where text belongs."""
    if isinstance(node, Sequence):
        return "text belongs here, not a list"
    if isinstance(node, Mapping):
        return "text belongs here, not a mapping"
    return f"{quoted(node.text)} is read as {_READ_AS[node.kind]} here; put it in quotes"


class _StopReadingError(Exception):
    """The rest of a file is not worth reading, or not safe to read."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been seen yet."""

    node: Sequence | Mapping
    key: str | None = None
    key_line: int = 0


class _Tree:
    """The tree as it grows from events; one loop and no recursion, whatever the nesting."""

    def __init__(self, report: Report, allowed: Allowed) -> None:
        self.root: Node | None = None
        self.last: yaml.ScalarEvent | None = None
        """The value read last, after which a fault was noticed."""
        self._report = report
        self._open: list[_Open] = []
        self._allowed = allowed
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Grow by one event."""
        # A file holds many values and few of all else, so they come first and by the short way.
        if type(event) is yaml.ScalarEvent:
            self.last = event
            self._take_scalar(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            line = _line(event)
            self._count(line)
            self._refuse_alias(line, event.anchor)
            self._place(Scalar(line, "", "refused"))
        elif isinstance(event, yaml.NodeEvent):
            self._take_collection(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                text = "a second document begins here; a file holds one"
                raise _StopReadingError(_line(event), text)

    def _take_collection(self, event: yaml.NodeEvent) -> None:
        line = _line(event)
        self._count(line)
        self._refuse_marks(event, line)
        node = Sequence(line) if isinstance(event, yaml.SequenceStartEvent) else Mapping(line)
        self._place(node)
        self._open.append(_Open(node))
        if len(self._open) > DEEPEST:
            raise _StopReadingError(line, f"nested deeper than {DEEPEST} levels")

    def _count(self, line: int) -> None:
        self._allowed.left -= 1
        if self._allowed.left < 0:
            most = f"more than {self._allowed.most:,} values{self._allowed.of}"
            raise _StopReadingError(line, f"{most}; give the passages as passages.csv")

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        line = _line(event)
        self._count(line)
        text: str = event.value
        kind: Kind = "text"
        if self._is_refused(event, text, line):
            kind = "refused"
        elif event.implicit[0]:
            kind = _kind(text)
        self._place(Scalar(line, text, kind))

    def _is_refused(self, event: yaml.ScalarEvent, text: str, line: int) -> bool:
        if (event.anchor or event.tag) and self._refuse_marks(event, line):
            return True
        # What is printable holds nothing unseen, and to ask for it is quicker than to search.
        return not text.isprintable() and self._refuse_unseen(text, line)

    def _refuse_unseen(self, text: str, line: int) -> bool:
        unseen = CONTROL_CHARACTER.search(text)
        if unseen:
            code = f"U+{ord(unseen.group()):04X}"
            self._report(line, f"the text holds a character that cannot be seen ({code})")
        return bool(unseen)

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        holder = self._open[-1]
        inside, key = holder.node, holder.key
        if type(inside) is Sequence:
            if _is_nothing(node):
                self._refuse_nothing(node, node.line, "this item of a list")
            inside.items.append(node)
        elif type(inside) is Mapping and key is None:
            holder.key, holder.key_line = self._key(inside, node), node.line
        elif type(inside) is Mapping and key is not None:
            if _is_nothing(node):
                # Where the value is missing, what is read next may stand many lines below.
                self._refuse_nothing(node, holder.key_line, quoted(key))
            inside.items[key] = node
            holder.key = None

    def _key(self, mapping: Mapping, node: Node) -> str:
        if not isinstance(node, Scalar):
            raise _StopReadingError(node.line, "a key must be text, not a list or mapping")
        if node.kind not in {"text", "refused"}:
            self._report(node.line, f"a key must be text: {misread(node)}")
        turning = turning_words(node.text)
        if turning:
            self._report(node.line, f"the key {quoted(node.text)}: {turning}")
        if node.text in mapping.key_lines:
            first = mapping.key_lines[node.text]
            self._report(node.line, f"{quoted(node.text)} is given twice, first on line {first}")
        else:
            mapping.key_lines[node.text] = node.line
        return node.text

    def _refuse_nothing(self, node: Scalar, line: int, what: str) -> None:
        """Refuse a value that was perhaps forgotten; `null` says that none is meant."""
        self._report(line, f"{what} is followed by nothing; if that is meant, write null")
        node.kind = "refused"

    def _refuse_alias(self, line: int, name: str | None) -> None:
        self._report(
            line,
            f"*{name} repeats an earlier value; write it out "
            "(aliases are refused because a few of them can unfold into a huge file)",
        )

    def _refuse_marks(self, event: yaml.NodeEvent, line: int) -> bool:
        if event.anchor:
            self._report(
                line,
                f"&{event.anchor} names a value for repeating; take it out "
                "(aliases are refused because a few of them can unfold into a huge file)",
            )
        tag = getattr(event, "tag", None)
        if tag:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            text = f"the tag {quoted(short)} is refused; write text, lists and mappings only"
            self._report(line, text)
        return bool(tag)


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _is_nothing(node: Node) -> TypeGuard[Scalar]:
    return isinstance(node, Scalar) and node.kind == "null" and not node.text


def _kind(value: str) -> Kind:
    # By the first sign: most texts begin with one that only texts begin with.
    for tag, pattern in _RESOLVERS.get(value[:1], ()):
        if pattern.match(value):
            return _KINDS.get(tag, "text")
    return "text"


def _common_slip(
    error: yaml.MarkedYAMLError, text: str, last: yaml.ScalarEvent | None
) -> tuple[int, str] | None:
    """Give line and words where a fault is one of the commonest, whatever YAML calls it."""
    mark = error.problem_mark
    lines = text.split("\n")
    if mark is None or mark.line >= len(lines):
        return None
    return (
        _text_goes_on(mark, lines, last)
        or _no_space(error, mark, lines)
        or _moved_key(mark, lines, error.problem or "")
    )


def _text_goes_on(
    mark: yaml.Mark, lines: list[str], last: yaml.ScalarEvent | None
) -> tuple[int, str] | None:
    """Say that a text in quotation marks goes on behind the mark that ends it."""
    begun, ended = (last.start_mark, last.end_mark) if last else (None, None)
    if last is None or last.style not in _WITHIN or begun is None or ended is None:
        return None
    if ended.line != mark.line or lines[mark.line][ended.column : mark.column].strip():
        return None
    # Where keys stand in what was taken for text, the mark at its beginning was never closed.
    if any(_KEY_LINE.match(line) for line in lines[begun.line + 1 : ended.line + 1]):
        return begun.line + 1, _NOT_CLOSED
    rest = shortened(lines[mark.line][mark.column :].strip())
    return mark.line + 1, f"{_WITHIN[last.style]}; it ends here, before: {rest}"


def _no_space(
    error: yaml.MarkedYAMLError, mark: yaml.Mark, lines: list[str]
) -> tuple[int, str] | None:
    """Say that a space is missing behind a dash or a colon, on the line of a fault or above it."""
    above = next((at for at in range(mark.line - 1, -1, -1) if _is_read(lines[at])), mark.line)
    places = [mark.line, above]
    if error.context_mark and "simple key" in (error.context or ""):
        places.insert(0, error.context_mark.line)
    for place in places:
        for pattern, found, wanted, behind in _NO_SPACE:
            if line := pattern.match(lines[place]):
                here, right = (
                    quoted(words.format(**line.groupdict())) for words in (found, wanted)
                )
                return place + 1, f"a space is missing behind {behind} of {here}; write {right}"
    return None


def _moved_key(mark: yaml.Mark, lines: list[str], problem: str) -> tuple[int, str] | None:
    """Say that a key stands in another column than the key on the line above it."""
    above = next((line for line in reversed(lines[: mark.line]) if _is_read(line)), "")
    here, before = _KEY_LINE.match(lines[mark.line]), _KEY_LINE.match(above)
    if not here or not before or not here.start("key") <= mark.column <= here.end():
        return None
    at, wanted = here.start("key"), before.start("key")
    if at == wanted:
        return None
    words = f"this key is indented by {at}, the one above it by {wanted}; keys of one entry begin"
    # Without quotes, what stands deeper below a value is read as more of its text.
    text = "; text that goes on must stand in quotes" if "mapping values" in problem else ""
    return mark.line + 1, f"{words} in one column{text}"


def _is_read(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _syntax_error(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    mark = error.problem_mark or error.context_mark
    problem = f"{error.context or ''} {error.problem or ''}".strip()
    lines = text.removesuffix("\n").split("\n")
    # A fault may be noticed only after the last line, where there is no line to show.
    line = min(mark.line + 1, len(lines)) if mark else 1
    if mark and lines[line - 1][mark.column :].startswith("\t"):
        return line, _TAB
    for pattern, at_beginning, words in _SYNTAX:
        if re.search(pattern, problem):
            begun = error.context_mark if at_beginning else None
            return begun.line + 1 if begun else line, words
    return line, f"this is not YAML: {problem}"
