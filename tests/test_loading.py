"""A debate folder is opened whole, or every problem in it is named with its file and line."""

import csv
import gc
import os
import re
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.debate.loading import count_line, load_debate
from dashboard.debate.model import Passage, ReadingNote, Voice
from dashboard.debate.problems import DebateError, EnoughError, Findings, Problem, quoted
from dashboard.debate.schema import debate_schema
from tests.a_debate import (
    ACTIVITIES,
    AUTHORS,
    CODINGS,
    DEBATE,
    FILES,
    GLOSSARY,
    PASSAGES,
    PASSAGES_TABLE,
    PATHS,
    WORKS,
    replace,
    with_table,
)

BOND = "quote: Bond and method move together."
ROW = "p01,C,quote,position,2"
DISCLAIMER = "disclaimers:\n  map: Each mark is one passage.\n"
NO_CLAIM = "  no_claim: {label: No claim, help: It does not say., rule: The text defines.}\n"
NEGOTIATED = "    - {value: -2, label: Negotiated, help: Agreed., rule: conscious}\n"
STEPS = "steps:\n    - {passage: p01, bridge: And then.}\n    - {passage: p02}\n"
ROLES = "roles:\n  - {id: thesis, label: Thesis}\n  - {id: aside, label: Aside}\n"
FIFTH = """\
- id: p03
  work: birch-2001
  role: aside
  quote: One more.
  school: cool
"""

Rule = tuple[str, str, str, str]
"""The file, a text in it, what replaces the text, and the problems that follow, a line each."""

PASSAGE_RULES: dict[str, Rule] = {
    "unknown key": (
        "passages.yaml",
        "zero_kind: co-agent",
        "zerokind: co-agent",
        'passages.yaml:33: passage p03: unknown key "zerokind", did you mean "zero_kind"?',
    ),
    "unknown key like no other": (
        "passages.yaml",
        "  gloss: Both matter.",
        "  gloss: Both matter.\n  colour: red",
        'passages.yaml:33: passage p03: unknown key "colour"',
    ),
    "unknown key without a value": (
        "passages.yaml",
        "  gloss: Both matter.",
        "  gloss: Both matter.\n  colour:",
        'passages.yaml:33: passage p03: "colour" is followed by nothing; '
        "if that is meant, write null\n"
        'passages.yaml:33: passage p03: unknown key "colour"',
    ),
    "missing key": (
        "passages.yaml",
        "  quote: A bond is what two people make.\n",
        "",
        'passages.yaml:35: passage p04: "quote" is missing',
    ),
    "missing key within": (
        "passages.yaml",
        "{name: Crane, year: 1957}",
        "{year: 1957}",
        'passages.yaml:23: passage p02: voices 1: "name" is missing',
    ),
    "unknown key within": (
        "passages.yaml",
        "{name: Crane, year: 1957}",
        "{name: Crane, yaer: 1957}",
        'passages.yaml:23: passage p02: voices 1: unknown key "yaer", did you mean "year"?',
    ),
    "text read as false": (
        "passages.yaml",
        BOND,
        "quote: no",
        'passages.yaml:30: passage p03: quote: "no" is read as true/false here; put it in quotes',
    ),
    "text read as true": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: Yes",
        'passages.yaml:32: passage p03: gloss: "Yes" is read as true/false here; put it in quotes',
    ),
    "text read as nothing": (
        "passages.yaml",
        "rationale: Method works, and trust lets it.\n- id: p03\n  work: cedar-2010",
        "rationale: Method works, and trust lets it.\n- id: p03\n  work: ~",
        'passages.yaml:28: passage p03: work: "~" is read as nothing here; put it in quotes',
    ),
    "text read as null": (
        "passages.yaml",
        "decisive: [move together]",
        "decisive: [null]",
        'passages.yaml:34: passage p03: decisive 1: "null" is read as nothing here; '
        "put it in quotes",
    ),
    "text read as minutes": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: 1:20",
        'passages.yaml:32: passage p03: gloss: "1:20" is read as a number here; put it in quotes',
    ),
    "text read as a whole number": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: 12",
        'passages.yaml:32: passage p03: gloss: "12" is read as a number here; put it in quotes',
    ),
    "text read as a fraction": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: 1.5",
        'passages.yaml:32: passage p03: gloss: "1.5" is read as a number here; put it in quotes',
    ),
    "text read as infinite": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: .inf",
        'passages.yaml:32: passage p03: gloss: ".inf" is read as a number here; put it in quotes',
    ),
    "text read as a date": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: 2001-01-01",
        'passages.yaml:32: passage p03: gloss: "2001-01-01" is read as a date here; '
        "put it in quotes",
    ),
    "list for text": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: [Both, matter]",
        "passages.yaml:32: passage p03: gloss: text belongs here, not a list",
    ),
    "mapping for text": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: {both: matter}",
        "passages.yaml:32: passage p03: gloss: text belongs here, not a mapping",
    ),
    "forgotten text": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss:",
        'passages.yaml:32: passage p03: "gloss" is followed by nothing; '
        "if that is meant, write null",
    ),
    "empty text": (
        "passages.yaml",
        "gloss: Both matter.",
        'gloss: ""',
        "passages.yaml:32: passage p03: gloss: the text is empty",
    ),
    "text of blanks": (
        "passages.yaml",
        "gloss: Both matter.",
        'gloss: " \\_\\u200b\\n"',
        "passages.yaml:32: passage p03: gloss: the text is made of blanks alone",
    ),
    "control character": (
        "passages.yaml",
        "gloss: Both matter.",
        'gloss: "Both\\amatter."',
        "passages.yaml:32: passage p03: the text holds a character that cannot be seen (U+0007)",
    ),
    "whole number too large": (
        "passages.yaml",
        "confidence: 3",
        "confidence: 4",
        "passages.yaml:7: passage p01: confidence 4 is outside 1..3",
    ),
    "whole number too small": (
        "passages.yaml",
        "confidence: 3",
        "confidence: 0",
        "passages.yaml:7: passage p01: confidence 0 is outside 1..3",
    ),
    "number within": (
        "passages.yaml",
        "year: 1957",
        "year: 9957",
        "passages.yaml:23: passage p02: voices 1, year 9957 is outside -3000..2200",
    ),
    "text for a whole number": (
        "passages.yaml",
        "confidence: 3",
        "confidence: high",
        'passages.yaml:7: passage p01: confidence: a whole number belongs here, not "high"',
    ),
    "quoted whole number": (
        "passages.yaml",
        "confidence: 3",
        'confidence: "3"',
        'passages.yaml:7: passage p01: confidence: a whole number belongs here, not "3"',
    ),
    "fraction for a whole number": (
        "passages.yaml",
        "confidence: 3",
        "confidence: 3.0",
        "passages.yaml:7: passage p01: confidence: a whole number belongs here, not 3.0",
    ),
    "true for a whole number": (
        "passages.yaml",
        "confidence: 3",
        "confidence: true",
        "passages.yaml:7: passage p01: confidence: a whole number belongs here, not true",
    ),
    "minutes for a whole number": (
        "passages.yaml",
        "confidence: 3",
        "confidence: 1:03",
        "passages.yaml:7: passage p01: confidence: a whole number belongs here, not 1:03",
    ),
    "list for a whole number": (
        "passages.yaml",
        "confidence: 3",
        "confidence: [3]",
        "passages.yaml:7: passage p01: confidence: a whole number belongs here, not a list",
    ),
    "none of the words": (
        "passages.yaml",
        "voicing: reporting",
        "voicing: reports",
        'passages.yaml:24: passage p02: voicing: "reports" is not one of quoting, reporting, on',
    ),
    "word read as true": (
        "passages.yaml",
        "voicing: reporting",
        "voicing: on",
        'passages.yaml:24: passage p02: voicing: "on" is read as true/false here; put it in quotes',
    ),
    "unknown kind of zero": (
        "passages.yaml",
        "zero_kind: co-agent",
        "zero_kind: closed",
        'passages.yaml:33: passage p03: zero_kind: "closed" is not one of co-agent, open',
    ),
    "text for a list": (
        "passages.yaml",
        "decisive: [itself heals]",
        "decisive: itself heals",
        'passages.yaml:10: passage p01: decisive: a list belongs here, not "itself heals"',
    ),
    "mapping for a list": (
        "passages.yaml",
        "decisive: [itself heals]",
        "decisive: {itself: heals}",
        "passages.yaml:10: passage p01: decisive: a list belongs here, not a mapping",
    ),
    "text for a mapping": (
        "passages.yaml",
        "{name: Crane, year: 1957}",
        "Crane",
        'passages.yaml:23: passage p02: voices 1: a mapping belongs here, not "Crane"',
    ),
    "text for an entry": (
        "passages.yaml",
        "- id: p04",
        "- p05\n- id: p04",
        'passages.yaml:35: passage number 4: a mapping belongs here, not "p05"',
    ),
    "nothing for an entry": (
        "passages.yaml",
        "- id: p04",
        "- ~\n- id: p04",
        "passages.yaml:35: passage number 4: a mapping belongs here, not ~",
    ),
    "mapping for the file": (
        "passages.yaml",
        PASSAGES,
        "passages: []\n",
        "passages.yaml:1: a list belongs here, not a mapping",
    ),
    "text for the file": (
        "passages.yaml",
        PASSAGES,
        "p01\n",
        'passages.yaml:1: a list belongs here, not "p01"',
    ),
    "empty file": ("passages.yaml", PASSAGES, "", "passages.yaml:1: the file is empty"),
    "duplicate key": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: Both matter.\n  gloss: Neither.",
        'passages.yaml:33: passage p03: "gloss" is given twice, first on line 32',
    ),
    "syntax": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: Both: they matter.",
        "passages.yaml:32: a colon stands where none can; put the text in quotes",
    ),
    "tag": (
        "passages.yaml",
        "gloss: Both matter.",
        "gloss: !!python/name:os.system ''",
        'passages.yaml:32: passage p03: the tag "!!python/name:os.system" is refused; '
        "write text, lists and mappings only",
    ),
    "anchor and alias": (
        "passages.yaml",
        "constructs: [bond]\n  mechanisms: [safety]",
        "constructs: &one [bond]\n  mechanisms: *one",
        "passages.yaml:8: passage p01: &one names a value for repeating; take it out "
        "(aliases are refused because a few of them can unfold into a huge file)\n"
        "passages.yaml:9: passage p01: *one repeats an earlier value; write it out "
        "(aliases are refused because a few of them can unfold into a huge file)",
    ),
    "empty id": (
        "passages.yaml",
        "- id: p04",
        '- {id: "", work: cedar-2010, role: aside, quote: A, school: cool}\n- id: p04',
        "passages.yaml:35: passage number 4: id: the id is empty",
    ),
    "id with blanks": (
        "passages.yaml",
        "- id: p04",
        '- {id: " p05", work: cedar-2010, role: aside, quote: A, school: cool}\n- id: p04',
        "passages.yaml:35: passage  p05: id: an id is visible text on one line, "
        "without blanks at its ends",
    ),
    "id on two lines": (
        "passages.yaml",
        "- id: p04",
        '- {id: "p\\n5", work: cedar-2010, role: aside, quote: A, school: cool}\n- id: p04',
        "passages.yaml:35: passage p\\n5: id: an id is visible text on one line, "
        "without blanks at its ends",
    ),
    "endless id": (
        "passages.yaml",
        "- id: p04",
        f"- {{id: {'p' * 121}, work: cedar-2010, role: aside, quote: A, school: cool}}\n- id: p04",
        f"passages.yaml:35: passage {'p' * 100}…: id: an id may have at most 120 characters",
    ),
    "repeated id": (
        "passages.yaml",
        "- id: p04",
        FIFTH + "- id: p04",
        'passages.yaml:35: passage p03: the id "p03" is used already, on line 27',
    ),
    "unknown work": (
        "passages.yaml",
        "work: cedar-2010",
        "work: cedar-2011",
        'passages.yaml:28: passage p03: unknown work "cedar-2011", did you mean "cedar-2010"?',
    ),
    "unknown role": (
        "passages.yaml",
        "role: aside\n  quote: Bond",
        "role: chorus\n  quote: Bond",
        'passages.yaml:29: passage p03: unknown role "chorus"',
    ),
    "unknown school": (
        "passages.yaml",
        "school: cool\n  gloss: Both",
        "school: col\n  gloss: Both",
        'passages.yaml:31: passage p03: unknown school "col", did you mean "cool"?',
    ),
    "unknown second school": (
        "passages.yaml",
        "second_school: warm",
        "second_school: wram",
        'passages.yaml:17: passage p02: unknown second_school "wram", did you mean "warm"?',
    ),
    "second school the same": (
        "passages.yaml",
        "second_school: warm",
        "second_school: cool",
        'passages.yaml:17: passage p02: second_school is "cool", the same as school',
    ),
    "unknown mechanism": (
        "passages.yaml",
        "[safety, insight]",
        "[safety, insihgt]",
        'passages.yaml:21: passage p02: unknown mechanism "insihgt", did you mean "insight"?',
    ),
    "unknown construct": (
        "passages.yaml",
        "[alliance]",
        "[allegiance]",
        'passages.yaml:20: passage p02: unknown construct "allegiance", did you mean "alliance"?',
    ),
    "voices without voicing": (
        "passages.yaml",
        "  voicing: reporting\n",
        "",
        'passages.yaml:22: passage p02: voices are named, so "voicing" is needed: '
        "quoting, reporting or on",
    ),
    "decisive words not in the quote": (
        "passages.yaml",
        "decisive: [itself heals]",
        "decisive:\n    - itself heals\n    - both were altered",
        'passages.yaml:12: passage p01: "decisive" words are not in the quote: "both were altered"',
    ),
    "decisive words in other letters": (
        "passages.yaml",
        "decisive: [move together]",
        "decisive: [Move together]",
        'passages.yaml:34: passage p03: "decisive" words are not in the quote: "Move together"',
    ),
}

