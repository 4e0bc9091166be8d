"""The component gallery: each part of the page in all its states, for whoever changes one."""

from __future__ import annotations

import streamlit as st

from components import check_result
from components import filter_bar as bar
from components.ballots_received import ballots_received
from components.bibliography import bibliography
from components.blank_axis import blank_axis
from components.compare_columns import (
    compare_columns,
    comparison_table,
    pair_list,
    split_columns,
)
from components.debate_list import debate_list
from components.empty_state import empty_state
from components.handout import handout_sheet, handout_style
from components.legend import legend, legend_items
from components.map_svg import Said, Scale, Shown, map_svg
from components.notices import link_notes, problem_list
from components.own_html import own_html
from components.own_notes import own_notes
from components.page_actions import page_actions
from components.page_style import page_style
from components.palette import OF_THE_PAGE, PALETTES
from components.passage_card import passage_card, short_card, still_card
from components.path_list import path_list
from components.path_step import (
    bridge,
    path_head,
    path_place,
    path_reading,
    placed_quote,
    unplaced_quote,
)
from components.placement_map import placement_legend, placement_map
from components.placement_scale import Option, placement_scale
from components.plan_list import plan_list
from components.position_map import Emphasis, Step, draw, placed_marks, position_map
from components.reading_card import Found, reading_card
from components.room_join import join_slide, room_notice, vote_line
from components.room_results import (
    Asked,
    Bins,
    Places,
    before_and_after,
    one_vote,
    quote_against_gloss,
    sorted_vote,
    two_votes,
)
from components.room_slide import matrix, sorted_board
from components.room_words import room_words, words_to_hide
from components.sections import Section, definitions, paragraphs, prose, sections
from components.seminar_windows import Presentation, presenter_clock, seminar_windows
from components.shared_axis import shared_axis
from components.slide import slide
from components.small_axis import readings_table, small_axis
from components.take_away import Offer, take_away
from components.value_table import value_table
from dashboard.app_pages.gallery_samples import (
    CROWD,
    ROWS,
    SAMPLE_AXES,
    SAMPLE_BOARD,
    SAMPLE_COLUMNS,
    SAMPLE_DEBATES,
    SAMPLE_LANES,
    SAMPLE_MARKS,
    SAMPLE_MOVEMENT,
    SAMPLE_ON_VOTES,
    SAMPLE_PAIRS,
    SAMPLE_PATHS,
    SAMPLE_PLACED,
    SAMPLE_PLANS,
    SAMPLE_PROBLEMS,
    SAMPLE_PROSE,
    SAMPLE_SAYINGS,
    SAMPLE_SECOND,
    SAMPLE_SORTED,
    SAMPLE_VOTES,
    SAMPLE_WORDS,
    SAMPLE_WORKS,
    SAMPLES,
    crowd_vote,
    sample_handout,
    sample_marks,
    sample_slide,
)
from dashboard.debate.marks import BASES

STEPS = [
    Step(-2, "Vehicle", "Something else does the curing."),
    Step(-1, "Mostly vehicle", "The bond enables."),
    Step(0, "Both, or open", "Two agents, or left open."),
    Step(1, "Mostly cure", "The bond does most."),
    Step(2, "Cure", "The change is the relationship itself."),
]
BOTH = (True, False)
BANDS = ("First school", "Second school", "Third school")
OPTIONS = (("one", "One"), ("two", "*Two* $x$ :red[x]"), ("three", "Three" * 20))


def nothing(*_: object) -> None:
    """Do nothing: choices made here lead nowhere."""


page_style(seminar=True)
st.html(
    '<header class="question gallery"><h1>Gallery</h1><p>Each part in all its states.</p></header>'
)

st.header("Filter bar")
bar.filter_fold(["Attachment", "“bond”"], "")
bar.filter_bar(
    OPTIONS,
    OPTIONS,
    OPTIONS,
    OPTIONS,
    OPTIONS,
    schools_help="Sorted *by us* for $this$ page.",
    on_change=nothing,
)

