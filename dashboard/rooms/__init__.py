"""Rooms of a seminar: who is asked what, and how they voted. Works without the app."""