DEBATE_RULES: dict[str, Rule] = {
    "list for the file": (
        "debate.yaml",
        DEBATE,
        "- title: A\n",
        "debate.yaml:1: a mapping belongs here, not a list",
    ),
    "fault in a list for the file": (
        "debate.yaml",
        DEBATE,
        "- !one x\n",
        "debate.yaml:1: a mapping belongs here, not a list\n"
        'debate.yaml:1: the tag "!one" is refused; write text, lists and mappings only',
    ),
    "missing title": (
        "debate.yaml",
        "title: A tiny debate\n",
        "",
        'debate.yaml:1: "title" is missing',
    ),
    "unknown key": (
        "debate.yaml",
        "title: A tiny debate\n",
        "title: A tiny debate\nsubtitle: And more\n",
        'debate.yaml:2: unknown key "subtitle", did you mean "title"?',
    ),
    "passages in debate.yaml": (
        "debate.yaml",
        "coders: Four",
        "passages: []\ncoders: Four",
        'debate.yaml:44: "passages" belongs in passages.yaml',
    ),
    "readings in debate.yaml": (
        "debate.yaml",
        "coders: Four",
        "readings: []\ncoders: Four",
        'debate.yaml:44: "readings" belongs in codings.csv',
    ),
    "glossary in debate.yaml": (
        "debate.yaml",
        "coders: Four",
        "glossary: []\ncoders: Four",
        'debate.yaml:44: "glossary" belongs in glossary.yaml',
    ),
    "version read as a number": (
        "debate.yaml",
        "version: 0.1.0",
        "version: 0.1",
        'debate.yaml:4: version: "0.1" is read as a number here; put it in quotes',
    ),
    "ticks out of order": (
        "debate.yaml",
        "{value: -1, label: Mostly vehicle",
        "{value: 1, label: Mostly vehicle",
        "debate.yaml:9: axis: the values of the ticks are -2, 1, 0, 1, 2; "
        "they must be -2, -1, 0, 1, 2",
    ),
    "ticks of the medium out of order": (
        "debate.yaml",
        "{value: 2, label: Deep",
        "{value: 0, label: Deep",
        "debate.yaml:20: medium: the values of the ticks are -2, -1, 0, 1, 0; "
        "they must be -2, -1, 0, 1, 2",
    ),
    "tick outside": (
        "debate.yaml",
        "{value: -1, label: Mostly vehicle",
        "{value: -3, label: Mostly vehicle",
        "debate.yaml:11: axis, ticks 2, value -3 is outside -2..2",
    ),
    "too few ticks": (
        "debate.yaml",
        NEGOTIATED,
        "",
        "debate.yaml:20: medium, ticks: 5 entries belong here, there are 4",
    ),
    "too many ticks": (
        "debate.yaml",
        NEGOTIATED,
        NEGOTIATED * 2,
        "debate.yaml:20: medium, ticks: 5 entries belong here, there are 6",
    ),
    "no place without a claim": (
        "debate.yaml",
        NO_CLAIM,
        "",
        'debate.yaml:5: axis: "no_claim" is missing; it is the place of texts without a claim',
    ),
    "no roles": (
        "debate.yaml",
        ROLES,
        "roles: []\n",
        "debate.yaml:31: roles: at least one entry belongs here, there are 0",
    ),
    "text for true or false": (
        "debate.yaml",
        "coders: Four",
        "show_glosses: never\ncoders: Four",
        'debate.yaml:44: show_glosses: true or false belongs here, not "never"',
    ),
    "number for true or false": (
        "debate.yaml",
        "coders: Four",
        "show_glosses: 1\ncoders: Four",
        "debate.yaml:44: show_glosses: true or false belongs here, not 1",
    ),
    "text for a mapping of texts": (
        "debate.yaml",
        DISCLAIMER,
        "disclaimers: none\n",
        'debate.yaml:42: disclaimers: a mapping belongs here, not "none"',
    ),
    "number in a mapping of texts": (
        "debate.yaml",
        DISCLAIMER,
        "disclaimers:\n  map: 12\n",
        'debate.yaml:43: disclaimers, map: "12" is read as a number here; put it in quotes',
    ),
    "repeated school": (
        "debate.yaml",
        "  - {id: cool, label: Cool, ground: On method.}\n",
        "  - {id: cool, label: Cool, ground: On method.}\n"
        "  - {id: warm, label: Again, ground: Again.}\n",
        'debate.yaml:30: schools 3: the id "warm" is used already, by schools 1',
    ),
    "repeated role": (
        "debate.yaml",
        "  - {id: aside, label: Aside}\n",
        "  - {id: aside, label: Aside}\n  - {id: aside, label: Again}\n",
        'debate.yaml:34: roles 3: the id "aside" is used already, by roles 2',
    ),
    "repeated mechanism": (
        "debate.yaml",
        "  - {id: insight, label: Insight}\n",
        "  - {id: insight, label: Insight}\n  - {id: safety, label: Again}\n",
        'debate.yaml:38: mechanisms 3: the id "safety" is used already, by mechanisms 1',
    ),
}

