"""The files that reference managers read: which there are, and for how many works at once."""

FORMS = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}
MOST_NAMED = 500
