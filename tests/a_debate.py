"""A tiny, valid debate to start a test from: two schools, three authors, four passages."""

import shutil
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "therapeutic-bond"

DEBATE = """\
title: A tiny debate
question: Does the bond carry the cure or is it the cure?
subline: Four excerpts.
version: 0.1.0
axis:
  title: What does the bond do?
  low: Vehicle
  high: Cure
  ticks:
    - {value: -2, label: Vehicle, help: It carries., rule: Another thing cures.}
    - {value: -1, label: Mostly vehicle, help: It mostly carries., rule: Mostly another thing.}
    - {value: 0, label: Both, help: Side by side., rule: Two agents.}
    - {value: 1, label: Mostly cure, help: It mostly cures., rule: The bond does most.}
    - {value: 2, label: Cure, help: It cures., rule: The bond itself transforms.}
  no_claim: {label: No claim, help: It does not say., rule: The text defines.}
medium:
  title: What is the bond made of?
  low: agreed
  high: felt
  ticks:
    - {value: -2, label: Negotiated, help: Agreed., rule: conscious}
    - {value: -1, label: Attitudes, help: Attitudes., rule: mainly conscious}
    - {value: 0, label: Mixed, help: Mixed., rule: mixed}
    - {value: 1, label: Felt, help: Felt., rule: mainly felt}
    - {value: 2, label: Deep, help: Deep., rule: unconscious}
  caveat: Coarse.
schools:
  - {id: warm, label: Warm, ground: On warmth.}
  - {id: cool, label: Cool, ground: On method.}
schools_help: The builder of this debate.
roles:
  - {id: thesis, label: Thesis}
  - {id: aside, label: Aside}
constructs: [bond, alliance]
mechanisms:
  - {id: safety, label: Safety}
  - {id: insight, label: Insight}
library:
  name: a page made for tests
  essay: An essay.
  gloss_label: The library says
disclaimers:
  map: Each mark is one passage.
coders: Four readings by nobody.
"""

AUTHORS = """\
- id: ada
  name: Ada Aster
  label: Aster
  sort_name: Aster, Ada
  home_school: warm
  home_tradition: warmth
- id: ben
  name: Ben Birch
  label: Birch
  sort_name: Birch, Ben
  home_school: cool
  home_tradition: method
- id: cleo
  name: Cleo Cedar
  label: Cedar
  sort_name: Cedar, Cleo
  home_school: cool
  home_tradition: method
"""

WORKS = """\
- id: aster-1990
  author: ada
  catalogued: Aster (1990). Warmth.
  short: Aster, 1990
  authors: Aster, A.
  title: Warmth
  certainty: {title: certain}
  year: 1990
- id: birch-2001
  author: ben
  catalogued: Birch (2001). Method.
  short: Birch, 2001
  authors: Birch, B.
  title: Method
  certainty: {title: certain, year: likely}
  year: 2001
- id: cedar-2010
  author: cleo
  catalogued: Cedar (2010). Both.
  short: Cedar, 2010
  authors: Cedar, C.
  title: Both
  certainty: {}
  idea_year: 2009
"""

PASSAGES = """\
- id: p01
  work: aster-1990
  role: thesis
  quote: The bond itself heals, and nothing else does.
  school: warm
  gloss: She says that the bond heals.
  confidence: 3
  constructs: [bond]
  mechanisms: [safety]
  decisive: [itself heals]
  rationale: Nothing else is left to heal.
- id: p02
  work: birch-2001
  role: thesis
  quote: Without trust no method works.
  school: cool
  second_school: warm
  gloss: He says that trust carries method.
  confidence: 2
  constructs: [alliance]
  mechanisms: [safety, insight]
  voices:
    - {name: Crane, year: 1957}
  voicing: reporting
  decisive: [no method works]
  rationale: Method works, and trust lets it.
- id: p03
  work: cedar-2010
  role: aside
  quote: Bond and method move together.
  school: cool
  gloss: Both matter.
  zero_kind: co-agent
  decisive: [move together]
- id: p04
  work: birch-2001
  role: aside
  quote: A bond is what two people make.
  school: cool
"""