OTHER_RULES: dict[str, Rule] = {
    "unknown author of a work": (
        "works.yaml",
        "author: ben",
        "author: benn",
        'works.yaml:10: work birch-2001: unknown author "benn", did you mean "ben"?',
    ),
    "repeated work": (
        "works.yaml",
        WORKS,
        WORKS + WORKS[: WORKS.index("- id: birch-2001")],
        'works.yaml:25: work aster-1990: the id "aster-1990" is used already, on line 1',
    ),
    "unknown certainty": (
        "works.yaml",
        "certainty: {}",
        "certainty: {year: sure}",
        'works.yaml:23: work cedar-2010: certainty, year: "sure" is not one of '
        "certain, likely, unsure",
    ),
    "year of a work": (
        "works.yaml",
        "idea_year: 2009",
        "idea_year: 20009",
        "works.yaml:24: work cedar-2010: idea_year 20009 is outside -3000..2200",
    ),
    "name of no one": (
        "works.yaml",
        "  certainty: {}\n",
        "  certainty: {}\n  csl:\n    type: book\n    author:\n      - {given: Cleo}\n",
        'works.yaml:27: work cedar-2010: csl: author 1: give either "family" or "literal"',
    ),
    "name with two forms": (
        "works.yaml",
        "  certainty: {}\n",
        "  certainty: {}\n  csl:\n    type: book\n    editor:\n"
        "      - {family: Cedar, literal: Cedar Institute}\n",
        'works.yaml:27: work cedar-2010: csl: editor 1: give either "family" or "literal"',
    ),
    "literal name with parts": (
        "works.yaml",
        "  certainty: {}\n",
        "  certainty: {}\n  csl:\n    type: book\n    translator:\n"
        "      - {literal: Cedar Institute, given: Cleo}\n",
        'works.yaml:27: work cedar-2010: csl: translator 1: a "literal" name has no further parts',
    ),
    "kind of publication": (
        "works.yaml",
        "  certainty: {}\n",
        "  certainty: {}\n  csl: {type: leaflet}\n",
        'works.yaml:24: work cedar-2010: csl, type: "leaflet" is not one of article-journal, '
        "book, chapter, document, report, thesis, webpage",
    ),
    **{
        f"ISBN {isbn}": (
            "works.yaml",
            "  certainty: {}\n",
            f'  certainty: {{}}\n  csl:\n    type: book\n    isbn: "{isbn}"\n',
            f'works.yaml:26: work cedar-2010: csl: isbn: "{isbn}" is no ISBN of 10 or 13 digits, '
            "or its last is wrong",
        )
        for isbn in ("0-7890-6001-8", "978-0-465-09284-1", "0-465-09284")
    },
    "mapping for works": (
        "works.yaml",
        WORKS,
        "{}\n",
        "works.yaml:1: a list belongs here, not a mapping",
    ),
    "unknown home school": (
        "authors.yaml",
        "home_school: warm",
        "home_school: wram",
        'authors.yaml:5: author ada: unknown home_school "wram", did you mean "warm"?',
    ),
    "repeated author": (
        "authors.yaml",
        AUTHORS,
        AUTHORS + AUTHORS[: AUTHORS.index("- id: ben")],
        'authors.yaml:19: author ada: the id "ada" is used already, on line 1',
    ),
    "unknown passage of a path": (
        "paths.yaml",
        "{passage: p02}",
        "{passage: p002}",
        'paths.yaml:6: path there: steps 2: unknown passage "p002", did you mean "p02"?',
    ),
    "path with the id of a reader's own": (
        "paths.yaml",
        "id: there",
        "id: own",
        'paths.yaml:1: path own: the id "own" stands for a reader\'s own selection; choose another',
    ),
    "path without steps": (
        "paths.yaml",
        STEPS,
        "steps: []\n",
        "paths.yaml:4: path there: steps: at least one entry belongs here, there are 0",
    ),
    "repeated path": (
        "paths.yaml",
        PATHS,
        PATHS * 2,
        'paths.yaml:9: path there: the id "there" is used already, on line 1',
    ),
    "unknown passage of a pair": (
        "activities.yaml",
        "b: p02",
        "b: q7",
        'activities.yaml:4: pairs 1, b: unknown passage "q7"',
    ),
    "unknown passage of a change": (
        "changes.yaml",
        "p01",
        "p010",
        'changes.yaml:3: changes 1: unknown passage "p010", did you mean "p01"?',
    ),
    "change without a day": (
        "changes.yaml",
        '"2026-11-25"',
        '"last week"',
        'changes.yaml:2: changes 1, date: "last week" is not a day such as "2026-11-25"',
    ),
    "day that is none": (
        "changes.yaml",
        '"2026-11-25"',
        '"2026-99-99"',
        'changes.yaml:2: changes 1, date: there is no day "2026-99-99"',
    ),
    "leap day of another year": (
        "changes.yaml",
        '"2026-11-25"',
        '"2026-02-29"',
        'changes.yaml:2: changes 1, date: there is no day "2026-02-29"',
    ),
    "title of blanks": (
        "debate.yaml",
        "title: A tiny debate",
        'title: "  "',
        "debate.yaml:1: title: the text is made of blanks alone",
    ),
    "unknown passage of questions": (
        "activities.yaml",
        "  p01:\n",
        "  p010:\n",
        'activities.yaml:6: questions: unknown passage "p010", did you mean "p01"?',
    ),
    "question read as false": (
        "activities.yaml",
        "- What else might heal?",
        "- No",
        'activities.yaml:7: questions, p01 1: "No" is read as true/false here; put it in quotes',
    ),
    "repeated activity": (
        "activities.yaml",
        "pairs:\n",
        "  - {id: vote, title: Again, how: Again.}\npairs:\n",
        'activities.yaml:3: activities 2: the id "vote" is used already, by activities 1',
    ),
    "minutes read as a number": (
        "activities.yaml",
        'minutes: "20"',
        "minutes: 20",
        'activities.yaml:2: activities 1, minutes: "20" is read as a number here; put it in quotes',
    ),
    "unknown key of activities": (
        "activities.yaml",
        ACTIVITIES,
        "pars: []\n",
        'activities.yaml:1: unknown key "pars", did you mean "pairs"?',
    ),
    "list for activities": (
        "activities.yaml",
        ACTIVITIES,
        "[]\n",
        "activities.yaml:1: a mapping belongs here, not a list",
    ),
    "unknown key of the glossary": (
        "glossary.yaml",
        GLOSSARY,
        "terms: []\n",
        'glossary.yaml:1: unknown key "terms"',
    ),
    "meaning read as a number": (
        "glossary.yaml",
        "meaning: What ties two people.",
        "meaning: 12",
        'glossary.yaml:2: glossary 1, meaning: "12" is read as a number here; put it in quotes',
    ),
    "control character in the codebook": (
        "codebook.md",
        "How we read.",
        "How\x07 we read.",
        "codebook.md:3: a character that cannot be seen stands here (U+0007); take it out",
    ),
}