st.header("Notices")
link_notes(["There is no school “<b>x</b>” in this debate.", "word " * 80], on_dismiss=nothing)
problem_list(
    [f"passages.yaml:{n}: passage p{n:02}: position 3 is outside -2..2" for n in range(40)]
)

st.header("Empty state")
empty_state(
    {"school": "School: One", "role": "Role: *Two*", "q": "Words: <i>$x$</i>"},
    [(("school",), 1), (("role", "q"), 12)],
    ("q",),
    on_undo=nothing,
    on_clear=nothing,
)

palette = PALETTES["dark" if st.context.theme.type == "dark" else "light"]
marks = sample_marks()
for basis in BASES:
    st.header(f"Position map, basis {basis}")
    frame = marks.assign(drifts_to=marks["drifts_to"] if basis == "both" else float("nan"))
    drawing = draw(frame, ROWS, basis, STEPS, "No claim", BANDS, palette)
    lit = {"both": None, "quote": ["m00", "m16"], "gloss": []}[basis]
    emphasis = Emphasis("A map of samples", lit, "m00", "c" if basis == "quote" else "")
    position_map(drawing, emphasis, on_passage=nothing, on_row=nothing, key=f"map_{basis}")

st.header("Position map without marks")
empty = draw(marks.head(0), (), "both", STEPS, "No claim", BANDS, palette)
nowhere = Emphasis("An empty map", None, "", "")
position_map(empty, nowhere, on_passage=nothing, on_row=nothing, key="map_empty")

for name, sample in SAMPLES.items():
    st.header(f"Passage, {name}")
    left, middle, right = st.columns(3, gap="large")
    with left:
        st.html(passage_card(sample, STEPS, "No claim"))
    with middle:
        st.html(short_card(sample))
        st.html(small_axis(sample, STEPS, "No claim"))
        st.html(small_axis(sample, STEPS, "No claim", neutral=True))
        st.html(readings_table(sample, STEPS, "No claim"))
    with right:
        st.html(slide(sample, STEPS, "No claim", place=(1, 4), revealed=False))
        st.html(slide(sample, STEPS, "No claim", place=(0, 4), revealed=True))

st.header("Legend")
for read_from in BASES:
    signs = legend_items(BANDS, read_from, glosses=True, authors=True)
    st.html(f'<p class="legend">{legend(signs)}</p>')
signs = legend_items(["w" * 90], "both", glosses=False, authors=False)
st.html(f'<p class="legend">{legend(signs)}</p>')

st.header("Map as a picture")
scale, signs = (
    Scale(STEPS, "No claim", BANDS),
    legend_items(BANDS, "both", glosses=True, authors=True),
)
for shown, said in (
    (Shown(named=True), Said()),
    (Shown(["m00"], "m01", "a"), Said("A title", ["A line", "word " * 90], "A foot")),
):
    placed = placed_marks(marks, ROWS, "both")
    drawn = map_svg(placed, scale, palette, signs, shown=shown, said=said)
    own_html(f'<div class="table-room">{drawn}</div>', key=f"picture_{said.title}")
placed = placed_marks(marks.head(0), (), "both")
picture = map_svg(placed, scale, palette, signs, shown=Shown(), said=Said("Without marks"))
own_html(f'<div class="table-room">{picture}</div>', key="picture_empty")

st.header("Parts of the read-only copy")
links = Shown(addresses=dict.fromkeys(marks["passage"], "#gallery"))
drawn = map_svg(placed_marks(marks, ROWS, "both"), scale, OF_THE_PAGE, [], shown=links, said=Said())
narrow = map_svg(
    placed_marks(marks, ROWS, "both"), scale, OF_THE_PAGE, [], shown=links, said=Said(), width=430
)
own_html(f'<div class="table-room">{drawn}{narrow}</div>', key="linked_map")
for number, sample in enumerate(SAMPLES.values()):
    ways = [("#gallery", "Previous"), ("#gallery", "w" * 60)]
    card = still_card(sample, STEPS, "No claim", place=f"still-{number}", ways=ways)
    own_html(card, key=f"still_card_{number}")