PASSAGES_TABLE = """\
id,work,role,quote,school,gloss,second_school,confidence,constructs,voices,voicing,decisive
p01,aster-1990,thesis,"The bond itself heals, and nothing else does.",warm,Yes.,,3,bond,,,
p02,birch-2001,thesis,No method works.,cool,,warm,2,bond | alliance,Crane 1957 | Dove,on,
p03,cedar-2010,aside,"Bond and method
move together.",cool,Both matter.,,,,,,Bond | together
p04,birch-2001,aside,A bond is what two people make.,cool,,,,,,,
"""

CODINGS = """\
passage,reading,text,question,value
p01,A,quote,position,2
p01,A,gloss,position,2
p01,A,both,medium,1
p01,B,quote,position,2
p01,B,gloss,position,1
p01,B,both,medium,1
p01,C,quote,position,2
p01,D,quote,position,1
p02,A,quote,position,-2
p02,A,gloss,position,-1
p02,B,quote,position,-2
p02,C,quote,position,-1
p02,D,quote,position,-2
p03,A,quote,position,0
p03,A,gloss,position,0
p03,B,quote,position,0
p03,C,quote,position,0
p03,D,quote,position,1
p04,A,quote,position,
p04,B,quote,position,
p04,C,quote,position,
p04,D,quote,position,
p04,A,both,medium,0
"""

PATHS = """\
- id: there
  title: There and back
  question: Who heals whom?
  steps:
    - {passage: p01, bridge: And then.}
    - {passage: p02}
  closing: What is left out?
  leaves_out: Everyone else.
"""

ACTIVITIES = """\
activities:
  - {id: vote, title: Vote twice, how: "Vote, talk, vote.", minutes: "20"}
pairs:
  - {a: p01, b: p02, point: Who does the work.}
questions:
  p01:
    - What else might heal?
  general:
    - Who is missing?
"""

GLOSSARY = """\
glossary:
  - {term: bond, meaning: What ties two people.}
discrepancies:
  - {on_the_page: "1991", better: "1990"}
missing_voices:
  - {name: Patients, text: They would say what helped.}
findings:
  - {finding: It helps, figures: r = .3, caution: Helping is not healing.}
"""

CHANGES = """\
changes:
  - date: "2026-11-25"
    passage: p01
    old: "0"
    new: "1"
    reason: The second clause was read anew.
"""

FILES = {
    "debate.yaml": DEBATE,
    "authors.yaml": AUTHORS,
    "works.yaml": WORKS,
    "passages.yaml": PASSAGES,
    "codings.csv": CODINGS,
    "paths.yaml": PATHS,
    "activities.yaml": ACTIVITIES,
    "glossary.yaml": GLOSSARY,
    "changes.yaml": CHANGES,
    "codebook.md": "# Codebook\n\nHow we read.\n",
}
"""What lies in the folder, by file name."""


def write_debate(folder: Path) -> Path:
    """Write the tiny debate into a folder that is made for it, and give that folder."""
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def with_table(folder: Path) -> Path:
    """Give the passages of a written debate as passages.csv in place of passages.yaml."""
    (folder / "passages.yaml").unlink()
    (folder / "passages.csv").write_text(PASSAGES_TABLE, encoding="utf-8", newline="")
    (folder / "codings.csv").unlink()
    return folder


def replace(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file of a debate."""
    text = (folder / file).read_bytes().decode("utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in {file}")
    (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="")


def without_glosses(folder: Path) -> Path:
    """Copy the shipped debate into a folder, with its glosses off, and give that folder."""
    shutil.copytree(SHIPPED, folder)
    debate = folder / "debate.yaml"
    text = debate.read_text(encoding="utf-8")
    debate.write_text(f"show_glosses: false\n{text}", encoding="utf-8", newline="")
    return folder