CODING_RULES: dict[str, Rule] = {
    "other header": (
        "codings.csv",
        "passage,reading,text",
        "passage,reader,text",
        "codings.csv:1: the first line must be passage,reading,text,question,value",
    ),
    "blank in the header": (
        "codings.csv",
        "passage,reading,text",
        "passage, reading,text",
        "codings.csv:1: the first line must be passage,reading,text,question,value",
    ),
    "semicolons": (
        "codings.csv",
        "passage,reading,text,question,value",
        "passage;reading;text;question;value",
        "codings.csv:1: the columns are separated by semicolons; "
        "save the table with commas between them (in Excel: as CSV UTF-8, with the list "
        "separator of the system set to a comma; or replace each ; in a text editor)",
    ),
    "empty table": (
        "codings.csv",
        CODINGS,
        "",
        "codings.csv:1: the first line must be passage,reading,text,question,value",
    ),
    "unknown passage": (
        "codings.csv",
        ROW,
        "p1,C,quote,position,2",
        'codings.csv:8: unknown passage "p1", did you mean "p01"?',
    ),
    "unknown text": (
        "codings.csv",
        ROW,
        "p01,C,quotation,position,2",
        'codings.csv:8: unknown text "quotation"; it is quote, gloss or both',
    ),
    "unknown question": (
        "codings.csv",
        ROW,
        "p01,C,quote,place,2",
        'codings.csv:8: unknown question "place"; it is position or medium',
    ),
    "position in both": (
        "codings.csv",
        ROW,
        "p01,C,both,position,2",
        "codings.csv:8: question position goes with text quote or gloss, not both",
    ),
    "medium in the quote": (
        "codings.csv",
        ROW,
        "p01,C,quote,medium,2",
        "codings.csv:8: question medium goes with text both, not quote",
    ),
    "value outside": (
        "codings.csv",
        ROW,
        "p01,C,quote,position,3",
        "codings.csv:8: value 3 is outside -2..2",
    ),
    "value far outside": (
        "codings.csv",
        ROW,
        "p01,C,quote,position,-10",
        "codings.csv:8: value -10 is outside -2..2",
    ),
    "fraction": (
        "codings.csv",
        ROW,
        "p01,C,quote,position,1.0",
        'codings.csv:8: value "1.0" is not -2, -1, 0, 1, 2 or empty',
    ),
    "no number": (
        "codings.csv",
        ROW,
        "p01,C,quote,position,nan",
        'codings.csv:8: value "nan" is not -2, -1, 0, 1, 2 or empty',
    ),
    "blank for a value": (
        "codings.csv",
        ROW,
        "p01,C,quote,position, ",
        'codings.csv:8: value " " is not -2, -1, 0, 1, 2 or empty',
    ),
    "sign before a value": (
        "codings.csv",
        ROW,
        "p01,C,quote,position,+2",
        'codings.csv:8: value "+2" is not -2, -1, 0, 1, 2 or empty',
    ),
    "digits of another script": (
        "codings.csv",
        ROW,
        "p01,C,quote,position,٢",
        'codings.csv:8: value "٢" is not -2, -1, 0, 1, 2 or empty',
    ),
    "no reading": (
        "codings.csv",
        ROW,
        "p01,,quote,position,2",
        "codings.csv:8: the reading is empty",
    ),
    "reading with a blank": (
        "codings.csv",
        ROW,
        "p01,C ,quote,position,2",
        'codings.csv:8: reading "C " is not visible text on one line, at most 120 characters, '
        "without blanks at its ends",
    ),
    "endless reading": (
        "codings.csv",
        ROW,
        f"p01,{'C' * 121},quote,position,2",
        f'codings.csv:8: reading "{"C" * 100}…" is not visible text on one line, '
        "at most 120 characters, without blanks at its ends",
    ),
    "fault after a cell in quotes": (
        "codings.csv",
        ROW,
        '"p01","C",quote,"position",2\np01,E,quote,position,3\np01,A,quote,position,2',
        "codings.csv:9: value 3 is outside -2..2\n"
        "codings.csv:10: this repeats line 2: the same passage, reading, text and question",
    ),
    "fault after a cell of two lines": (
        "codings.csv",
        ROW,
        'p01,"C\nD",quote,position,2\np01,E,quote,position,3',
        'codings.csv:8: reading "C\\nD" is not visible text on one line, at most 120 characters, '
        "without blanks at its ends\n"
        "codings.csv:10: value 3 is outside -2..2",
    ),
    "several faults in a row": (
        "codings.csv",
        ROW,
        "q,,quotes,positions,3",
        "codings.csv:8: the reading is empty\n"
        'codings.csv:8: unknown passage "q"\n'
        'codings.csv:8: unknown question "positions"; it is position or medium\n'
        'codings.csv:8: unknown text "quotes"; it is quote, gloss or both\n'
        "codings.csv:8: value 3 is outside -2..2",
    ),
    "the same fault in two rows": (
        "codings.csv",
        ROW,
        "p01,C,quote,position,3\np02,C,gloss,position,3",
        "codings.csv:8: value 3 is outside -2..2\ncodings.csv:9: value 3 is outside -2..2",
    ),
    "too few cells": (
        "codings.csv",
        ROW,
        "p01,C,quote,position",
        "codings.csv:8: 4 cells in a table of 5 columns",
    ),
    "too many cells": (
        "codings.csv",
        ROW,
        "p01,C,quote,position,2,",
        "codings.csv:8: 6 cells in a table of 5 columns",
    ),
    "empty line": ("codings.csv", ROW, "", "codings.csv:8: this line is empty; take it out"),
    "repeated row": (
        "codings.csv",
        ROW,
        "p01,A,quote,position,1",
        "codings.csv:8: this repeats line 2: the same passage, reading, text and question",
    ),
    "gloss that is not there": (
        "codings.csv",
        ROW,
        "p04,C,gloss,position,2",
        "codings.csv:8: passage p04 has no gloss that could be read",
    ),
    "open quotation": (
        "codings.csv",
        ROW,
        '"p01,C,quote,position,2',
        "codings.csv:8: a quotation mark is opened and not closed",
    ),
    "quotation mark within": (
        "codings.csv",
        ROW,
        '"p"01,C,quote,position,2',
        'codings.csv:8: a quotation mark stands inside a cell in quotes; write it twice: ""',
    ),
    "endless cell": (
        "codings.csv",
        ROW,
        f'p01,"{"C" * 1_100_000}",quote,position,2',
        "codings.csv:8: a cell is longer than 1 MB; is a closing quotation mark missing?",
    ),
    "control character": (
        "codings.csv",
        ROW,
        "p01,C\x00,quote,position,2",
        "codings.csv:8: a character that cannot be seen stands here (U+0000); take it out",
    ),
}