st.header("Take away")
take_away([Offer("A file", "/take/data.zip"), Offer("A picture", "/take/map.svg", png=True)])
take_away([Offer("w" * 90, "/take/map.svg?q=<b>")], key="take_away_overlong")

st.header("Handout")
st.html(f"<style>{handout_style()}</style>")
for name, sample in SAMPLES.items():
    own_html(handout_sheet(sample_handout(sample, picture)), key=f"handout_{name}")
own_html(blank_axis([], ["One", "Two"], "None"), key="blank_axis_empty")

st.header("Reading cards")
own_notes("Gallery", "0", current="", address="./read?passage=")
found = Found([(0, 3)], [(0, 3)], ["the title", "the voices"])
for sample in SAMPLES.values():
    card = reading_card(sample, found=None, current=False, places=[("./", "On the map")])
    searched = reading_card(sample, found=found, current=True, places=[("./", "w" * 60)])
    st.html(f'<div class="reading-list">{card}{searched}</div>')
st.header("Paths")
own_html(path_list(SAMPLE_PATHS), key="sample_paths")
sample_scale = (
    Option("One", "What it means.", "./gallery", ""),
    Option("*Two* $x$ :red[x]", "w" * 200, "./gallery", ""),
    Option("w" * 90, "", "", ""),
)
own_html(placement_scale(sample_scale, asked="Where?", apart=1, chosen="One"), key="sample_scale")
for joined in (True, False):
    drawn = placement_map(SAMPLE_PLACED, STEPS, "No claim", joined=joined)
    legend_of_it = placement_legend(joined=joined, glosses=joined, refused="w" * 30)
    own_html(drawn + legend_of_it, key=f"sample_placement_map_{joined}")
for name, sample in SAMPLES.items():
    st.header(f"Step of a path, {name}")
    own_html(path_head("Kind", sample.quote[:200], sample.gloss), key=f"sample_head_{name}")
    st.html(path_place(3, 4))
    before, after = st.columns(2, gap="large")
    with before:
        own_html(unplaced_quote(sample, blind=False), key=f"sample_unplaced_{name}")
        own_html(unplaced_quote(sample, blind=True), key=f"sample_blind_{name}")
    with after:
        own_html(placed_quote(sample), key=f"sample_placed_{name}")
        reading = path_reading(
            sample,
            SAMPLE_PLACED[0],
            STEPS,
            "No claim",
            verdict=("You: one.", f"The words: {sample.quote_words}."),
            onward=bridge(sample.gloss, "./paths", "Next passage ›"),
        )
        own_html(reading, key=f"sample_reading_{name}")

st.header("Seminar")
own_html(plan_list(SAMPLE_PLANS), key="sample_plans")
for state, axis in SAMPLE_AXES.items():
    for name, sample in SAMPLES.items():
        drawn = sample_slide(sample, axis, revealed=state != "names alone")
        own_html(f'<div class="presenter">{drawn}</div>', key=f"sample_slide_{name}_{state}")
own_html(
    f'<div class="presenter">{presenter_clock()}{matrix(("One", "Two"), [("a", "w" * 90)])}'
    f"{sorted_board(('A', 'w' * 40), SAMPLE_BOARD)}</div>",
    key="sample_presenter",
)
NO_QR = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
for local in BOTH:
    joins = join_slide(
        "347CDF", "347 CDF", "host.example/join", stored="w " * 80, local=local, qr=NO_QR
    )
    own_html(f'<div class="presenter">{joins}</div>', key=f"sample_join_{local}")
lines = "".join(vote_line("347 CDF", "host.example/join", is_open=is_open) for is_open in BOTH)
own_html(
    f'<div class="presenter">{lines}</div>{room_notice("<b>$x$</b> " * 9)}', key="sample_room_lines"
)
places = Presentation("gallery", (), "", (), ())
seminar_windows("prepare", places, debate="Gallery")

