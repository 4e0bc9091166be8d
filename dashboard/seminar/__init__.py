"""A seminar: prepared, presented, voted in, taken away."""