TABLE_RULES: dict[str, Rule] = {
    "tabs": (
        "passages.csv",
        PASSAGES_TABLE.splitlines()[0],
        PASSAGES_TABLE.splitlines()[0].replace(",", "\t"),
        "passages.csv:1: the columns are separated by tabs; "
        "save the table with commas between them",
    ),
    "unknown column": (
        "passages.csv",
        "confidence,constructs",
        "confidence,construct",
        'passages.csv:1: unknown column "construct", did you mean "constructs"?',
    ),
    "note as a column": (
        "passages.csv",
        "confidence,constructs",
        "confidence,note",
        'passages.csv:1: unknown column "note"',
    ),
    "missing column": (
        "passages.csv",
        "id,work,role",
        "id,role",
        'passages.csv:1: the column "work" is missing',
    ),
    "repeated column": (
        "passages.csv",
        "school,gloss,second",
        "school,school,second",
        'passages.csv:1: the column "school" is given twice',
    ),
    "too few cells": (
        "passages.csv",
        "p04,birch-2001,",
        "p04,",
        "passages.csv:6: 11 cells in a table of 12 columns",
    ),
    "empty quote": (
        "passages.csv",
        "A bond is what two people make.",
        "",
        "passages.csv:6: passage p04: quote: the text is empty",
    ),
    "quote of blanks": (
        "passages.csv",
        "A bond is what two people make.",
        "  ",
        "passages.csv:6: passage p04: quote: the text is made of blanks alone",
    ),
    "empty id": ("passages.csv", "p04,birch", ",birch", "passages.csv:6: id: the id is empty"),
    "repeated id": (
        "passages.csv",
        "p04,birch",
        "p03,birch",
        'passages.csv:6: passage p03: the id "p03" is used already, on line 4',
    ),
    "unknown work": (
        "passages.csv",
        "p04,birch-2001",
        "p04,birch-2002",
        'passages.csv:6: passage p04: unknown work "birch-2002", did you mean "birch-2001"?',
    ),
    "unknown role": (
        "passages.csv",
        "p04,birch-2001,aside",
        "p04,birch-2001,asides",
        'passages.csv:6: passage p04: unknown role "asides", did you mean "aside"?',
    ),
    "second school the same": (
        "passages.csv",
        "cool,,warm,2",
        "cool,,cool,2",
        'passages.csv:3: passage p02: second_school is "cool", the same as school',
    ),
    "number outside": (
        "passages.csv",
        ",warm,2,",
        ",warm,5,",
        "passages.csv:3: passage p02: confidence 5 is outside 1..3",
    ),
    "text for a number": (
        "passages.csv",
        ",warm,2,",
        ",warm,high,",
        'passages.csv:3: passage p02: confidence: a whole number belongs here, not "high"',
    ),
    "unknown construct": (
        "passages.csv",
        "bond | alliance",
        "bond | allianz",
        'passages.csv:3: passage p02: unknown construct "allianz", did you mean "alliance"?',
    ),
    "empty item of a list": (
        "passages.csv",
        "bond | alliance",
        "bond |  | alliance",
        "passages.csv:3: passage p02: constructs 2: the text is empty",
    ),
    "year of a voice": (
        "passages.csv",
        "Crane 1957",
        "Crane 9957",
        "passages.csv:3: passage p02: voices 1, year 9957 is outside -3000..2200",
    ),
    "unknown voicing": (
        "passages.csv",
        "Dove,on",
        "Dove,off",
        'passages.csv:3: passage p02: voicing: "off" is not one of quoting, reporting, on',
    ),
    "voices without voicing": (
        "passages.csv",
        "Dove,on",
        "Dove,",
        'passages.csv:3: passage p02: voices are named, so "voicing" is needed: '
        "quoting, reporting or on",
    ),
    "decisive words after a quote of two lines": (
        "passages.csv",
        "Bond | together",
        "Bond | apart",
        'passages.csv:4: passage p03: "decisive" words are not in the quote: "apart"',
    ),
    "open quotation": (
        "passages.csv",
        "p04,birch-2001",
        '"p04,birch-2001',
        "passages.csv:6: a quotation mark is opened and not closed",
    ),
}


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """Give the problems of a folder; none where it can be opened."""
    try:
        load_debate(folder)
    except DebateError as error:
        return error.problems
    return ()


def said(folder: Path) -> str:
    """Give the problems of a folder, one a line; nothing where it can be opened."""
    return "\n".join(str(problem) for problem in problems_of(folder))


def rules(held: dict[str, Rule]) -> pytest.MarkDecorator:
    """Give each rule to a test by its name."""
    return pytest.mark.parametrize(("file", "old", "new", "words"), held.values(), ids=held.keys())


@rules(PASSAGE_RULES)
def test_what_is_wrong_with_a_passage(
    tiny_debate: Path, file: str, old: str, new: str, words: str
) -> None:
    """Each fault of passages.yaml is named by line, passage and field, and nothing else is."""
    replace(tiny_debate, file, old, new)
    assert said(tiny_debate) == words


@rules(DEBATE_RULES)
def test_what_is_wrong_with_the_debate(
    tiny_debate: Path, file: str, old: str, new: str, words: str
) -> None:
    """Each fault of debate.yaml is named by line and place."""
    replace(tiny_debate, file, old, new)
    of_debate = [line for line in said(tiny_debate).splitlines() if line.startswith(file)]
    assert "\n".join(of_debate) == words


@rules(OTHER_RULES)
def test_what_is_wrong_with_another_file(
    tiny_debate: Path, file: str, old: str, new: str, words: str
) -> None:
    """Each fault of works, authors, paths, activities, glossary and codebook is named."""
    replace(tiny_debate, file, old, new)
    assert said(tiny_debate) == words


@rules(CODING_RULES)
def test_what_is_wrong_with_a_reading(
    tiny_debate: Path, file: str, old: str, new: str, words: str
) -> None:
    """Each fault of codings.csv is named by line."""
    replace(tiny_debate, file, old, new)
    assert said(tiny_debate) == words


@rules(TABLE_RULES)
def test_what_is_wrong_with_a_passage_in_a_table(
    tiny_debate: Path, file: str, old: str, new: str, words: str
) -> None:
    """Each fault of passages.csv is named by the line on which its row begins."""
    with_table(tiny_debate)
    replace(tiny_debate, file, old, new)
    of_passages = [line for line in said(tiny_debate).splitlines() if line.startswith(file)]
    assert "\n".join(of_passages) == words


def test_one_fault_again_and_again_ends_the_reading() -> None:
    """A line with a hundred thousand signs of one kind is said once, and not read to its end."""
    findings = Findings(enough=2_000)

    def read() -> None:
        for _ in range(100_000):
            findings.add("works.yaml", 7, "a sign")

    with pytest.raises(EnoughError):
        read()
    assert [str(problem) for problem in findings.listed()] == [
        "works.yaml:7: a sign",
        "works.yaml:7: this came again and again; the rest of the folder was not read",
    ]


def test_the_shipped_debate_can_be_opened(debate_folder: Path) -> None:
    """The debate that ships is sound, and its counts are those of its source."""
    debate = load_debate(debate_folder)
    assert count_line(debate, "therapeutic-bond") == (
        "therapeutic-bond: 23 passages, 12 works, 11 authors, 92 readings in 276 rows."
    )


def test_the_tiny_debate_holds_what_its_files_hold(tiny_debate: Path) -> None:
    """Every file arrives in the debate, in the order in which it is written."""
    debate = load_debate(tiny_debate)
    assert count_line(debate) == (
        "A tiny debate: 4 passages, 3 works, 3 authors, 16 readings in 23 rows."
    )
    assert [author.id for author in debate.authors] == ["ada", "ben", "cleo"]
    assert [work.idea_year for work in debate.works] == [None, None, 2009]
    assert debate.works[1].certainty == {"title": "certain", "year": "likely"}
    assert [tick.value for tick in debate.axis.ticks] == [-2, -1, 0, 1, 2]
    assert [step.passage for step in debate.paths[0].steps] == ["p01", "p02"]
    assert [(pair.a, pair.b) for pair in debate.pairs] == [("p01", "p02")]
    assert debate.questions == {
        "p01": ("What else might heal?",),
        "general": ("Who is missing?",),
    }
    assert debate.glossary[0].meaning == "What ties two people."
    assert debate.missing_voices[0].name == "Patients"
    assert debate.discrepancies[0].better == "1990"
    assert debate.findings[0].caution == "Helping is not healing."
    assert debate.changes[0].reason == "The second clause was read anew."
    assert debate.activities[0].minutes == "20"
    assert debate.codebook == FILES["codebook.md"]
    assert debate.passages[1] == Passage(
        id="p02",
        work="birch-2001",
        role="thesis",
        quote="Without trust no method works.",
        school="cool",
        gloss="He says that trust carries method.",
        second_school="warm",
        confidence=2,
        constructs=("alliance",),
        mechanisms=("safety", "insight"),
        voices=(Voice("Crane", 1957),),
        voicing="reporting",
        decisive=("no method works",),
        rationale="Method works, and trust lets it.",
        note=ReadingNote(),
    )


def test_readings_are_a_small_table(tiny_debate: Path) -> None:
    """Readings are categories and a number; an empty value is missing, not 0."""
    readings = load_debate(tiny_debate).readings
    assert list(readings.columns) == ["passage", "reading", "text", "question", "value"]
    assert list(readings["passage"].cat.categories) == ["p01", "p02", "p03", "p04"]
    assert list(readings["reading"].cat.categories) == ["A", "B", "C", "D"]
    assert list(readings["text"].cat.categories) == ["quote", "gloss", "both"]
    assert list(readings["question"].cat.categories) == ["position", "medium"]
    assert readings["value"].dtype == "float32"
    written = pd.read_csv(tiny_debate / "codings.csv")
    for name in ("passage", "reading", "text", "question"):
        assert list(readings[name]) == list(written[name])
    pd.testing.assert_series_equal(readings["value"], written["value"].astype("float32"))
    assert list(readings.loc[readings["passage"] == "p04", "value"].isna()) == [True] * 4 + [False]


def test_tables_may_begin_with_a_byte_order_mark(tiny_debate: Path) -> None:
    """Spreadsheets write one; passages and readings are the same with it."""
    with_table(tiny_debate)
    quotes = [row for row in CODINGS.splitlines(keepends=True) if ",gloss," not in row]
    (tiny_debate / "codings.csv").write_text("".join(quotes), encoding="utf-8")
    expected = load_debate(tiny_debate)
    for name in ("passages.csv", "codings.csv"):
        path = tiny_debate / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    found = load_debate(tiny_debate)
    assert found.passages == expected.passages
    pd.testing.assert_frame_equal(found.readings, expected.readings)


