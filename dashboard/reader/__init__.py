"""What a reader alone finds: map, reading, comparing, paths, citing, taking away."""
