"""The visible parts. Each takes plain values and returns what the reader chose."""