st.header("Table")
st.html(
    value_table(
        "Three rows", ("Passage", "Words"), [("p01", "a"), ("<b>", "$x$"), ("p", "w" * 300)]
    )
)
st.html(value_table("No rows", ("Passage", "Words"), []))

st.header("Debates that can be turned to")
for choices in SAMPLE_DEBATES:
    st.html(debate_list(choices[0].title, choices[0].id, choices, "open"))

st.header("A debate of one's own")
st.html(check_result.opened("A debate", "A debate: 4 passages.", "?debate=visit-x"))
for problems in SAMPLE_PROBLEMS:
    st.html(check_result.refused("<b>mine</b>.zip", problems))

st.header("Comparison")
sides = ["One", "<b>$Other$</b>"]
compared = "".join(
    [
        shared_axis(SAMPLE_LANES, STEPS, "No claim"),
        *(compare_columns(SAMPLE_COLUMNS[:count]) for count in (1, 2, 3, 4)),
        split_columns(SAMPLE_COLUMNS[0].passages[0], [SAMPLE_COLUMNS[0].without]),
        comparison_table("What is said", sides, [("Both", []), ("One", SAMPLE_SAYINGS)]),
        pair_list(SAMPLE_PAIRS, STEPS, "No claim", here="./compare"),
    ]
)
own_html(f'<div class="compare">{compared}</div>', key="sample_comparison")

st.header("What a room voted")
poles = Places(STEPS, "No claim", "The question is wrong")
for sample_vote in SAMPLE_VOTES:
    own_html(one_vote(sample_vote, poles), key=f"vote_{sample_vote.title}")
room = SAMPLE_VOTES[5]
everything = Asked(readings=True, words=True, gloss=True, school=True, span=True)
for name, on_votes in SAMPLE_ON_VOTES.items():
    own_html(one_vote(room, poles, on_votes, everything), key=f"vote_marks_{name}")
own_html(one_vote(room, poles, SAMPLE_MARKS, Asked(words=True)), key="vote_words_alone")
own_html(
    two_votes(room, SAMPLE_SECOND, SAMPLE_MOVEMENT, poles, SAMPLE_MARKS, everything, table="open"),
    key="two_votes",
)
own_html(
    two_votes(crowd_vote("First vote", 0), crowd_vote("Second vote", 1), CROWD, poles),
    key="two_votes_crowd",
)
bins = Bins(["Necessary", "<b>$Overlong$</b> " + "w" * 60, "C", "D", "E", "F"])
own_html(sorted_vote(SAMPLE_SORTED, bins), key="sorted_vote")
own_html(sorted_vote(SAMPLE_VOTES[2], Bins(["A", "B", "C"])), key="sorted_vote_few")
own_html(two_votes(SAMPLE_VOTES[9], SAMPLE_VOTES[4], None, poles), key="two_votes_hands")
own_html(two_votes(room, SAMPLE_VOTES[2], SAMPLE_MOVEMENT, poles), key="two_votes_few")
own_html(quote_against_gloss(room, SAMPLE_SECOND, poles, SAMPLE_MARKS), key="quote_against_gloss")
own_html(before_and_after(room, SAMPLE_SECOND, poles), key="before_and_after")
own_html(before_and_after(room, SAMPLE_VOTES[2], poles), key="before_and_after_few")
ballots_received("/_stcore/health", least=5)
own_html(room_words(SAMPLE_WORDS), key="sample_room_words")
words_to_hide(SAMPLE_WORDS, on_hide=nothing)

st.header("Sections")
parts = [
    Section("one", "A section", paragraphs(["A paragraph.", "<b>$x$</b> " + "word " * 60])),
    Section("two", "w" * 120, definitions([("Name", "What is said."), ("w" * 90, "w" * 300)])),
    Section("three", "Works", bibliography(SAMPLE_WORKS)),
    Section("four", "Prose", prose(SAMPLE_PROSE)),
]
own_html(sections("A page that is read", "Its lead.", parts), key="sample_sections")
page_actions({"quote": "copied"}, [("?", "this list")], search=bar.WORDS, on_open=nothing)
