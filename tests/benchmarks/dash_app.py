"""The same map and list in Plotly Dash, written the way its documentation recommends.

- One callback takes the controls, the graph's clickData and the URL and returns all of them:
  the documentation's form for state that lives in the URL and in controls at once (circular
  within one callback), and one request a click.
- The figure is changed by a Patch ("Partial Property Updates"), never sent again as a whole.
- dcc.Location with refresh="callback-nav" holds the state in the query string.
- Debug is off. Served by Flask's threaded server, which keeps the connection alive. The
  documentation's gunicorn can serve it too (`gunicorn dash_app:server`); for one reader at a
  time it is no faster, and it does not run on Windows.

Run: python tests/benchmarks/dash_app.py PORT
"""

from __future__ import annotations

import logging
import sys
from urllib.parse import parse_qs, urlencode

import compared_debate as compared
from dash import Dash, Input, Output, Patch, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate

BASES = {"both": "Both", "quote": "Author's words", "gloss": "Library's gloss"}

debate = compared.read_debate(compared.debate_folder())
passages = {mark.id: mark for mark in debate.marks}
app = Dash(__name__, title="Vehicle or Cure?", update_title=None)
server = app.server


def options(labels: dict[str, str]) -> list[dict[str, str]]:
    """Return ids and labels as Dash's controls take them."""
    return [{"value": key, "label": label} for key, label in labels.items()]


def view(search: str | None) -> tuple[list[str], list[str], str, str, str]:
    """Return schools, roles, basis, words and passage of a query string; unknown ids fall out."""
    query = parse_qs((search or "").removeprefix("?"))
    schools = [school for school in debate.schools if school in query.get("school", [])]
    roles = [role for role in debate.roles if role in query.get("role", [])]
    basis = query.get("basis", ["both"])[0]
    passage = query.get("passage", [""])[0]
    return (
        schools,
        roles,
        basis if basis in BASES else "both",
        query.get("q", [""])[0],
        passage if passage in passages else debate.marks[0].id,
    )


def query_string(schools: list[str], roles: list[str], basis: str, words: str, passage: str) -> str:
    """Return the query string of a view; what is at its default is left out."""
    query: dict[str, object] = {
        "school": [school for school in debate.schools if school in schools],
        "role": [role for role in debate.roles if role in roles],
    }
    if basis != "both":
        query["basis"] = basis
    if words:
        query["q"] = words
    if passage != debate.marks[0].id:
        query["passage"] = passage
    text = urlencode(query, doseq=True)
    return f"?{text}" if text else ""


def listed(shown: list[compared.Mark]) -> list[html.Li]:
    """Return the list of the matching passages."""
    return [
        html.Li(f"{mark.id} {mark.citation}: {mark.quote[:60]}", **{"data-listed": mark.id})
        for mark in shown
    ]


def reading_pane(mark: compared.Mark) -> list[object]:
    """Return the chosen passage."""
    return [
        html.Blockquote(mark.quote, **{"data-passage": mark.id}),
        html.P(f"{mark.citation}, {debate.schools[mark.school]}"),
        html.P(mark.gloss, **{"data-gloss": mark.id}),
    ]


def changed_map(shown: list[compared.Mark], basis: str, chosen: str, what: str | None) -> Patch:
    """Return only what a choice changes in the figure."""
    patch = Patch()
    bright = {mark.id for mark in shown}
    if what != "map":
        for place, school in enumerate(debate.schools):
            marks = compared.school_marks(debate, school)
            patch["data"][place]["marker"]["opacity"] = compared.opacities(marks, bright)
        after_ring = len(debate.schools) + 1
        for place, arrow in enumerate(compared.arrows(debate, bright, basis), start=after_ring):
            patch["data"][place]["opacity"] = arrow["opacity"]
    if what in ("basis", "url"):
        whole = compared.position_map(debate, shown, basis, chosen).to_plotly_json()
        patch["data"] = whole["data"]
        patch["layout"] = whole["layout"]
    elif what == "map":
        at = compared.ring(debate, basis, chosen)
        patch["data"][len(debate.schools)]["x"] = at["x"]
        patch["data"][len(debate.schools)]["y"] = at["y"]
    return patch


def layout() -> html.Div:
    """Return the page with the whole debate, so that the first paint needs no callback."""
    first = debate.marks[0]
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            dcc.Store(id="seen", data=""),
            html.H1(debate.title),
            html.Fieldset(
                [html.Legend("School"), dcc.Checklist(options(debate.schools), [], id="school")]
            ),
            html.Fieldset(
                [html.Legend("Role"), dcc.Checklist(options(debate.roles), [], id="role")]
            ),
            html.Fieldset(
                [html.Legend("Read from"), dcc.RadioItems(options(BASES), "both", id="basis")]
            ),
            dcc.Input(id="words", type="search", placeholder="Words", value="", debounce=0.2),
            html.Div(
                [
                    html.Div(
                        [
                            dcc.Graph(
                                id="map",
                                figure=compared.position_map(
                                    debate, debate.marks, "both", first.id
                                ),
                                config={"displayModeBar": False},
                            ),
                            html.P(debate.count(debate.marks), id="count"),
                        ],
                        style={"flex": "2"},
                    ),
                    html.Div(
                        [
                            html.Div(reading_pane(first), id="pane"),
                            html.Ul(listed(list(debate.marks)), id="matching"),
                        ],
                        style={"flex": "1"},
                    ),
                ],
                style={"display": "flex"},
            ),
        ]
    )


app.layout = layout


@app.callback(
    output=[
        Output("url", "search"),
        Output("school", "value"),
        Output("role", "value"),
        Output("basis", "value"),
        Output("words", "value"),
        Output("map", "figure"),
        Output("count", "children"),
        Output("pane", "children"),
        Output("matching", "children"),
        Output("seen", "data"),
    ],
    inputs={
        "search": Input("url", "search"),
        "schools": Input("school", "value"),
        "roles": Input("role", "value"),
        "basis": Input("basis", "value"),
        "words": Input("words", "value"),
        "click": Input("map", "clickData"),
        "seen": State("seen", "data"),
    },
)
def choose(
    *,
    search: str | None,
    schools: list[str],
    roles: list[str],
    basis: str,
    words: str | None,
    click: dict[str, list[dict[str, list[str]]]] | None,
    seen: str,
) -> tuple[object, ...]:
    """Take the reader's choice, from a control or from the URL, and show what follows from it."""
    what = ctx.triggered_id
    words = words or ""
    *_, passage = view(search)
    if what in (None, "url"):
        if (search or "") == seen:
            raise PreventUpdate
        what = "url"
        schools, roles, basis, words, passage = view(search)
        controls: tuple[object, ...] = (no_update, schools, roles, basis, words)
    else:
        if what == "map" and click and "customdata" in click["points"][0]:
            passage = click["points"][0]["customdata"][0]
        search = query_string(schools, roles, basis, words, passage)
        controls = (search, *(no_update,) * 4)
    shown = debate.shown(schools, roles, words)
    return (
        *controls,
        changed_map(shown, basis, passage, what),
        no_update if what == "map" else debate.count(shown),
        no_update
        if what in ("school", "role", "words", "basis")
        else reading_pane(passages[passage]),
        no_update if what in ("map", "basis") else listed(shown),
        search,
    )


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False, threaded=True)