def test_readings_are_the_same_however_their_table_is_written(tiny_debate: Path) -> None:
    """Cells in quotes, line ends of Windows and a missing last line end change nothing."""
    expected = load_debate(tiny_debate).readings
    header, *written = CODINGS.splitlines()
    quoted_rows = [",".join(f'"{cell}"' for cell in row.split(",")) for row in written]
    mixed = [*written[:9], *quoted_rows[9:]]
    for lines, end in ((written, "\r\n"), (quoted_rows, "\n"), (mixed, "\r\n")):
        text = end.join([header, *lines])
        (tiny_debate / "codings.csv").write_text(text, encoding="utf-8", newline="")
        pd.testing.assert_frame_equal(load_debate(tiny_debate).readings, expected)


def test_what_may_be_left_out(tiny_debate: Path) -> None:
    """Paths, activities, glossary, readings and codebook are optional.

    What a seminar then does is told in test_general_seminar.py.
    """
    for name in ("paths.yaml", "activities.yaml", "glossary.yaml", "codings.csv", "codebook.md"):
        (tiny_debate / name).unlink()
    debate = load_debate(tiny_debate)
    assert (debate.paths, debate.inputs, debate.pairs, debate.glossary) == ((), (), (), ())
    assert (debate.questions, debate.codebook) == ({}, "")
    assert debate.readings.empty
    assert debate.readings.dtypes.astype(str).to_dict() == {
        "passage": "category",
        "reading": "category",
        "text": "category",
        "question": "category",
        "value": "float32",
    }
    assert count_line(debate).endswith("0 readings in 0 rows.")


def test_one_of_each_is_counted_in_the_singular(tiny_debate: Path) -> None:
    """One passage is not "1 passages"."""
    for name in ("paths.yaml", "activities.yaml", "changes.yaml"):
        (tiny_debate / name).unlink()
    write = {
        "passages.yaml": PASSAGES[: PASSAGES.index("- id: p02")],
        "works.yaml": WORKS[: WORKS.index("- id: birch")],
        "authors.yaml": AUTHORS[: AUTHORS.index("- id: ben")],
        "codings.csv": "passage,reading,text,question,value\np01,A,quote,position,2\n",
    }
    for name, text in write.items():
        (tiny_debate / name).write_text(text, encoding="utf-8")
    assert count_line(load_debate(tiny_debate)) == (
        "A tiny debate: 1 passage, 1 work, 1 author, 1 reading in 1 row."
    )


def test_a_title_is_counted_on_one_line_of_what_can_be_seen(tiny_debate: Path) -> None:
    """A title may turn text around or span lines; where the counts are printed it does not."""
    replace(tiny_debate, "debate.yaml", "title: A tiny debate", r'title: "A \u200ftiny\ndebate"')
    debate = load_debate(tiny_debate)
    assert debate.title == "A \u200ftiny\ndebate"
    assert count_line(debate).startswith(r"A \u200ftiny\ndebate: 4 passages, ")


ALLOWED = {
    "null where nothing is given": ("passages.yaml", "gloss: Both matter.", "rationale: null"),
    "a tilde where nothing is given": ("passages.yaml", "confidence: 3", "confidence: ~"),
    "rationale without zero_kind": ("passages.yaml", "  zero_kind: co-agent\n", ""),
    "any construct where none are listed": ("debate.yaml", "constructs: [bond, alliance]\n", ""),
    "no mechanisms": ("passages.yaml", "  mechanisms: [safety]\n", ""),
    "a second axis is not needed": (
        "debate.yaml",
        DEBATE[DEBATE.index("medium:") : DEBATE.index("schools:")],
        "",
    ),
    "a pair of one passage with itself": ("activities.yaml", "b: p02", "b: p01"),
    "an author without a passage": (
        "authors.yaml",
        AUTHORS,
        AUTHORS + AUTHORS[: AUTHORS.index("- id: ben")].replace("ada", "eve"),
    ),
    "a leap day": ("changes.yaml", '"2026-11-25"', '"2024-02-29"'),
    "signs that turn text around": ("passages.yaml", "Both matter.", '"\\u202eBoth\\u202c"'),
    "a text in quotes": ("passages.yaml", "gloss: Both matter.", 'gloss: "no"'),
    "signs of Markdown": ("passages.yaml", "gloss: Both matter.", "gloss: $x$ *y* <b> :red[z] _"),
}


@pytest.mark.parametrize(("file", "old", "new"), ALLOWED.values(), ids=ALLOWED.keys())
def test_what_is_allowed(tiny_debate: Path, file: str, old: str, new: str) -> None:
    """What the model leaves free is no problem."""
    replace(tiny_debate, file, old, new)
    if "rationale" in new:
        rows = CODINGS.replace("p03,A,gloss,position,0\n", "")
        (tiny_debate / "codings.csv").write_text(rows, encoding="utf-8")
    assert said(tiny_debate) == ""


def test_a_table_gives_the_same_passages(tiny_debate: Path) -> None:
    """Lists, voices, empty cells and cells of two lines arrive as they would from YAML."""
    passages = load_debate(with_table(tiny_debate)).passages
    assert [passage.id for passage in passages] == ["p01", "p02", "p03", "p04"]
    assert passages[1] == Passage(
        id="p02",
        work="birch-2001",
        role="thesis",
        quote="No method works.",
        school="cool",
        second_school="warm",
        confidence=2,
        constructs=("bond", "alliance"),
        voices=(Voice("Crane", 1957), Voice("Dove")),
        voicing="on",
    )
    assert passages[2].quote == "Bond and method\nmove together."
    assert passages[2].decisive == ("Bond", "together")
    assert (passages[3].gloss, passages[3].decisive, passages[3].voices) == (None, (), ())


def test_a_table_may_leave_columns_out(tiny_debate: Path) -> None:
    """The five fields that every passage needs are enough, in any order."""
    with_table(tiny_debate)
    table = "quote,id,school,role,work\r\n$a_b* ,p01,warm,thesis,aster-1990\r\n"
    (tiny_debate / "passages.csv").write_text(table, encoding="utf-8", newline="")
    (tiny_debate / "paths.yaml").unlink()
    (tiny_debate / "activities.yaml").unlink()
    assert load_debate(tiny_debate).passages == (
        Passage("p01", "aster-1990", "thesis", "$a_b* ", "warm"),
    )


def test_a_broken_table_does_not_make_every_reading_wrong(tiny_debate: Path) -> None:
    """Where passages cannot be read, the readings are checked for themselves alone."""
    with_table(tiny_debate)
    (tiny_debate / "codings.csv").write_text(CODINGS.replace(ROW, ROW[:-1] + "3"), encoding="utf-8")
    replace(tiny_debate, "passages.csv", "id,work,role", "id,wrk,role")
    assert said(tiny_debate) == (
        "codings.csv:8: value 3 is outside -2..2\n"
        'passages.csv:1: the column "work" is missing\n'
        'passages.csv:1: unknown column "wrk", did you mean "work"?'
    )


@pytest.mark.parametrize("name", ["debate.yaml", "authors.yaml", "works.yaml", "passages.yaml"])
def test_one_broken_file_is_one_problem(tiny_debate: Path, name: str) -> None:
    """What refers to a file that cannot be read is not called unknown."""
    (tiny_debate / name).write_text("a: [one\n", encoding="utf-8")
    assert said(tiny_debate) == f"{name}:1: a bracket opened here is not closed, or lacks a comma"


def make_folder(path: Path) -> None:
    """Put a folder where a file belongs."""
    path.unlink()
    path.mkdir()


def make_link(path: Path) -> None:
    """Put a link where a file belongs."""
    path.rename(path.parent.parent / path.name)
    path.symlink_to(path.parent.parent / path.name)


def make_dead_link(path: Path) -> None:
    """Put a link to nothing where a file belongs."""
    path.unlink()
    path.symlink_to(path.parent / "nothing.txt")


def make_pipe(path: Path) -> None:
    """Put a pipe, which would be waited on for ever, where a file belongs."""
    path.unlink()
    os.mkfifo(path)


FILE_FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (make_folder, "this is a folder; a file belongs here"),
    "link": (make_link, "this is a link to another place; put the file itself here"),
    "dead link": (make_dead_link, "this is a link to another place; put the file itself here"),
    "pipe": (make_pipe, "this is not a file that can be read"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(("make", "words"), FILE_FAULTS.values(), ids=FILE_FAULTS.keys())
def test_only_files_are_read(
    tiny_debate: Path, name: str, make: Callable[[Path], None], words: str
) -> None:
    """A folder, a link or a pipe in a file's place is one clear problem, whatever the file."""
    make(tiny_debate / name)
    assert said(tiny_debate) == f"{name}:1: {words}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("debate.yaml", "debate.yaml:1: the file is missing"),
        ("works.yaml", "works.yaml:1: the file is missing"),
        ("authors.yaml", "authors.yaml:1: the file is missing"),
        ("passages.yaml", "passages.yaml:1: the file is missing; passages.csv would do as well"),
    ],
)
def test_a_needed_file_is_missed(tiny_debate: Path, name: str, words: str) -> None:
    """A debate, its works, authors and passages must be there."""
    (tiny_debate / name).unlink()
    assert said(tiny_debate) == words


@pytest.mark.parametrize(
    "name", ["debate.yaml", "works.yaml", "authors.yaml", "passages.yaml", "codings.csv"]
)
def test_a_name_that_an_editor_made_longer(tiny_debate: Path, name: str) -> None:
    """Notepad's ".txt" behind a name is the one problem; beside the file itself it is a copy."""
    content = (tiny_debate / name).read_bytes()
    longer = tiny_debate / f"{name}.TXT"
    longer.write_bytes(content)
    load_debate(tiny_debate)
    (tiny_debate / name).unlink()
    assert said(tiny_debate) == (
        f'{name}.TXT:1: rename it to {name}; an editor has added ".txt" to the name'
    )


def test_passages_stand_in_one_file(tiny_debate: Path) -> None:
    """Passages given twice are not merged."""
    (tiny_debate / "passages.csv").write_text("id\n", encoding="utf-8")
    assert said(tiny_debate) == "passages.csv:1: passages.yaml is here too; keep one of them"


def test_unknown_files_of_the_same_kind_are_named(tiny_debate: Path) -> None:
    """A misspelt YAML or CSV file would be skipped in silence, so it is a problem."""
    for name in ("pasages.yaml", "works.yml", "coding.CSV", "lexicon.yaml", "README.md", "map.png"):
        (tiny_debate / name).write_text("", encoding="utf-8")
    (tiny_debate / "pictures").mkdir()
    assert said(tiny_debate) == (
        'coding.CSV:1: unknown file, did you mean "codings.csv"?\n'
        "lexicon.yaml:1: unknown file\n"
        'pasages.yaml:1: unknown file, did you mean "passages.yaml"?\n'
        'works.yml:1: unknown file, did you mean "works.yaml"?'
    )


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A path that does not exist, or is a file, is one clear problem."""
    nowhere, file = tmp_path / "nowhere", tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert said(nowhere) == f"{nowhere}:1: there is no such folder"
    assert said(file) == f"{file}:1: this is a file; a debate is a folder"


def test_a_path_too_long_for_the_system(tmp_path: Path) -> None:
    """What the system itself refuses to look at is a problem too."""
    endless = tmp_path / ("x" * 5000)
    assert said(endless) == f"{endless}:1: the folder cannot be read: file name too long"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_may_not_be_read(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A file without permission to read it is a problem, not a crash."""
    real = Path.open

    def refuse(path: Path, *args: object, **options: object) -> object:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert said(tiny_debate) == f"{name}:1: the file cannot be read: permission denied"


def test_a_folder_that_may_not_be_read(tiny_debate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission to list it is a problem, not a crash."""

    def refuse(_path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert said(tiny_debate) == f"{tiny_debate}:1: the folder cannot be read: permission denied"


@pytest.mark.parametrize(
    ("name", "size", "limit"),
    [
        ("debate.yaml", 200, 64),
        ("passages.yaml", 200, 64),
        ("glossary.yaml", 65, 64),
        ("codebook.md", 200, 64),
        ("codings.csv", 513, 512),
    ],
)
def test_an_oversize_file_is_refused_unread(
    tiny_debate: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: int, limit: int
) -> None:
    """The size alone decides, before a byte is read."""
    with (tiny_debate / name).open("wb") as stream:
        stream.truncate(size * 1024 * 1024)
    real = Path.open

    def guarded(path: Path, *args: object, **options: object) -> object:
        assert path.name != name
        return real(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    assert said(tiny_debate) == f"{name}:1: the file is larger than {limit} MB, so it was not read"


def test_problems_of_two_files_are_named_at_once(tiny_debate: Path) -> None:
    """Two faults in two files, one of shape and one between files, are both reported."""
    replace(tiny_debate, "authors.yaml", "sort_name: Birch, Ben", "sort_name: 12")
    replace(tiny_debate, "passages.yaml", "work: cedar-2010", "work: oak-1")
    with pytest.raises(DebateError) as caught:
        load_debate(tiny_debate)
    assert str(caught.value) == said(tiny_debate)
    assert caught.value.problems == (
        Problem(
            "authors.yaml",
            10,
            'author ben: sort_name: "12" is read as a number here; put it in quotes',
        ),
        Problem("passages.yaml", 28, 'passage p03: unknown work "oak-1"'),
    )


def test_a_problem_of_shape_does_not_hide_one_of_reference(tiny_debate: Path) -> None:
    """In one entry, too, every problem is named."""
    replace(tiny_debate, "passages.yaml", "work: cedar-2010", "work: oak-1\n  colour: red")
    assert said(tiny_debate) == (
        'passages.yaml:28: passage p03: unknown work "oak-1"\n'
        'passages.yaml:29: passage p03: unknown key "colour"'
    )


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give time of change and content of all files of a folder."""
    held = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}
    return held | {".": (folder.stat().st_mtime_ns, b"")}


@pytest.mark.parametrize("fault", ["", "role: [\n"])
def test_loading_never_writes(tiny_debate: Path, fault: str) -> None:
    """A folder is left as it was, whether sound or not, even where nothing may be written."""
    with (tiny_debate / "passages.yaml").open("a", encoding="utf-8") as stream:
        stream.write(fault)
    before = state(tiny_debate)
    tiny_debate.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert bool(said(tiny_debate)) == bool(fault)
    tiny_debate.chmod(stat.S_IRWXU)
    assert state(tiny_debate) == before


def test_at_most_two_hundred_problems_of_a_file_are_listed(tiny_debate: Path) -> None:
    """The first two hundred by line are listed, the others counted; other files are untouched."""
    rows = "".join(f"q{i},A,quote,position,1\n" for i in range(250))
    (tiny_debate / "codings.csv").write_text(CODINGS + rows, encoding="utf-8")
    replace(tiny_debate, "authors.yaml", "home_school: warm", "home_school: blue")
    lines = said(tiny_debate).splitlines()
    assert lines[0] == 'authors.yaml:5: author ada: unknown home_school "blue"'
    assert lines[1].startswith('codings.csv:25: unknown passage "q0"')
    assert lines[200].startswith('codings.csv:224: unknown passage "q199"')
    assert lines[201:] == ["codings.csv:225: and 50 more"]


UNKNOWN_KEYS = {
    "of the debate": ("debate.yaml", "", "k{}: v\n"),
    "of one work": ("works.yaml", "", "  k{}: v\n"),
    "of many works": ("works.yaml", "", "- k{}: v\n"),
    "of questions": ("activities.yaml", "questions:\n", "  k{}: [v]\n"),
}


@pytest.mark.parametrize(("name", "head", "key"), UNKNOWN_KEYS.values(), ids=UNKNOWN_KEYS.keys())
def test_a_flood_of_unknown_keys_is_counted_in_sight(
    tiny_debate: Path, name: str, head: str, key: str
) -> None:
    """However many keys nobody knows, problems are bounded and one hears of them as they come."""
    path = tiny_debate / name
    before = head or path.read_text(encoding="utf-8")
    path.write_text(before + "".join(key.format(i) for i in range(20_000)), encoding="utf-8")
    heard: list[tuple[str, int]] = []
    with pytest.raises(DebateError) as caught:
        load_debate(tiny_debate, progress=lambda doing, done: heard.append((doing, done)))
    assert len([one for one in caught.value.problems if one.file == name]) == 201
    checking = [done for doing, done in heard if doing.endswith(name) and "values" not in doing]
    assert len(checking) >= 15
    assert max(checking) >= 5_000


def test_entries_far_down_a_list_keep_their_names_and_lines(tiny_debate: Path) -> None:
    """A list is checked in rounds, and a fault in a later one is at its own line and number."""
    with (tiny_debate / "authors.yaml").open("a", encoding="utf-8") as stream:
        for number in range(2_500):
            stream.write(
                f"- {{id: x{number}, name: X, label: X, sort_name: X, home_school: warm,"
                f" home_tradition: {'5' if number in {1_500, 2_400} else 'x'}}}\n"
            )
        stream.write("- {name: X, label: X, sort_name: X, home_school: warm, home_tradition: x}\n")
    first = AUTHORS.count("\n") + 1
    words = 'home_tradition: "5" is read as a number here; put it in quotes'
    assert said(tiny_debate).splitlines() == [
        f"authors.yaml:{first + 1_500}: author x1500: {words}",
        f"authors.yaml:{first + 2_400}: author x2400: {words}",
        f'authors.yaml:{first + 2_500}: author number 2504: "id" is missing',
    ]


def test_two_hundred_problems_are_listed_in_full(tiny_debate: Path) -> None:
    """The two hundredth problem is no reason to count."""
    rows = "".join(f"q{i},A,quote,position,1\n" for i in range(200))
    (tiny_debate / "codings.csv").write_text(CODINGS + rows, encoding="utf-8")
    lines = said(tiny_debate).splitlines()
    assert len(lines) == 200
    assert lines[199].startswith('codings.csv:224: unknown passage "q199"')


def test_a_file_of_nothing_but_problems_is_not_read_to_its_end(tiny_debate: Path) -> None:
    """After some hundred thousand problems the reading stops, and says so."""
    (tiny_debate / "codings.csv").write_text(
        "passage,reading,text,question,value\n" + "\n" * 300_000
    )
    lines = said(tiny_debate).splitlines()
    assert lines[0] == "codings.csv:2: this line is empty; take it out"
    assert re.fullmatch(
        r"codings.csv:202: and 1\d\d,\d\d\d more, and the rest of the folder was not read",
        lines[200],
    )
    assert len(lines) == 201


def test_the_problems_kept_are_those_nearest_the_beginning() -> None:
    """In whatever order problems are found, those listed are the first of the file."""
    findings = Findings()
    for line in range(20_000, 0, -1):
        findings.add("a.yaml", line, "wrong")
    listed = findings.listed()
    assert [problem.line for problem in listed[:200]] == list(range(1, 201))
    assert listed[200:] == (Problem("a.yaml", 201, "and 19,800 more"),)


def test_a_problem_is_one_line() -> None:
    """Whatever stands in a file, a problem has no line end and no sign that steers a terminal."""
    findings = Findings()
    findings.add("a\nb.yaml", 3, "x\ny\x1b[31m\u202ez, " + quoted("w" * 200))
    (problem,) = findings.listed()
    assert str(problem) == f'a\\nb.yaml:3: x\\ny\\x1b[31m\\u202ez, "{"w" * 100}…"'


def test_problems_are_ordered_by_file_and_line() -> None:
    """Line 9 comes before line 10."""
    held = [Problem("b", 1, "x"), Problem("a", 10, "x"), Problem("a", 9, "y"), Problem("a", 9, "x")]
    assert [str(problem) for problem in sorted(held)] == ["a:9: x", "a:9: y", "a:10: x", "b:1: x"]


def test_hints_end_before_they_cost_much(tiny_debate: Path) -> None:
    """The first two hundred wrong words have a hint; a folder of wrong words is still quick."""
    rows = "".join(f"p0{i},A,quote,position,1\n" for i in range(10, 50_000))
    (tiny_debate / "codings.csv").write_text(CODINGS.splitlines()[0] + "\n" + rows)
    begun = time.process_time()
    lines = said(tiny_debate).splitlines()
    assert time.process_time() - begun < 10
    assert lines[0] == 'codings.csv:2: unknown passage "p010", did you mean "p01"?'


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(tiny_debate: Path, on: bool) -> None:
    """Loading pauses the collector and leaves it on or off, as it found it."""
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        load_debate(tiny_debate)
        assert gc.isenabled() is on
        replace(tiny_debate, "works.yaml", "author: ben", "author: nobody")
        assert said(tiny_debate)
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()


ANYTHING = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(alphabet="-:[]{}&*!|>?'\"%@`#, \n\tabn0~.<=", max_size=60).map(str.encode),
    st.tuples(st.integers(0, len(PASSAGES)), st.text(max_size=8)).map(
        lambda cut: (PASSAGES[: cut[0]] + cut[1] + PASSAGES[cut[0] :]).encode(
            "utf-8", "surrogatepass"
        )
    ),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=ANYTHING)
@pytest.mark.parametrize("name", ["passages.yaml", "debate.yaml", "passages.csv", "codings.csv"])
def test_no_bytes_raise_anything_but_problems(tiny_debate: Path, name: str, content: bytes) -> None:
    """Arbitrary bytes either make a debate or are named as problems, each on one line."""
    if name == "passages.csv":
        (tiny_debate / "passages.yaml").unlink(missing_ok=True)
    (tiny_debate / name).write_bytes(content)
    found = problems_of(tiny_debate)
    assert all(problem.line > 0 for problem in found)
    assert all(str(problem).isprintable() for problem in found)
    assert not any("something else" in problem.text for problem in found)


def write_large_debate(folder: Path, passages: int) -> None:
    """Give the tiny debate very many passages, with three rows of four readings each."""
    (folder / "passages.yaml").unlink()
    names = [f"p{number:06}" for number in range(passages)]
    quote = "Without trust no method works, and with it none is needed. " * 5
    with (folder / "passages.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["id", "work", "role", "quote", "school", "gloss", "constructs", "decisive"])
        for name in names:
            row = [name, "birch-2001", "thesis", quote + name, "cool", "G " + name, "bond", "trust"]
            table.writerow(row)
    with (folder / "codings.csv").open("w", encoding="utf-8", newline="") as stream:
        stream.write("passage,reading,text,question,value\n")
        for name in names:
            for reading in "ABCD":
                stream.write(f"{name},{reading},quote,position,1\n")
                stream.write(f"{name},{reading},gloss,position,\n")
                stream.write(f"{name},{reading},both,medium,-2\n")
    for name in ("paths.yaml", "activities.yaml", "changes.yaml"):
        (folder / name).unlink()


def test_a_large_debate_is_opened_quickly(tiny_debate: Path) -> None:
    """Twenty thousand passages with 240,000 readings take a few seconds at most."""
    write_large_debate(tiny_debate, 20_000)
    begun = time.process_time()
    debate = load_debate(tiny_debate)
    assert time.process_time() - begun < 5
    assert count_line(debate) == (
        "A tiny debate: 20,000 passages, 3 works, 3 authors, 80,000 readings in 240,000 rows."
    )
    assert debate.readings["value"].isna().sum() == 80_000
    assert debate.readings.memory_usage(deep=True).sum() < 8_000_000


def test_the_schema_names_each_file() -> None:
    """The JSON Schema holds one part a file, with the sentence on every field."""
    schema = debate_schema()
    assert list(schema["properties"]) == [
        "debate.yaml",
        "works.yaml",
        "authors.yaml",
        "passages.yaml",
        "paths.yaml",
        "activities.yaml",
        "glossary.yaml",
        "changes.yaml",
    ]
    passage = schema["$defs"]["Passage"]
    assert passage["required"] == ["id", "work", "role", "quote", "school"]
    assert passage["properties"]["quote"]["description"] == "The author's words, byte for byte."
    assert passage["additionalProperties"] is False
    assert schema["properties"]["passages.yaml"] == {
        "items": {"$ref": "#/$defs/Passage"},
        "type": "array",
    }
    described = [
        field for part in schema["$defs"].values() for field in part.get("properties", {}).values()
    ]
    assert described
    assert all(field.get("description") for field in described)


def test_the_schema_keeps_each_field_in_its_file() -> None:
    """What has a file of its own is no key of debate.yaml."""
    schema = debate_schema()
    assert schema["properties"]["debate.yaml"] == {"$ref": "#/$defs/DebateFile"}
    keys = set(schema["$defs"]["DebateFile"]["properties"])
    assert {"title", "axis", "schools", "library", "disclaimers"} <= keys
    assert not keys & {"works", "authors", "passages", "paths", "pairs", "glossary", "readings"}


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("codebook.md", b"\0" * 10_001),
        ("codings.csv", b"a,b\r" * 12_000),
        ("works.yaml", b"\0" * 90_000),
    ],
)
def test_very_many_alike_problems_are_one(tiny_debate: Path, file: str, content: bytes) -> None:
    """A file with the same fault ten thousand times is refused with what differs, each once."""
    (tiny_debate / file).write_bytes(content)
    problems = [line for line in said(tiny_debate).splitlines() if line.startswith(f"{file}:")]
    assert problems
    assert len(problems) == len(set(problems)) <= 201
